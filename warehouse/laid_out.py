"""What the archive holds of recommendations, claims and concerns, as a linker takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from transcripts.claim import Claim
from transcripts.linked import Spoken, Wanted, Worry, unit_means
from warehouse import sql
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


class Said:
    """Sentences that rows of the warehouse name, those of ``near`` with their unit vectors."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, near: Iterable[Row], heard: Iterable[Row] = ()
    ) -> None:
        """``heard`` are rows of which the words alone are needed."""
        meant = {sid for row in near for sid in (*row["sids"], *_own(row))}
        sids = sorted(meant | {sid for row in heard for sid in row["sids"]})
        usual = sql.one(con, "usual_vectors")[0]
        asked = {"sids": sids, "near": sorted(meant), "usual": usual}
        found = sql.run(con, "said", **asked).fetchall() if sids else []
        self._at = {sid: n for n, (sid, *_) in enumerate(found)}
        self._ids = [sentence_id for _, sentence_id, _, _ in found]
        self._texts = [text for _, _, text, _ in found]
        places = [n for n, (sid, *_) in enumerate(found) if sid in meant]
        self._vector_at = {n: place for place, n in enumerate(places)}
        self._vectors = unit([found[n][3] for n in places])

    def wanted(self, row: Row) -> Wanted:
        """A recommendation."""
        at = [self._at[sid] for sid in dict.fromkeys(row["sids"])]
        keys = (row["reference"], *(f"minute {number}" for number in row["minute_nos"]))
        return Wanted(
            **_place(row),
            finding_id=row["finding_id"],
            texts=tuple(self._texts[n] for n in at),
            vectors=self._meant(at),
            addressee=row["addressee"],
            matter=row["matter"],
            keys=tuple(filter(None, keys)),
            outcome=row["outcome"],
            settled_s=row["settled_s"],
            sentence_ids=tuple(self._ids[n] for n in at),
        )

    def spoken(self, row: Row) -> Spoken:
        """A claim."""
        at = [self._at[sid] for sid in row["sids"]]
        said = {c: row[c] for c in CLAIMED}
        about = tuple(self._ids[n] for n in at)
        keys, rules = tuple(row["keys"]), tuple(row["rules"].split())
        claim = Claim(id=row["claim_id"], about=about, keys=keys, rules=rules, **said)
        texts = tuple(self._texts[n] for n in at)
        return Spoken(**_place(row), claim=claim, texts=texts, vectors=self._meant(at))

    def worry(self, row: Row) -> Worry:
        """A concern among the turns nearby."""
        own = self._at[row["sid"]]
        turns: dict[int, list[int]] = {}
        for offset, sid in zip(row["offsets"], row["sids"], strict=True):
            turns.setdefault(offset, []).append(self._at[sid])
        return Worry(
            **_place(row),
            finding_id=row["finding_id"],
            who=row["who"],
            text=self._texts[own],
            vector=self._meant([own])[0],
            turns=tuple(" ".join(self._texts[n] for n in turn) for turn in turns.values()),
            apart=tuple(map(abs, turns)),
            vectors=unit_means([self._meant(turn) for turn in turns.values()]),
            matter=row["matter"],
        )

    def _meant(self, at: list[int]) -> Floats:
        """The vectors of these sentences, (sentences, dimensions); none where they are not near."""
        return self._vectors[[self._vector_at[n] for n in at if n in self._vector_at]]


def _own(row: Row) -> tuple[int, ...]:
    return (row["sid"],) if "sid" in row else ()


def _place(row: Mapping[str, Any]) -> Row:
    return {c: row[c] for c in ("meeting_id", "council", "committee", "day", "item_title")}
