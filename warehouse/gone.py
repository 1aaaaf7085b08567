"""What became of a recommendation that had an address and is held no more, by the ledger.

A number is quoted in letters: whoever follows one is told that it was given, and whether a person
decided that it is none. What it said is told no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from matters_arising.errors import NoLongerError
from transcripts.found_again import ALIKE, likeness
from transcripts.ledger import (
    Decision,
    Ledger,
    overlap_s,
    those_standing,
    told_by_id,
    undoings,
)
from warehouse.places import PLACE
from warehouse.reader import Reader

WHAT = "recommendation"
NONE = "a person decided on {day} that {asked} is no recommendation; its words are shown no more"
TAKEN_BACK = "a person took {asked} out of the register again on {day}; it is shown no more"
GIVEN = "the number {asked} was given once, but nothing that is held here now has it"


def no_longer(reader: Reader, asked: str) -> NoLongerError | None:
    """What is to be said of a number, the id of a finding or a place that leads to nothing.

    None where the ledger knows nothing of it, so that it never was one.
    """
    lines = Ledger(reader.path.parent).all_lines()
    given = [line for line in lines if _number(line).casefold() == asked.casefold()]
    about = [d for d in those_standing(lines) if _rejects(d, given) or _is_at(d, asked)]
    if about and about[-1].verdict == "rejected":
        return _decided(NONE, _number(given[-1]) if given else asked, about[-1])
    undone = undoings(lines)
    if given and given[-1].id in undone:
        by = next(line for line in lines if line.id == undone[given[-1].id])
        return _decided(TAKEN_BACK, _number(given[-1]), by)
    return NoLongerError(WHAT, asked, GIVEN.format(asked=_number(given[-1]))) if given else None


def _decided(told: str, asked: str, line: Decision) -> NoLongerError:
    day = datetime.fromisoformat(line.when).date()
    why = told.format(asked=asked, day=f"{day:%-d %B %Y}")
    return NoLongerError(WHAT, asked, why, day.isoformat())


def _number(line: Decision) -> str:
    """The number that a line gave, to what was heard or to a line of somebody's tracker."""
    return {"reference": line.verdict, "entry": line.reference}.get(line.kind, "")


def _rejects(line: Decision, given: Sequence[Decision]) -> bool:
    """Whether a line says of what had been given a number whether it is one; also where another
    engine had found it when it was rejected."""
    if line.kind != "finding":
        return False
    return any(
        line.finding_id == one.finding_id
        or (
            told_by_id(line)[0] == WHAT
            and line.recording_sha256 == one.recording_sha256
            and overlap_s(*_stretch(line), *_stretch(one)) > 0
            and likeness(line.words, one.words) >= ALIKE
        )
        for one in given
        if one.finding_id
    )


def _is_at(line: Decision, asked: str) -> bool:
    """Whether a line says of what has no number, by its id or its place, whether it is one."""
    kind, part = told_by_id(line) if line.kind == "finding" else ("", 0)
    if kind != WHAT:
        return False
    place = PLACE.fullmatch(asked)
    if place is None:
        return line.finding_id == asked
    start_s, end_s = _stretch(line)
    return (
        line.recording_sha256.startswith(place[1])
        and start_s - 0.001 <= int(place[2]) / 1000 < end_s
        and part == int(place[3] or 0)
    )


def _stretch(line: Decision) -> tuple[float, float]:
    return line.start_s or 0.0, line.end_s or 0.0
