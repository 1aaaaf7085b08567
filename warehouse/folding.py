"""Folds lives out of what the warehouse holds, and keeps them so that the register opens at once.

At load only recommendations of which something changed are folded again. An entry follows from the
day too (late, silent), so it is kept once for every stretch of days on which it stays the same;
days before the last meeting that is held are folded when somebody asks.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import TypeVar

import duckdb

import matters_arising
from transcripts.clocks import is_day
from transcripts.ledger import Decision
from transcripts.life import Entry, Life, Made, lives
from transcripts.steps import DONE_BY, day_of
from warehouse import making, sql
from warehouse.arrow import Inserter
from warehouse.lines import components, tied_in
from warehouse.rows import Row

T = TypeVar("T")
STEPS = frozenset((*DONE_BY, "respond", "progress", "reopen"))  # lines of what happened on a day
EVERY: Mapping[str, object] = {"every": True, "keys": []}
COLUMNS = tuple(f.name for f in fields(Entry))
PLACE = COLUMNS.index("evidence_urls")


def update(con: duckdb.DuckDBPyConnection) -> int:
    """Brings entries and events up to date; gives how many recommendations were folded again."""
    wanted = _digests(con)
    held = dict(sql.run(con, "folded").fetchall())
    changed = sorted(key for key, digest in wanted.items() if held.get(key) != digest)
    gone = sorted(held.keys() - wanted.keys())
    if changed or gone:
        sql.run(con, "forget_folded", keys=[*changed, *gone])
    if changed:
        _keep(con, changed, wanted)
    return len(changed)


class Heap:
    """What some lives, or all, are folded from, so that they can be folded for several days."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        keys: Sequence[str] | None = None,
        more: Sequence[Decision] = (),
        undone: frozenset[str] = frozenset(),
        until: date = date.max,
    ) -> None:
        """``keys`` must hold all that merges and splits tie to any of them, also by ``more``.

        ``more`` are lines written since the load; ``undone`` are the ids of those taken back.
        What came after ``until`` is left out; a correction holds whenever it was made.
        """
        which = EVERY if keys is None else {"every": False, "keys": list(keys)}
        self.made = making.made_of(con, which)
        lines = [d for d in [*making.lines_of(con, which), *more] if d.id not in undone]
        lines = making.claims_found_again(con, lines)
        lines = [d for d in lines if d.kind not in STEPS or day_of(d) <= until.isoformat()]
        self._lines = _by_key(enumerate(lines), line_key)
        told = list(making.told_of(con, which))
        told += making.linked_by_people(con, lines, told)
        told = [t for t in told if t.day <= until]
        self._told = _by_key(told, lambda t: t.reference.lower())
        points = list(making.minuted_of(con, which))
        points += making.minuted_by_people(con, lines, points)
        points = [p for p in points if p.day <= until]
        self._minuted = _by_key(points, lambda p: p.reference.lower())
        self._met = making.days_met(con)
        self._tied = components((d.reference.lower(), tied_in(d)) for d in lines)
        self.keys = frozenset([*self.made, *self._lines] if keys is None else keys)

    def lives(self, today: date, keys: Iterable[str] | None = None) -> Iterator[tuple[str, Life]]:
        """Key and life of each, or of these; a council's meetings are its own."""
        councils: dict[str, set[str]] = defaultdict(set)
        for key in self.keys if keys is None else keys:
            group: frozenset[str] = self._tied.get(key, frozenset((key,)))
            council = next((self.made[k].council for k in sorted(group) if k in self.made), "")
            councils[council] |= group
        for council, own in councils.items():
            for life in self._fold(sorted(own), today, council):
                yield life.entry.reference.lower(), life

    def _fold(self, keys: Sequence[str], today: date, council: str) -> list[Life]:
        every = [met for days in self._met.values() for met in days]
        lines = sorted(
            (line for key in keys for line in self._lines.get(key, ())), key=lambda n: n[0]
        )
        return lives(
            [self.made[key] for key in keys if key in self.made],
            [t for key in keys for t in self._told.get(key, ())],
            [p for key in keys for p in self._minuted.get(key, ())],
            [line for _, line in lines],
            today=today,
            meetings=self._met.get(council, []) if council else every,
        )


