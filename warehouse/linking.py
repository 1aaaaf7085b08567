"""Lays out what the archive holds for a linker, and keeps what it says belongs together.

The linker is handed in: it is among the models, which the warehouse does not know. What a meeting
is linked to follows from what was said by its day, so of a meeting that is loaded only itself and
later ones are asked about; threads are told anew where any concern has changed. So the same
holdings always keep the same links, in whatever order they came.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Collection, Sequence
from operator import itemgetter

import duckdb

from transcripts.claim import Link
from transcripts.linked import NEARBY, Linker, Published, one_a_turn
from warehouse import sql
from warehouse.arrow import Inserter
from warehouse.hidden import HiddenNames
from warehouse.laid_out import Said

LETTERS = 16  # of a digest, that is 64 bits


def update(
    con: duckdb.DuckDBPyConnection,
    linker: Linker | None,
    names: HiddenNames,
    *,
    threads: bool = True,
) -> bool:
    """Brings links and threads up to date; gives whether the linker was asked.

    Without a linker those stay that still have both ends. ``threads`` may wait for a later load:
    they are told from all concerns at once, and a batch needs them once.
    """
    asked = False
    if linker is None:
        _keep_links(con, names)
    else:
        asked = _update_links(con, linker)
    if linker is None or not threads:
        _keep_threads(con, names)
        return asked
    return _update_threads(con, linker) or asked


def has_old_threads(con: duckdb.DuckDBPyConnection, linker: Linker) -> bool:
    """Whether concerns have changed since threads were told."""
    return sql.one(con, "fact", name="threaded")[0] != _threaded(con, linker)


def _update_links(con: duckdb.DuckDBPyConnection, linker: Linker) -> bool:
    """Asks about the meetings of which something changed that was said by their day."""
    seen = _seen(con, linker)
    value = str(sql.one(con, "fact", name="linked")[0] or "")
    held = json.loads(value) if value.startswith("{") else {}  # once it was one digest of all
    if held == seen:
        return False
    changed = {meeting for meeting, digest in seen.items() if held.get(meeting) != digest}
    wanted, spoken = sql.rows(con, "wanted"), sql.rows(con, "spoken")
    published = [Published(**row) for row in sql.rows(con, "published")]  # type: ignore[arg-type]
    own = [row for row in spoken if row["meeting_id"] in changed]
    said = Said(con, [*wanted, *own], spoken)
    asked = [said.wanted(row) for row in wanted]
    told = [said.spoken(row) for row in spoken]
    links = one_a_turn(linker.link(asked, told, changed), told)
    links += linker.answers(asked, [p for p in published if p.meeting_id in changed])
    place = {str(row["claim_id"]): n for n, row in enumerate(spoken)}
    place |= {p.point_id: len(spoken) + n for n, p in enumerate(published)}
    again = {str(row["claim_id"]) for row in own}
    again |= {p.point_id for p in published if p.meeting_id in changed}
    _put_links(con, links, place, again)
    sql.run(con, "set_fact", name="linked", value=json.dumps(seen))
    return True


def _seen(con: duckdb.DuckDBPyConnection, linker: Linker) -> dict[str, str]:
    """By meeting, a digest of all that a linker would see when it is asked about it."""
    asked = f"{getattr(linker, 'version', '')} {sql.one(con, 'usual_vectors')[0]}"
    seen: dict[str, str] = {}
    rows = sql.run(con, "linked_parts").fetchall()
    for _, council in itertools.groupby(rows, key=itemgetter(0)):
        digest = hashlib.sha256(asked.encode())
        for _, meetings in itertools.groupby(council, key=itemgetter(1)):
            day = list(meetings)
            for *_, part in day:
                digest.update(part.encode())
            seen |= {meeting: digest.hexdigest()[:LETTERS] for _, _, meeting, _ in day}
    return dict(sorted(seen.items()))


def _put_links(
    con: duckdb.DuckDBPyConnection,
    links: Sequence[Link],
    place: dict[str, int],
    again: Collection[str],
) -> None:
    """Puts links in the place of those of the claims that were asked about ``again``."""
    sql.run(con, "drop_links")
    held = sql.run(con, "all_links").fetchall()
    rows = [tuple(row) for _, *row in held if row[0] not in again]
    rows += [(k.claim_id, k.finding_id, k.score, k.standing, list(k.reasons)) for k in links]
    rows.sort(key=lambda row: place[row[0]])
    sql.run(con, "forget_links")
    Inserter(con).insert({"link": [(n, *row) for n, row in enumerate(rows)]})


def _update_threads(con: duckdb.DuckDBPyConnection, linker: Linker) -> bool:
    now = _threaded(con, linker)
    if sql.one(con, "fact", name="threaded")[0] == now:
        return False
    rows = sql.rows(con, "worries", nearby=NEARBY)
    said = Said(con, rows)
    threads = linker.threads([said.worry(row) for row in rows])
    sql.run(con, "forget_threads")
    Inserter(con).insert(
        {
            "thread": [(n, t.id, t.title) for n, t in enumerate(threads)],
            "thread_finding": [
                (t.id, n, finding) for t in threads for n, finding in enumerate(t.finding_ids)
            ],
        }
    )
    sql.run(con, "set_fact", name="threaded", value=now)
    return True


def _threaded(con: duckdb.DuckDBPyConnection, linker: Linker) -> str:
    """All that threads are told from, as a digest, and what tells them."""
    return f"{sql.one(con, 'threads_digest')[0]} {getattr(linker, 'version', '')}"


def _keep_links(con: duckdb.DuckDBPyConnection, names: HiddenNames) -> None:
    """What was said by an earlier linker, without names that are hidden since."""
    sql.run(con, "drop_links")
    held = sql.run(con, "all_links").fetchall()
    hidden = [(*row[:-1], [names.text(reason) for reason in row[-1]]) for row in held]
    if hidden != held:
        sql.run(con, "forget_links")
        Inserter(con).insert({"link": hidden})


def _keep_threads(con: duckdb.DuckDBPyConnection, names: HiddenNames) -> None:
    """Those that were told before, without names that are hidden since."""
    sql.run(con, "drop_threads")
    held = sql.run(con, "all_threads").fetchall()
    findings = sql.run(con, "all_thread_findings").fetchall()
    hidden = [(*row[:-1], names.text(row[-1])) for row in held]
    if hidden != held:
        sql.run(con, "forget_threads")
        Inserter(con).insert({"thread": hidden, "thread_finding": findings})
