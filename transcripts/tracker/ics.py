"""The days on which something is looked for, as a calendar that any program reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from transcripts.ladders import awaited
from transcripts.life import Entry
from transcripts.states import unanswered
from transcripts.tracker.rows import writable

PRODUCT = "-//Matters Arising//register//EN"
WHAT = {"response_due": "answer looked for", "action_due": "to be done by"}


def as_ics(entries: Sequence[Entry], *, now: datetime | None = None) -> bytes:
    """The bytes of the calendar: a whole day for each due date of an open recommendation."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Recommendations: due dates")
    stamp = now or datetime.now(UTC)
    for entry in entries:
        for event in _events(entry, stamp):
            calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _events(entry: Entry, stamp: datetime) -> Iterator[Any]:
    if not awaited(entry):
        return
    for column, what in WHAT.items():
        day = getattr(entry, column)
        answered = column == "response_due" and entry.response not in unanswered()
        if day and not answered:
            yield _event(entry, column, what, date.fromisoformat(day), stamp)


def _event(entry: Entry, column: str, what: str, day: date, stamp: datetime) -> Any:
    from icalendar import Event

    kind = (entry.due_kind or "estimated") if column == "response_due" else "that of the register"
    event = Event()
    # the same day of the same recommendation keeps its id, so that an import again moves it
    event.add("uid", f"{entry.reference.replace('/', '-').lower()}-{column}@matters-arising")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    if day < date.max:  # an event without an end is of one day too
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{entry.reference}: {what}")
    words = entry.text_minuted or entry.text_spoken
    told = f"{words}\nTo: {entry.recipient or 'not said'}\nThis day is {kind}."
    event.add("description", writable(told))
    event.add("transp", "TRANSPARENT")
    if entry.link.startswith(("http://", "https://")):
        event.add("url", entry.link)
    return event
