"""The lines of the ledger that a row of a tracker amounts to."""

from __future__ import annotations

from typing import Any

from transcripts.ledger import Decision
from transcripts.tracker.compare import NEW, UNREADABLE, Compared
from transcripts.tracker.incoming import texts

CORRECTED = ("recipient", "lead_officer", "action_due")


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

    if found.refused or found.verdict == UNREADABLE:
        return []
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
