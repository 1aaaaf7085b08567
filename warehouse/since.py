"""What people decided after the warehouse was loaded, so that the register shows it at once.

A decision is in the ledger before it is in the warehouse: while another process loads, they wait
for their turn. The end of the ledger is read, hidden names are taken out, and what it touches is
folded again. What names a speaker, rejects a finding or gives a reference shows with the load.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from transcripts.gather import ABOUT_RECOMMENDATIONS
from transcripts.ledger import Decision, Ledger, Mark, those_standing, undone_by, withheld_names
from warehouse import lines, making, sql
from warehouse.hidden import HiddenNames, hidden_names
from warehouse.masking import Masker
from warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Since:
    """Lines written since the load. ``undone`` are ids of older ones that stand no longer.

    ``keys`` are the recommendations that any of it is about, with all that is tied to them;
    ``names`` are hidden since.
    """

    lines: tuple[Decision, ...] = ()
    undone: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    names: HiddenNames | None = None

    def verdicts(self) -> dict[tuple[str, str], str]:
        """What was decided of links: key and claim → verdict."""
        return {
            (d.reference.lower(), d.claim_id): d.verdict for d in self.lines if d.kind == "link"
        }


def since_load(reader: Reader) -> Since:
    """The lines that stand and were written after those the warehouse was loaded with."""
    mark = reader.total("ledger mark", _mark)
    if mark is None:
        return Since()
    ledger = Ledger(reader.path.parent)
    read = ledger.read(mark)
    if not read.lines and not read.afresh:
        return Since()
    if read.afresh or _brings_back(reader, read.lines):
        return _compared(reader, those_standing(ledger.all_lines()))
    return _laid_out(reader, those_standing(read.lines), undone_by(read.lines))


def is_behind(reader: Reader) -> bool:
    """Whether lines were written after those the warehouse was loaded with."""
    mark = reader.total("ledger mark", _mark)
    return mark is not None and bool(Ledger(reader.path.parent).read(mark).lines)


def _mark(reader: Reader) -> Mark | None:
    return lines.mark_of(reader.con)


def _brings_back(reader: Reader, read: Sequence[Decision]) -> bool:
    """Whether something undone before the load stands again: only the whole ledger tells."""
    undone = undone_by(read) - {d.id for d in read}
    held = sql.run(reader.con, "line_keys", line_ids=sorted(undone)).fetchall()
    return bool(undone - {line_id for line_id, *_ in held})


def _compared(reader: Reader, standing: Sequence[Decision]) -> Since:
    """By all that stands: what the warehouse lacks, and what it has too much."""
    held = {line_id for (line_id,) in sql.run(reader.con, "line_ids").fetchall()}
    known = {d.id for d in standing}
    return _laid_out(reader, [d for d in standing if d.id not in held], held - known)


def _laid_out(reader: Reader, standing: Sequence[Decision], undone: Iterable[str]) -> Since:
    con, gone = reader.con, frozenset(undone)
    names, withheld = hidden_names(con), withheld_names(standing)
    hidden = HiddenNames(Masker((), withheld).forms) if withheld else None
    fresh = [_about(reader, names, d) for d in standing if d.kind in ABOUT_RECOMMENDATIONS]
    fresh = [hidden.decision(d) if hidden else d for d in fresh if d.reference]
    ids = sorted(gone)
    touched = sql.run(con, "line_keys", line_ids=ids).fetchall() if ids else []
    pairs = [(key, others) for _, key, others in touched if key]
    pairs += [(d.reference.lower(), lines.tied_in(d)) for d in fresh]
    tied = lines.components([*sql.run(con, "ties").fetchall(), *pairs])
    direct = {key for pair in pairs for key in (pair[0], *pair[1])}
    keys = {k for key in direct for k in tied.get(key, (key,))}
    return Since(tuple(making.claims_found_again(con, fresh)), gone, frozenset(keys), hidden)


def _about(reader: Reader, names: HiddenNames, line: Decision) -> Decision:
    """The line with hidden names taken out, about its recommendation also where it names a finding
    alone."""
    shown = names.decision(line)
    if shown.reference or not shown.finding_id:
        return shown
    key = sql.one(reader.con, "key_of_finding", finding_id=shown.finding_id)[0]
    return replace(shown, reference=str(key)) if key else shown
