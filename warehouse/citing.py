"""One line by which anybody can find a quotation again, and see what made its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from transcripts.times import clock
from warehouse import sql
from warehouse.reader import Reader

Row = dict[str, object]
AT_ONCE = 500


class Quotable(Protocol):
    """What a hit and an occurrence have in common."""

    @property
    def speaker(self) -> str: ...
    @property
    def person(self) -> str | None: ...
    @property
    def machine_made(self) -> bool: ...
    @property
    def meeting_id(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def item_title(self) -> str: ...
    @property
    def start_s(self) -> float: ...
    @property
    def link(self) -> str: ...
    @property
    def transcript_version(self) -> str: ...


Q = TypeVar("Q", bound=Quotable)


def citations(reader: Reader, quoted: Sequence[Quotable]) -> list[str]:
    """A citation of each: speaker, body, day, agenda item, time, meeting, transcript, address.

    The time is within the recording. Raises ValueError for what this reader does not hold.
    """
    held = _held(reader, {q.meeting_id for q in quoted})
    out = []
    for q in quoted:
        row = held[q.meeting_id].get(q.transcript_version)
        if row is None:
            raise ValueError(f"no transcript {q.transcript_version} of {q.meeting_id}")
        out.append(_citation(q, row))
    return out


def with_citations(reader: Reader, quoted: Iterable[Q]) -> Iterator[tuple[Q, str]]:
    """Each with its citation, of which a few at a time are read."""
    rest = iter(quoted)
    while some := list(islice(rest, AT_ONCE)):
        yield from zip(some, citations(reader, some), strict=True)


def _held(reader: Reader, meetings: Iterable[str]) -> dict[str, dict[str, Row]]:
    """What is cited of meetings, by transcript version; looked up once a generation."""
    known: dict[str, dict[str, Row]] = reader.total("cited", lambda _: {})
    new = sorted(m for m in meetings if m not in known)
    if new:
        found: dict[str, dict[str, Row]] = {meeting_id: {} for meeting_id in new}
        for row in sql.rows(reader.con, "cited", meeting_ids=new):
            found[str(row["meeting_id"])][str(row["transcript_version"])] = row
        known |= found
    return known


def _citation(q: Quotable, row: Row) -> str:
    parts = [_who(q), row["committee"], row["council"], f"{row['date']:%-d %B %Y}", _item(q)]
    said = ", ".join(str(p) for p in (*parts, clock(q.start_s)) if p)
    engine = " ".join(str(row[k]) for k in ("engine", "engine_version", "model") if row[k])
    by = f" by {engine}" if engine else ""
    made = f"Meeting {q.meeting_id}, machine-made transcript {q.transcript_version}{by}."
    return f"{said}. {made} {_where(q.link)}".rstrip()


def _who(q: Quotable) -> str:
    if not q.person:
        return q.speaker
    return f"{q.speaker} (named by {'machine' if q.machine_made else 'a person'})"


def _item(q: Quotable) -> str:
    if not q.item:
        return ""
    return f"item {q.item}" + (f": {q.item_title}" if q.item_title else "")


def _where(link: str) -> str:
    """The address that plays it; of a file only its name, for folders differ between machines."""
    if not link or link.lower().startswith(("http://", "https://")):
        return link
    return f"Recording {link.partition('#')[0].rpartition('/')[2]}"
