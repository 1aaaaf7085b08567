"""Where a word, or whatever else is looked for, was said: by sentence and by utterance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import duckdb
import numpy as np
from numpy.typing import NDArray

from warehouse import sql
from warehouse.frame import Floats, Ints

Numbers = NDArray[np.float32] | NDArray[np.float64]
K1, B = 1.2, 0.75  # of BM25
ANYWHERE = 255  # a first place that is not known exactly


@dataclass(frozen=True, slots=True)
class Said:
    """The sentences that hold something, a row a sentence, by number."""

    sid: Ints
    place: Ints  # of the utterance
    tf: NDArray[np.float32]
    first: NDArray[np.uint8]  # where in the sentence, 255 for that or later
    tokens: NDArray[np.float32]  # of the sentence
    tail: NDArray[np.bool_]  # among the last three of its utterance

    def __len__(self) -> int:
        return len(self.sid)

    def where(self, kept: NDArray[np.bool_] | Ints) -> Said:
        """Some of the rows."""
        return Said(
            self.sid[kept], self.place[kept], self.tf[kept],
            self.first[kept], self.tokens[kept], self.tail[kept],
        )  # fmt: skip


def _columns(said: Said) -> tuple[NDArray[np.generic], ...]:
    return said.sid, said.place, said.tf, said.first, said.tokens, said.tail


NOWHERE = Said(
    np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32),
    np.empty(0, np.uint8), np.empty(0, np.float32), np.empty(0, np.bool_),
)  # fmt: skip


def said(con: duckdb.DuckDBPyConnection, term: int, *, all_versions: bool) -> Said:
    """The sentences that hold a word of this stem."""
    return _said(sql.arrays(con, "postings", term=term, all_versions=all_versions))


def begun(con: duckdb.DuckDBPyConnection, beginning: str, *, all_versions: bool) -> Said:
    """The sentences that hold a word that begins so."""
    found = sql.arrays(con, "postings_begun", beginning=beginning, all_versions=all_versions)
    return _said(found)


def _said(found: Mapping[str, NDArray[np.generic]]) -> Said:
    rows = Said(
        found["sid"].astype(np.int64),
        found["uid"].astype(np.int64),
        found["tf"].astype(np.float32),
        found["place"].astype(np.uint8),
        found["tokens"].astype(np.float32),
        found["tail"].astype(np.bool_),
    )
    in_order = len(rows) < 2 or bool(np.all(rows.sid[1:] > rows.sid[:-1]))
    return rows if in_order else rows.where(np.argsort(rows.sid, kind="stable"))


def any_of(parts: Sequence[Said]) -> Said:
    """The sentences that hold any of several things, counted together."""
    some = [p for p in parts if len(p)]
    if len(some) < 2:
        return some[0] if some else NOWHERE
    together = Said(*(np.concatenate(c) for c in zip(*map(_columns, some), strict=True)))
    rows = together.where(np.argsort(together.sid, kind="stable"))
    new = np.flatnonzero(np.diff(rows.sid, prepend=-1))
    return Said(
        rows.sid[new],
        rows.place[new],
        np.minimum(np.add.reduceat(rows.tf, new), ANYWHERE),
        np.minimum.reduceat(rows.first, new),
        rows.tokens[new],
        rows.tail[new],
    )


def all_of(parts: Sequence[Said]) -> Said:
    """The sentences that hold all of several words, as often as the rarest of them."""
    found = parts[0] if parts else NOWHERE
    for other in parts[1:]:
        _, a, b = np.intersect1d(found.sid, other.sid, assume_unique=True, return_indices=True)
        found, other = found.where(a), other.where(b)
        found = Said(
            found.sid, found.place, np.minimum(found.tf, other.tf),
            np.minimum(found.first, other.first), found.tokens, found.tail,
        )  # fmt: skip
    return found


def in_a_row(parts: Sequence[Said]) -> Said:
    """The sentences in which several words may follow one another.

    Certain only where each stands once: a posting knows the first place of a word.
    """
    found = all_of(parts)
    for before, after in pairwise(parts):
        a, b = before.where(_rows(before, found)), after.where(_rows(after, found))
        known = (a.tf == 1) & (b.tf == 1) & (b.first < ANYWHERE)
        adjacent = b.first.astype(np.int16) == a.first.astype(np.int16) + 1
        found = found.where(~known | adjacent)
    return found


def _rows(of: Said, wanted: Said) -> Ints:
    return np.searchsorted(of.sid, wanted.sid)


class Spots:
    """How often something was said in each utterance, so that any stretch is counted at once."""

    __slots__ = ("_after_up_to", "_up_to", "after", "after_tf", "places", "tf")

    def __init__(self, found: Said) -> None:
        self.places, self.tf = _by_place(found.place, found.tf)
        self._up_to = _cumulated(self.tf)
        # what an utterance's last three sentences hold belongs to the exchange after it as well
        self.after, self.after_tf = _by_place(found.place[found.tail] + 1, found.tf[found.tail])
        self._after_up_to = _cumulated(self.after_tf)

    def within(self, low: Ints, high: Ints) -> Floats:
        """How often between two places, both counted."""
        return _between(self.places, self._up_to, low, high)

    def in_exchange(self, places: Ints) -> Floats:
        """How often in each utterance with the end of the one before."""
        after = _between(self.after, self._after_up_to, places, places)
        return self.within(places, places) + after


def _by_place(places: Ints, tf: NDArray[np.float32]) -> tuple[Ints, NDArray[np.float32]]:
    if not len(places):
        return np.empty(0, np.int64), np.empty(0, np.float32)
    if len(places) > 1 and bool(np.any(places[1:] < places[:-1])):
        order = np.argsort(places, kind="stable")
        places, tf = places[order], tf[order]
    new = np.flatnonzero(np.diff(places, prepend=-1))
    return places[new], np.add.reduceat(tf, new)


def _cumulated(tf: NDArray[np.float32]) -> Floats:
    return np.concatenate([[0.0], np.cumsum(tf, dtype=np.float64)])


def _between(places: Ints, up_to: Floats, low: Ints, high: Ints) -> Floats:
    first = np.searchsorted(places, low, side="left")
    last = np.searchsorted(places, high, side="right")
    counted: Floats = up_to[last] - up_to[first]
    return counted


def idf(df: int, documents: int) -> float:
    """How telling something is that so many documents hold, as Lucene has it."""
    held = min(df, documents)
    return float(np.log1p((documents - held + 0.5) / (held + 0.5)))


def bm25(tf: Numbers, length: Numbers, weight: float) -> Floats:
    """BM25 of counts; ``length`` is relative to the mean, ``weight`` the idf."""
    scores: Floats = (weight * tf / (tf + K1 * (1 - B + B * length))).astype(np.float64, copy=False)
    return scores
