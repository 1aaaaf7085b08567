"""A tracker beside the register: what is new in it, what is the same, what contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transcripts.ledger import Decision
from transcripts.life import Entry
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
CORRECTED = ("recipient", "lead_officer", "action_due")
ABOUT = ("committee", "meeting_date", "agenda_item", "minute_no", "text_minuted", "text_spoken")


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: what it is to the register, the facts it adds, and (column, ours, theirs)."""

    line: Line
    verdict: str
    reference: str
    adds: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[tuple[str, str, str], ...] = ()


def compare(lines: Sequence[Line], entries: Sequence[Entry]) -> list[Compared]:
    """Every row in its order; rows are matched by reference, else by likeness of wording."""
    known = {e.reference.casefold(): e for e in entries}
    return [_one(line, known) for line in lines]


def _one(line: Line, known: Mapping[str, Entry]) -> Compared:
    reference = line.values.get("reference", "")
    entry = known.get(reference.casefold())
    if entry is None:
        like = _likest(line, known)
        if like is not None:
            return Compared(line, DOUBTFUL, like.reference, *_differences(line, like))
        if not reference or not any(texts(line.values)):
            return Compared(line, UNREADABLE, reference)
        return Compared(line, NEW, reference, tuple(line.values.items()))
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
        if not theirs or theirs == ours or theirs in ours:
            continue
        if not ours or ours in NOTHING_YET.get(column, ()):
            adds.append((column, theirs))
        else:
            conflicts.append((column, ours, theirs))
    return tuple(adds), tuple(conflicts)


def decisions(
    found: Compared, *, who: str, when: str, source: str, take: bool = False
) -> list[Decision]:
    """The lines of the ledger that a row amounts to; conflicts only where theirs is taken."""

    def line(kind: str, verdict: str, **more: Any) -> Decision:
        return Decision(
            kind=kind,
            verdict=verdict,
            who=who,
            when=when,
            why=f"from the tracker {source}, row {found.line.number}",
            reference=found.reference,
            **more,
        )

    values = dict(found.line.values)
    if found.verdict == NEW:
        kept = tuple((k, v) for k, v in values.items() if k != "reference")
        text = next(texts(values))
        return [
            Decision(
                kind="entry",
                verdict=text,
                who=who,
                when=when,
                why=f"from the tracker {source}, row {found.line.number}",
                reference=found.reference,
                values=kept,
            )
        ]
    facts = dict(found.adds) | ({c: theirs for c, _, theirs in found.conflicts} if take else {})
    words = values.get("progress", "") or f"{source}, row {found.line.number}"
    made = []
    if "response" in facts:
        day = values.get("response_date", "")
        made.append(line("respond", facts["response"], day=day, words=words))
    if "status" in facts:
        made.append(line("progress", facts["status"], words=words))
    made += [line("correct", facts[c], column=c) for c in CORRECTED if c in facts]
    if "note" in facts:
        made.append(line("note", facts["note"]))
    return made
