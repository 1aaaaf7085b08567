"""Lays out what the archive holds for a linker, and keeps what it says belongs together.

The linker is handed in: it is among the models, which the warehouse does not know. It is asked
only where something that it would see has changed, so the same holdings keep the same links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from transcripts.claim import Claim
from transcripts.linked import (
    NEARBY,
    Linker,
    Published,
    Spoken,
    Wanted,
    Worry,
    one_a_turn,
    unit_means,
)
from warehouse import sql
from warehouse.arrow import Inserter
from warehouse.hidden import HiddenNames
from warehouse.vectors import unit

Floats = NDArray[np.float32]
Row = dict[str, Any]
CLAIMED = (
    "status",
    "quote",
    "sentence_id",
    "utterance_id",
    "voice",
    "start_s",
    "end_s",
    "item",
    "said_of",
    "score",
)


def update(con: duckdb.DuckDBPyConnection, linker: Linker | None, names: HiddenNames) -> bool:
    """Brings links and threads up to date; gives whether the linker was asked.

    Without a linker those stay that still have both ends.
    """
    if linker is None:
        _keep(con, names)
        return False
    # what the same linker said of the same need not be asked again
    now = f"{sql.one(con, 'linked_digest')[0]} {getattr(linker, 'version', '')}"
    if sql.one(con, "fact", name="linked")[0] == now:
        return False
    wanted, spoken = sql.rows(con, "wanted"), sql.rows(con, "spoken")
    worries = sql.rows(con, "worries", nearby=NEARBY)
    said = Said(con, [*wanted, *spoken, *worries])
    published = [Published(**row) for row in sql.rows(con, "published")]  # type: ignore[arg-type]
    _replace(con, linker, said.layout(wanted, spoken, worries), published)
    sql.run(con, "set_fact", name="linked", value=now)
    return True


class Said:
    """The sentences that are needed, with their vectors as unit vectors."""

    def __init__(self, con: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> None:
        sids = sorted({sid for row in rows for sid in (*row["sids"], *_own(row))})
        found = sql.run(con, "said", sids=sids).fetchall() if sids else []
        self._at = {sid: n for n, (sid, *_) in enumerate(found)}
        self._ids = [sentence_id for _, sentence_id, _, _ in found]
        self._texts = [text for _, _, text, _ in found]
        self._vectors = unit([vector for *_, vector in found])

    def layout(
        self, wanted: Sequence[Row], spoken: Sequence[Row], worries: Sequence[Row]
    ) -> tuple[list[Wanted], list[Spoken], list[Worry]]:
        """The rows as a linker takes them."""
        return (
            [self._wanted(row) for row in wanted],
            [self._spoken(row) for row in spoken],
            [self._worry(row) for row in worries],
        )

    def _wanted(self, row: Row) -> Wanted:
        at = [self._at[sid] for sid in dict.fromkeys(row["sids"])]
        keys = (row["reference"], *(f"minute {number}" for number in row["minute_nos"]))
        return Wanted(
            **_place(row),
            finding_id=row["finding_id"],
            texts=tuple(self._texts[n] for n in at),
            vectors=self._vectors[at],
            addressee=row["addressee"],
            matter=row["matter"],
            keys=tuple(filter(None, keys)),
            outcome=row["outcome"],
            settled_s=row["settled_s"],
            sentence_ids=tuple(self._ids[n] for n in at),
        )

    def _spoken(self, row: Row) -> Spoken:
        at = [self._at[sid] for sid in row["sids"]]
        said = {c: row[c] for c in CLAIMED}
        about = tuple(self._ids[n] for n in at)
        keys, rules = tuple(row["keys"]), tuple(row["rules"].split())
        claim = Claim(id=row["claim_id"], about=about, keys=keys, rules=rules, **said)
        texts = tuple(self._texts[n] for n in at)
        return Spoken(**_place(row), claim=claim, texts=texts, vectors=self._vectors[at])

    def _worry(self, row: Row) -> Worry:
        own = self._at[row["sid"]]
        turns: dict[int, list[int]] = {}
        for offset, sid in zip(row["offsets"], row["sids"], strict=True):
            turns.setdefault(offset, []).append(self._at[sid])
        return Worry(
            **_place(row),
            finding_id=row["finding_id"],
            who=row["who"],
            text=self._texts[own],
            vector=self._vectors[own],
            turns=tuple(" ".join(self._texts[n] for n in turn) for turn in turns.values()),
            apart=tuple(map(abs, turns)),
            vectors=unit_means([self._vectors[turn] for turn in turns.values()]),
            matter=row["matter"],
        )


def _own(row: Row) -> tuple[int, ...]:
    return (row["sid"],) if "sid" in row else ()


def _place(row: Mapping[str, Any]) -> Row:
    return {c: row[c] for c in ("meeting_id", "council", "committee", "day", "item_title")}


def _replace(
    con: duckdb.DuckDBPyConnection,
    linker: Linker,
    layout: tuple[Sequence[Wanted], Sequence[Spoken], Sequence[Worry]],
    published: Sequence[Published],
) -> None:
    wanted, spoken, worries = layout
    links = one_a_turn(linker.link(wanted, spoken), spoken)
    links += linker.answers(wanted, published)
    threads = linker.threads(worries)
    sql.run(con, "forget_links")
    Inserter(con).insert(
        {
            "link": [
                (n, k.claim_id, k.finding_id, k.score, k.standing, list(k.reasons))
                for n, k in enumerate(links)
            ],
            "thread": [(n, t.id, t.title) for n, t in enumerate(threads)],
            "thread_finding": [
                (t.id, n, finding) for t in threads for n, finding in enumerate(t.finding_ids)
            ],
        }
    )


def _keep(con: duckdb.DuckDBPyConnection, names: HiddenNames) -> None:
    """What was said by an earlier linker, without names that are hidden since."""
    sql.run(con, "drop_links")
    links = sql.run(con, "all_links").fetchall()
    threads = sql.run(con, "all_threads").fetchall()
    findings = sql.run(con, "all_thread_findings").fetchall()
    hidden = {
        "link": [(*row[:-1], [names.text(reason) for reason in row[-1]]) for row in links],
        "thread": [(*row[:-1], names.text(row[-1])) for row in threads],
        "thread_finding": findings,
    }
    if hidden["link"] != links or hidden["thread"] != threads:
        sql.run(con, "forget_links")
        Inserter(con).insert(hidden)
