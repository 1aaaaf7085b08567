"""The pages of committees, and of the worries that come up again in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from matters_arising.web.addresses import concern_address
from matters_arising.web.reading import Data, Offset, Reading, around
from transcripts.ladders import followed
from warehouse import committees as held
from warehouse import listings, register
from warehouse.echoes import echoes
from warehouse.places import finding_at, is_anew, places
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.register import RegisterFilters
from warehouse.threads import ThreadRow, thread_alone, threads, threads_told

PICTURE_ALONE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
NEWEST = 10
PAGE = 50  # meetings, or worries, at a time


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting in which a worry could have come up, and how often it did; none where unheard."""

    meeting_id: str
    committee: str
    date: date
    voiced: int | None


def committees(reader: Reading) -> Data:
    """Every committee, with how much of it is here."""
    return {"committees": reader.total("committees", held.committees)}


def committee(reader: Reading, key: str, offset: Offset = 0) -> Data:
    """One committee: its meetings a page at a time, its part of the register, what worries it."""
    one = held.committee(reader, key)
    asked = RegisterFilters(committee=one.committee)
    entries = register.register(reader, asked, today=date.today())
    agreed = [e for e in followed(entries) if e.council in ("", one.council)]
    meetings = listings.meetings(reader, Filters(committee=one.committee))[::-1]
    own = [m for m in meetings if m.council == one.council]
    return {
        "committee": one,
        "meetings": own[offset : offset + PAGE],
        **around(offset, PAGE, more=len(own) > offset + PAGE),
        "standing": {name: sum(map(test, agreed)) for name, test in register.STATES.items()},
        "recommendations": agreed[::-1][:NEWEST],
        "agreed": len(agreed),
        "concerns": _newest([t for t in _several(reader) if _is_of(t, one.committee)])[:NEWEST],
    }


def concerns(reader: Reading, committee: str = "", offset: Offset = 0) -> Data:
    """The worries that several people or meetings had, the latest first, a page at a time."""
    wanted = committee.strip()
    found = _newest(threads(reader, wanted) if wanted else _several(reader))
    return {
        "committee": wanted,
        "threads": found[offset : offset + PAGE],
        "found": len(found),
        **around(offset, PAGE, more=len(found) > offset + PAGE),
    }


def _told(reader: Reader) -> list[ThreadRow]:
    """All of them; they change with a load alone."""
    return reader.total("threads", threads_told)


def _several(reader: Reader) -> list[ThreadRow]:
    return [t for t in _told(reader) if t.comes_back]


def _is_of(thread: ThreadRow, committee: str) -> bool:
    return any(concern.committee == committee for concern in thread.concerns)


def _newest(found: list[ThreadRow]) -> list[ThreadRow]:
    return sorted(found, key=lambda t: (t.last, t.first, t.thread_id), reverse=True)


def concern(reader: Reading, thread_id: str) -> Data:
    """One worry on its way through the meetings, by where it was voiced or by its id."""
    thread, finding_id = _thread(reader, thread_id)
    place = places(reader).get(finding_id, finding_id)
    return {
        "thread": thread,
        "sittings": _sittings(reader, thread),
        "echoes": echoes(reader, thread.concerns),
        "permanent": concern_address(place),
        "made_anew": is_anew(reader, thread_id, finding_id),
    }


def _thread(reader: Reader, asked: str) -> tuple[ThreadRow, str]:
    """The thread that is asked for, and the concern by which it is.

    ``asked`` is a place, the id of a thread or that of a concern; one that stands in no thread (any
    more) is one of its own.
    """
    finding_id = finding_at(reader, "concern", asked) or asked
    for thread in (told := _told(reader)):
        if thread.thread_id == finding_id:
            return thread, thread.concerns[0].finding_id
    for thread in told:
        if any(concern.finding_id == finding_id for concern in thread.concerns):
            return thread, finding_id
    return thread_alone(reader, finding_id), finding_id


def _sittings(reader: Reader, thread: ThreadRow) -> list[Sitting]:
    """The meetings of its committees from when it was first voiced on."""
    voiced = Counter(c.meeting_id for c in thread.concerns)
    names = {c.committee for c in thread.concerns}
    return [
        Sitting(m.meeting_id, m.committee, m.date, voiced[m.meeting_id] if m.sentences else None)
        for m in listings.meetings(reader, Filters(first=thread.first))
        if m.committee in names
    ]


def timeline(reader: Reading, thread_id: str, small: bool = False) -> Response:
    """The picture of a worry over time."""
    from matters_arising.web.charts import thread_as_svg

    thread, _ = _thread(reader, thread_id)
    sittings = [(s.date, s.committee, s.voiced) for s in _sittings(reader, thread)]
    policy = {"Content-Security-Policy": PICTURE_ALONE}
    return Response(
        thread_as_svg(sittings, small=small), media_type="image/svg+xml", headers=policy
    )


# address (without .json), its JSON twin, template, what it shows
COMMITTEE_PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/committees", "/committees.json", "committees.html", committees),
    ("/committee/{key}", "/committee/{key}.json", "committee.html", committee),
    ("/concerns", "/concerns.json", "concerns.html", concerns),
    ("/concern/{thread_id}", "/concern/{thread_id}.json", "concern.html", concern),
)
