"""What is refused before a line is written: one sentence, with what would be taken."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from matters_arising.errors import BadInputError, UnknownValueError
from transcripts.clocks import STATUTORY, is_day
from transcripts.columns import CORRECTABLE, DAYS, PAST, choices
from transcripts.decision import Decision
from transcripts.ladders import OUTCOMES

YEARS_BEFORE, YEARS_AFTER = 5, 20  # of the meeting, beyond which a day is a slip of the pen
STATED_BY = {
    "response": "respond STATE",
    "status": "progress STATE",
    "rag": "progress STATE: the colour follows from it",
    "text_spoken": "correct text_minuted: what was said stays as it was heard",
    "closed_on": "close --on DAY",
    "closed_reason": "close --why REASON",
    "superseded_by": "merge REFERENCE, or split REFERENCES",
}


def correctable(column: str, value: str, made: str = "") -> None:
    """Raises BadInputError unless ``column`` may be set right, and to this.

    ``made`` is the ISO day of the meeting that made the recommendation, where it is known.
    """
    if column in STATED_BY:
        raise BadInputError(f"'{column}' is not corrected but noted; use {STATED_BY[column]}")
    if column == "recommendation":
        # what became of it in the room; minutes and referral have lines of theirs
        if value not in OUTCOMES:
            raise UnknownValueError("outcome in the room", value, OUTCOMES)
    elif (column, value) == ("due_kind", STATUTORY):
        raise BadInputError(
            "nobody makes a day statutory by saying so; note receipt and what asks for the answer: "
            "refer --received DAY --basis BASIS"
        )
    elif column not in CORRECTABLE:
        raise UnknownValueError("column that can be corrected", column, CORRECTABLE)
    else:
        _fits(column, value, made)


def one_of(column: str, value: str) -> None:
    """Raises UnknownValueError where the column takes other values only; empty is always taken."""
    if value and choices(column) and value not in choices(column):
        raise UnknownValueError(column.replace("_", " "), value, choices(column))


def _fits(column: str, value: str, made: str) -> None:
    """A day where days stand, an address where those do; an empty value says that there is none."""
    if value and column in DAYS and not is_day(value):
        raise BadInputError(f"{column} is a day and '{value}' is none; write it as 2026-09-30")
    if value and column in DAYS:
        day_for(column, date.fromisoformat(value), made)
    if column == "evidence_urls":
        for url in value.split():
            address(url)
    one_of(column, value)


def undoable(line: Decision) -> None:
    """Raises BadInputError for a line that gave a number: people quote it, so it is for ever."""
    if line.kind == "reference":
        raise BadInputError(
            f"{line.verdict} is given for ever and its line cannot be undone; withdraw the "
            "recommendation, or reject its finding"
        )


def day_for(column: str, day: date, made: str) -> None:
    """Raises BadInputError for a day that cannot stand in a column, or is centuries away."""
    if column in PAST:
        after_the_meeting(day, made)
    year = date.fromisoformat(made).year if is_day(made) else date.today().year
    # of a meeting that is not known only the far end can be told
    first = year - YEARS_BEFORE if is_day(made) else date.min.year
    if not first <= day.year <= year + YEARS_AFTER:
        raise BadInputError(
            f"{day} is far from the meeting ({made or 'its day is not known'}); give a day between "
            f"{first} and {year + YEARS_AFTER}"
        )


def after_the_meeting(day: date, made: str) -> None:
    """Raises BadInputError for a day before the meeting that made it, or not yet come."""
    has_come(day)
    if made and day.isoformat() < made:
        raise BadInputError(f"{day} is before the meeting ({made}); give a later day")


def has_come(day: date | datetime | None) -> None:
    """Raises BadInputError for a day that has not come yet."""
    on = day.date() if isinstance(day, datetime) else day
    if on is not None and on > date.today():
        raise BadInputError(f"{on} has not come yet; give the day on which it happened")


def address(url: str) -> str:
    """The address as it is given; raises BadInputError unless a browser could open it."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if url and (not good or any(letter.isspace() for letter in url)):
        raise BadInputError(f"'{url}' is no web address; it begins with https:// or http://")
    return url
