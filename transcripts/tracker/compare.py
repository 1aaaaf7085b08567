"""A tracker beside the register: what is new in it, what is the same, what contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transcripts.life import Entry
from transcripts.tracker.identity import Codes, bare_number, unlike
from transcripts.tracker.incoming import Line, texts

LIKE = 88  # of 100, from which on two wordings may be one recommendation
NEW, SAME, ADDS, CONFLICT, DOUBTFUL, UNREADABLE = (
    "new",
    "same",
    "adds",
    "conflict",
    "doubtful",
    "unreadable",
)
FACTS = ("recipient", "lead_officer", "response", "response_date", "status", "progress", "note")
NOTHING_YET = {"response": ("none_found", "awaiting"), "status": ("not_started", "overdue")}
LOOSE = ("progress", "note")  # ours say more than the cell did: who told it, and other notes
OTHER = (
    "another recommendation has this reference; nothing of the row is taken: give it a reference "
    "of its own in the tracker, or set right what differs"
)
TWICE = "row {} of this file has this reference too; nothing of this row is taken"
BARE = (
    "reference: '{}' is but a number, which another tracker has too; give columns of the committee "
    "and of the day of the meeting, or write a whole reference such as HP/2026-27/01"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: what it is to the register, the facts it adds, and (column, ours, theirs).

    ``refused`` tells why nothing of it is taken whatever a person says; empty where it can be.
    """

    line: Line
    verdict: str
    reference: str
    adds: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[tuple[str, str, str], ...] = ()
    refused: str = ""


def compare(lines: Sequence[Line], entries: Sequence[Entry]) -> list[Compared]:
    """Every row in its order; rows are matched by reference, else by likeness of wording."""
    known = {e.reference.casefold(): e for e in entries}
    codes = Codes(entries)
    found = [_one(line, known, codes) for line in lines]
    return _only_once(found)


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


def _one(line: Line, known: Mapping[str, Entry], codes: Codes) -> Compared:
    reference = line.values.get("reference", "")
    entry = known.get(reference.casefold())
    if bare_number(reference):
        if entry is not None and not unlike(line.values, entry):
            return _beside(line, entry)
        reference = codes.whole(line.values)
        entry = known.get(reference.casefold())
    if entry is not None:
        return _beside(line, entry)
    like = _likest(line, known)
    if like is not None:
        return Compared(line, DOUBTFUL, like.reference, *_differences(line, like))
    if not any(texts(line.values)) or not reference:
        return _unreadable(line)
    values = {**line.values, "reference": reference}
    return Compared(line, NEW, reference, tuple(values.items()))


def _unreadable(line: Line) -> Compared:
    told = line.values.get("reference", "")
    bare = (BARE.format(told),) if bare_number(told) and any(texts(line.values)) else ()
    return Compared(replace(line, faults=(*line.faults, *bare)), UNREADABLE, told)


def _beside(line: Line, entry: Entry) -> Compared:
    other = unlike(line.values, entry)
    if other:
        return Compared(line, CONFLICT, entry.reference, (), other, OTHER)
    adds, conflicts = _differences(line, entry)
    verdict = CONFLICT if conflicts else ADDS if adds else SAME
    return Compared(line, verdict, entry.reference, adds, conflicts)


def _likest(line: Line, known: Mapping[str, Entry]) -> Entry | None:
    from rapidfuzz import fuzz

    def likeness(entry: Entry) -> float:
        ours = filter(None, (entry.text_minuted, entry.text_spoken))
        return max(
            (float(fuzz.token_set_ratio(a, b)) for a in ours for b in texts(line.values)),
            default=0.0,
        )

    best = max(known.values(), key=likeness, default=None)
    return best if best is not None and likeness(best) >= LIKE else None


def _differences(
    line: Line, entry: Entry
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]:
    adds, conflicts = [], []
    for column in (*FACTS, "action_due"):
        theirs = line.values.get(column, "")
        ours = str(getattr(entry, column))
        if not theirs or theirs == ours or (column in LOOSE and theirs in ours):
            continue
        if not ours or ours in NOTHING_YET.get(column, ()):
            adds.append((column, theirs))
        else:
            conflicts.append((column, ours, theirs))
    return tuple(adds), tuple(conflicts)