def line_key(numbered: tuple[int, Decision]) -> str:
    """The key of the recommendation that a numbered line is about."""
    return numbered[1].reference.lower()


def _by_key(values: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    out: dict[str, list[T]] = defaultdict(list)
    for value in values:
        out[key(value)].append(value)
    return out


def _digests(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """By key, a hash of what it and all that is tied to it are folded from."""
    own = {key: digest for key, digest in sql.run(con, "digests").fetchall() if key}
    tied = components(sql.run(con, "ties").fetchall())
    return {
        key: _hash([own.get(k, "") for k in sorted(tied.get(key, (key,)))])
        for key in own.keys() | tied.keys()
    }


def _hash(digests: Sequence[str]) -> str:
    """Of all that one life comes from; another version of the program may fold otherwise."""
    text = " ".join((matters_arising.__version__, *digests))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _keep(con: duckdb.DuckDBPyConnection, keys: Sequence[str], digests: Mapping[str, str]) -> None:
    """Folds these, for every stretch of days, and puts them into the tables."""
    heap = Heap(con, keys)
    start = date.fromisoformat(str(sql.one(con, "last_day")[0]))
    found = dict(heap.lives(start))
    stretches = _stretches(heap, found, start)
    Inserter(con).insert(
        {
            "folded": [(key, digests[key]) for key in keys],
            "entry": [row for key in found for row in _entry_rows(key, stretches[key])],
            "event": [row for key, life in found.items() for row in _event_rows(key, life)],
        }
    )


def _stretches(
    heap: Heap, found: Mapping[str, Life], start: date
) -> dict[str, list[tuple[date, Entry]]]:
    """The entries of each with the first day on which each holds."""
    out = {key: [(start, life.entry)] for key, life in found.items()}
    turning: dict[date, list[str]] = defaultdict(list)
    for key, life in found.items():
        for day in _turns(life.entry, heap.made.get(key)):
            if day > start:
                turning[day].append(key)
    for day in sorted(turning):
        for key, life in heap.lives(day, turning[day]):
            if key in out and life.entry != out[key][-1][1]:
                out[key].append((day, life.entry))
    return out


def _turns(entry: Entry, made: Made | None) -> set[date]:
    """The days on which an entry may change by itself: after a day that was due."""
    due = {entry.action_due, entry.response_due, made.due if made else ""}
    days = {date.fromisoformat(day) for day in due if is_day(day)}
    return {day + timedelta(days=1) for day in days if day < date.max}  # older lines hold any day


def _entry_rows(key: str, stretches: Sequence[tuple[date, Entry]]) -> Iterator[Row]:
    ends: list[date | None] = [day for day, _ in stretches[1:]]
    for (day, entry), end in zip(stretches, [*ends, None], strict=True):
        values: list[object] = [getattr(entry, name) for name in COLUMNS]
        values[PLACE] = "\n".join(entry.evidence_urls)
        yield (key, day, end, *values)


def entry_of(values: Sequence[object]) -> Entry:
    """An entry as the table holds it."""
    out = list(values)
    out[PLACE] = tuple(str(out[PLACE]).split("\n")) if out[PLACE] else ()
    return Entry(*out)  # type: ignore[arg-type]


def _event_rows(key: str, life: Life) -> Iterator[Row]:
    for n, e in enumerate(life.events):
        where = (e.evidence.quote, e.evidence.who, e.evidence.link, e.evidence.meeting_id)
        told = (e.id, e.day, e.ladder, e.state, e.standing, e.by)
        yield (key, n, *told, *where, e.evidence.accessed, e.source, list(e.reasons), e.note)
