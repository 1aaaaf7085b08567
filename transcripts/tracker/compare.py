"""A tracker beside the register: what is new in it, what is the same, what contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transcripts.life import Entry
from transcripts.tracker.facts import differences, in_time
from transcripts.tracker.identity import Codes, bare_number, unlike
from transcripts.tracker.incoming import Line, texts
from transcripts.tracker.likest import Likest

NEW, SAME, ADDS, CONFLICT, DOUBTFUL, UNREADABLE = (
    "new",
    "same",
    "adds",
    "conflict",
    "doubtful",
    "unreadable",
)
OTHER = (
    "another recommendation has this reference; nothing of the row is taken: give it a reference "
    "of its own in the tracker, or set right what differs"
)
TWICE = "row {} of this file has this reference too; nothing of this row is taken"
BARE = (
    "reference: '{}' is but a number, which another tracker has too; give the committee (a column, "
    "or --committee) and a column of the day of the meeting, or write a whole reference such as "
    "HP/2026-27/01"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: what it is to the register, the facts it adds, and (column, ours, theirs).

    ``refused`` tells why nothing of it is taken whatever a person says; empty where it can be.
    ``like`` is what a new one is worded like, ``held`` the entry that it is beside.
    """

    line: Line
    verdict: str
    reference: str
    adds: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[tuple[str, str, str], ...] = ()
    refused: str = ""
    like: str = ""
    held: Entry | None = None


def compare(lines: Sequence[Line], entries: Sequence[Entry]) -> list[Compared]:
    """Every row in its order; rows are matched by reference, else by likeness of wording."""
    known = {e.reference.casefold(): e for e in entries}
    codes, likest = Codes(entries), Likest(entries)
    return _only_once([_one(line, known, codes, likest) for line in lines])


def _only_once(found: Sequence[Compared]) -> list[Compared]:
    """A second row of one reference would be blended with the first: it is taken by no means.

    A row that names the reference comes before one that is only worded alike.
    """
    seen: dict[str, Line] = {}
    for row in sorted(found, key=lambda row: row.verdict == DOUBTFUL):
        if row.verdict != UNREADABLE and not row.refused:
            seen.setdefault(row.reference.casefold(), row.line)
    return [_beside_first(row, seen.get(row.reference.casefold(), row.line)) for row in found]


def _beside_first(row: Compared, first: Line) -> Compared:
    if row.verdict == UNREADABLE or row.refused or first is row.line:
        return row
    if first.values == row.line.values:
        return Compared(row.line, SAME, row.reference)
    verdict = DOUBTFUL if row.verdict == DOUBTFUL else CONFLICT
    return Compared(row.line, verdict, row.reference, refused=TWICE.format(first.number))


def _one(line: Line, known: Mapping[str, Entry], codes: Codes, likest: Likest) -> Compared:
    own = line.values.get("reference", "")
    entry = known.get(own.casefold())
    if bare_number(own) and (entry is None or unlike(line.values, entry)):
        own = codes.whole(line.values)
        entry = known.get(own.casefold())
    if entry is not None:
        return _beside(line, entry)
    if line.values.get("committee"):
        named = codes.name(line.values["committee"])
        line = replace(line, values={**line.values, "committee": named})
    return _nowhere(line, own, likest.of(line.values))


def _nowhere(line: Line, own: str, like: Entry | None) -> Compared:
    """A row whose reference is not held: a new one, unless its number is none of its own."""
    given = line.values.get("reference", "")
    if like is not None and (not given or (bare_number(given) and not unlike(line.values, like))):
        line, adds, conflicts = differences(line, like)
        return Compared(line, DOUBTFUL, like.reference, adds, conflicts, held=like)
    if not any(texts(line.values)) or not own:
        return _unreadable(line)
    line = in_time(line, line.values.get("meeting_date", ""))
    values = tuple({**line.values, "reference": own}.items())
    return Compared(line, NEW, own, values, like=like.reference if like else "")


def _unreadable(line: Line) -> Compared:
    told = line.values.get("reference", "")
    if not any(texts(line.values)):
        why = "text_minuted: the row has no wording, and its reference is none that is held"
    elif bare_number(told):
        why = BARE.format(told)
    else:
        why = "reference: the row has none, and is worded like nothing that is held"
    return Compared(replace(line, faults=(*line.faults, why)), UNREADABLE, told)


def _beside(line: Line, entry: Entry) -> Compared:
    other = unlike(line.values, entry)
    if other:
        return Compared(line, CONFLICT, entry.reference, (), other, OTHER)
    line, adds, conflicts = differences(line, entry)
    verdict = CONFLICT if conflicts else ADDS if adds else SAME
    return Compared(line, verdict, entry.reference, adds, conflicts, held=entry)
