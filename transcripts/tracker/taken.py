"""The lines of the ledger that a row of a tracker amounts to, and those of one import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transcripts.columns import ANSWER, CORRECTABLE
from transcripts.ledger import Decision
from transcripts.steps import FROM_TRACKER, TRACKER_DAYS, UNDATED, tracker_of
from transcripts.tracker.compare import NEW, UNREADABLE, Compared
from transcripts.tracker.facts import NOTHING_YET
from transcripts.tracker.incoming import texts

APART = frozenset((*ANSWER, "progress", "note"))  # not corrected: each has a line of its own


@dataclass(frozen=True, slots=True)
class Row:
    """A row with what is to be written of it; ``taken`` are the columns believed over ours."""

    found: Compared
    facts: Mapping[str, str]
    taken: frozenset[str]
    who: str
    when: str
    source: str

    def line(self, kind: str, verdict: str, **more: Any) -> Decision:
        """A line about the row's reference that names the tracker."""
        why = f"{FROM_TRACKER}{self.source}, row {self.found.line.number}"
        about = self.found.reference
        return Decision(kind, verdict, self.who, self.when, why, reference=about, **more)

    def given(self, *columns: str) -> tuple[tuple[str, str], ...]:
        """What the row says in these columns."""
        values = self.found.line.values
        return tuple((c, values[c]) for c in columns if values.get(c))


def decisions(
    found: Compared, *, who: str, when: str, source: str, take: bool = False
) -> list[Decision]:
    """The lines of the ledger that a row amounts to; conflicts only where theirs is taken."""
    if found.refused or found.verdict == UNREADABLE:
        return []
    theirs = {c: value for c, _, value in found.conflicts} if take else {}
    row = Row(found, dict(found.adds) | theirs, frozenset(theirs), who, when, source)
    if found.verdict == NEW:
        kept = tuple((c, v) for c, v in found.line.values.items() if c != "reference")
        return [row.line("entry", next(texts(found.line.values)), values=kept)]
    facts = row.facts
    made = [*_answer(row), *_done(row)]
    made += [row.line("correct", facts[c], column=c) for c in facts if c in CORRECTABLE - APART]
    if "note" in facts:
        made.append(row.line("note", facts["note"]))
    return made


def _answer(row: Row) -> list[Decision]:
    """An answer with all that the row says of it; else what it adds to the one that is held."""
    facts, held = row.facts, row.found.held
    if "response" in facts:
        words = row.found.line.values.get("response_text", "")
        more = {"words": words, "values": row.given(*ANSWER)}
        return [_step(row, "respond", "response", facts["response"], **more)]
    told = {c: facts[c] for c in ANSWER if c in facts}
    if held is not None and held.response not in NOTHING_YET["response"]:
        return [row.line("correct", value, column=c) for c, value in told.items()]
    # no answer yet: what a later one says goes before it, which a correction would not let be
    return [row.line("respond", "", values=tuple(told.items()))] if told else []


def _done(row: Row) -> list[Decision]:
    """A step of the doing; words without a state go with the state that is held, if any."""
    facts, held = row.facts, row.found.held
    if not {"status", "progress"} & facts.keys():
        return []
    known = held.status if held and held.status not in NOTHING_YET["status"] else ""
    words = row.found.line.values.get("progress", "")
    more = {"words": words, "values": row.given("progress")}
    if "status" in facts or known:
        return [_step(row, "progress", "status", facts.get("status", known), **more)]
    return [row.line("progress", "", **more)]


def _step(row: Row, kind: str, column: str, state: str, **more: Any) -> Decision:
    """A line with its day. Where the tracker tells none it is marked as without one.

    It then stands with the meeting, so that whatever is dated comes after it; what is believed
    over the register holds from the day on which somebody said so.
    """
    values = row.found.line.values
    day = next((values[c] for c in TRACKER_DAYS[column] if values.get(c)), "")
    if not day:
        more["values"] = (*more["values"], (UNDATED, "in the tracker"))
        made = row.found.held.meeting_date if row.found.held else ""
        day = "" if row.taken & {column, "progress"} else made
    return row.line(kind, state, day=day, **more)


def of_one_import(lines: Sequence[Decision], line_id: str) -> list[Decision]:
    """The lines that came in with one; none where it did not come from a tracker.

    An import has one moment and one file for all that it writes.
    """
    wanted = next((d for d in lines if d.id == line_id and tracker_of(d)), None)
    if wanted is None:
        return []
    same = (wanted.when, wanted.who, tracker_of(wanted))
    return [d for d in lines if d.kind != "undo" and (d.when, d.who, tracker_of(d)) == same]
