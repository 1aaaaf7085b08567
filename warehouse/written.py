"""Every line of the ledger as people may read it, also those that were undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matters_arising.errors import NotInArchiveError
from transcripts.ledger import (
    KEEPING_KINDS,
    Decision,
    Ledger,
    those_standing,
    undoings,
    withheld_names,
)
from warehouse import sql
from warehouse.hidden import hidden_names
from warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line. ``about`` is what it is about, in words; ``undone_by`` the id of the line that took
    it back, empty where it stands. ``words`` are those it points at or quotes."""

    id: str
    when: str
    who: str
    kind: str
    verdict: str
    about: str
    undone_by: str
    why: str
    day: str
    url: str
    words: str


def written(reader: Reader, about: str = "") -> list[LineRow]:
    """The lines in their order, all or those about one recommendation, hidden names taken out.

    ``about`` is its reference, in any case; the undoings of its lines belong to them. Raises
    NotInArchiveError where neither a line nor a recommendation of that reference is held.
    """
    lines = Ledger(reader.path.parent).all_lines()
    return rows_of(reader, _about(reader, lines, about) if about else lines, lines)


def rows_of(reader: Reader, wanted: Sequence[Decision], every: Sequence[Decision]) -> list[LineRow]:
    """Some lines as people may read them; ``every`` are all, which tell what stands."""
    names = hidden_names(reader.con, withheld_names(those_standing(every)))
    undone = undoings(every)
    return [_row(names.decision(line), undone.get(line.id, "")) for line in wanted]


def _about(reader: Reader, lines: Sequence[Decision], reference: str) -> list[Decision]:
    key = reference.lower()
    findings = {d.finding_id for d in lines if d.kind == "reference" and d.verdict.lower() == key}
    found = sql.rows(reader.con, "by_reference", reference=reference)
    findings |= {str(row["finding_id"]) for row in found}
    direct = [d for d in lines if key in _named(d) or d.finding_id in findings - {""}]
    if not direct and not found:
        held = [str(r) for (r,) in sql.run(reader.con, "all_references").fetchall()]
        raise NotInArchiveError("recommendation", reference, held)
    ids = {d.id for d in direct}
    for line in lines:  # a line is undone after it was written
        if line.kind == "undo" and line.verdict in ids:
            ids.add(line.id)
    return [d for d in lines if d.id in ids]


def _named(line: Decision) -> set[str]:
    """The references that a line names, folded."""
    named = {line.reference, *line.others}
    if line.kind in ("reference", "merge"):
        named.add(line.verdict)
    return {reference.lower() for reference in named}


def _row(line: Decision, undone_by: str) -> LineRow:
    return LineRow(
        line.id, line.when, line.who, line.kind, line.verdict, _what(line), undone_by, line.why,
        line.day, line.url, line.words,
    )  # fmt: skip


def _what(line: Decision) -> str:
    """What a line is about: the names of its objects, the most telling first."""
    told = [line.reference, line.name, line.column]
    told += [f"claim {line.claim_id}" if line.claim_id else ""]
    told += [f"point {line.point_id}" if line.point_id else ""]
    told += [f"finding {line.finding_id}" if line.finding_id else ""]
    told += [f"line {line.verdict}" if line.kind == "undo" else ""]
    told += [_stretch(line) if line.kind in KEEPING_KINDS else ""]
    told += [f"voice {line.voice} of {line.meeting_id}" if line.voice else ""]
    return ", ".join(filter(None, (*told, *line.others)))


def _stretch(line: Decision) -> str:
    """The meeting that a line on keeping is about, and where in it."""
    if line.start_s is None or line.end_s is None:
        return line.meeting_id
    return f"{line.meeting_id} from {line.start_s:.0f} to {line.end_s:.0f} s"
