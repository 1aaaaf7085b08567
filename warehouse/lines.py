"""The ledger's lines about recommendations, kept beside what they are about.

Only lines that stand are kept, hidden names taken out; those written since a load are read from
the end of the ledger when the register is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import duckdb

from transcripts.gather import ABOUT_RECOMMENDATIONS
from transcripts.ledger import Decision, Mark, withheld_names
from transcripts.processed import content_hash
from warehouse import sql
from warehouse.arrow import Inserter
from warehouse.hidden import HiddenNames, hidden_names, sparse
from warehouse.masking import Masker


def project(con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> HiddenNames:
    """Brings the lines up to date with all that stand; gives the names hidden in them."""
    sql.run(con, "hide_withheld")
    forms = [("", *form) for form in Masker((), withheld_names(decisions)).forms]
    Inserter(con).insert({"hidden": forms})
    names = hidden_names(con)
    wanted = [d for d in decisions if d.kind in ABOUT_RECOMMENDATIONS]
    first, fresh = _missing(con, wanted, _hidden_changed(con))
    lines = [_row(first + n, names.decision(d)) for n, d in enumerate(fresh)]
    Inserter(con).insert({"line": lines})
    return names


def note_mark(con: duckdb.DuckDBPyConnection, mark: Mark | None) -> None:
    """Remembers how far the ledger was read, so that readers know what came since."""
    value = json.dumps([mark.size, mark.last]) if mark else ""
    sql.run(con, "set_fact", name="ledger", value=value)


def mark_of(con: duckdb.DuckDBPyConnection) -> Mark | None:
    """How far the ledger had been read; None where decisions came from elsewhere."""
    value = sql.one(con, "fact", name="ledger")[0]
    return Mark(*json.loads(str(value))) if value else None


def _hidden_changed(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether other names are hidden, or may be shown, than when the lines were kept."""
    forms = sql.run(con, "hidden_forms").fetchall()
    shown = sorted(sql.run(con, "names_shown").fetchall()) if forms else []
    now = content_hash(*map(str, forms), *map(str, shown))
    if sql.one(con, "fact", name="hidden")[0] == now:
        return False
    sql.run(con, "set_fact", name="hidden", value=now)
    return True


def _missing(
    con: duckdb.DuckDBPyConnection, wanted: Sequence[Decision], changed: bool
) -> tuple[int, Sequence[Decision]]:
    """Takes out lines that stand no longer; gives those to put in and the place of the first.

    A line brought back by the undoing of its undoing stands between others: all are put in anew.
    """
    held = [line_id for (line_id,) in sql.run(con, "line_ids").fetchall()]
    ids = [d.id for d in wanted]
    known, named = set(held), set(ids)
    kept = [line_id for line_id in held if line_id in named]
    if changed or not all(ids) or ids[: len(kept)] != kept or len(named) < len(ids):
        sql.run(con, "forget_all_lines")
        return 0, wanted
    if len(kept) < len(held):
        sql.run(con, "forget_lines", line_ids=sorted(known - named))
    return int(str(sql.one(con, "last_line")[0])) + 1, wanted[len(kept) :]


def _row(position: int, line: Decision) -> tuple[object, ...]:
    decision = json.dumps(sparse(line), ensure_ascii=False)
    about = (line.reference.lower(), tied_in(line))
    told = (line.finding_id, line.claim_id, line.who, line.when, decision)
    return (position, line.id, line.kind, line.verdict, *about, *told)


def tied_in(line: Decision) -> list[str]:
    """The keys that a merge or a split ties to the one it is about."""
    others = {"merge": (line.verdict,), "split": line.others}.get(line.kind, ())
    return [other.lower() for other in others if other]


def components(pairs: Iterable[tuple[str, Sequence[str]]]) -> dict[str, frozenset[str]]:
    """References that merges and splits tie together, by each of them; others are by themselves."""
    leader: dict[str, str] = {}

    def of(key: str) -> str:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for key, others in pairs:
        for other in others:
            leader[of(other)] = of(key)
    groups: dict[str, set[str]] = {}
    for key in leader:
        groups.setdefault(of(key), set()).add(key)
    return {key: frozenset(group) for group in groups.values() for key in group}
