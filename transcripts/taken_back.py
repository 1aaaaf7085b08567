"""Which lines of the ledger are taken back together, and which cannot be for what stands on them.

A split that entered new recommendations is one decision in several lines: half of it taken back
leaves parts beside the whole, or a whole that became nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from matters_arising.errors import BadInputError
from transcripts.ledger import Decision, undoings
from transcripts.steps import tracker_of


def taken_back_with(lines: Sequence[Decision], line_id: str) -> list[Decision]:
    """What is undone where this line is, itself among it, as far as it stands.

    An undoing of one part of a split takes with it those of the others. ``lines`` are all that
    were ever written.
    """
    known = {line.id: line for line in lines}
    line, back = known[line_id], undoings(lines)
    if line.kind != "undo":
        return [d for d in _of_one_split(lines, line) if d.id not in back] or [line]
    about = known.get(line.verdict)
    split = _of_one_split(lines, about) if about else []
    return [known[back[d.id]] for d in split if d.id in back] or [line]


def _of_one_split(lines: Sequence[Decision], line: Decision) -> list[Decision]:
    """The lines of the split that a line belongs to, in ledger order; none where it is of none."""
    split = line if line.kind == "split" else _split_of(lines, line)
    if split is None:
        return []
    entered = [d for d in lines if d.kind == "entry" and _split_of(lines, d) is split]
    return [*entered, split]


def _split_of(lines: Sequence[Decision], entry: Decision) -> Decision | None:
    """The split that entered a recommendation; None where it came in by itself."""
    if entry.kind != "entry" or entry.point_id or tracker_of(entry):
        return None
    begin = next(n for n, line in enumerate(lines) if line is entry)
    wanted = entry.reference.casefold()
    return next(
        (d for d in lines[begin:] if d.kind == "split" and wanted in map(str.casefold, d.others)),
        None,
    )


def nothing_stands_on(lines: Sequence[Decision], going: Sequence[Decision]) -> None:
    """Raises BadInputError where a recommendation would go that a split or merge still leads to."""
    gone = undoings(lines).keys() | {d.id for d in going}
    entered = {d.reference.casefold(): d.reference for d in going if d.kind == "entry"}
    for line in lines:
        if line.id in gone or line.kind not in ("split", "merge"):
            continue
        led = line.others if line.kind == "split" else (line.verdict,)
        for key in entered.keys() & set(map(str.casefold, led)):
            raise BadInputError(
                f"{line.reference} became {entered[key]} by line {line.id}; take that back first: "
                f"matters decide undo {line.id}"
            )
