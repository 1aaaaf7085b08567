"""What a classifier sees of a sentence: its meaning, its neighbours, its patterns and its words."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from models.findings.patterns import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WORD_BUCKETS = 2**13


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: ``turn`` counts the turns of a meeting, gaps in it are real."""

    meeting: str
    turn: int
    voice: str


class Layout:
    """The places of a run of sentences in order, and what stands beside what."""

    def __init__(self, places: Sequence[Place]) -> None:
        import numpy as np

        meetings: dict[str, int] = {}
        turns: dict[tuple[str, int], int] = {}
        voices: dict[str, int] = {}
        self.meeting = np.array([meetings.setdefault(p.meeting, len(meetings)) for p in places])
        self.turn = np.array([p.turn for p in places])
        self.voice = np.array([voices.setdefault(p.voice, len(voices)) for p in places])
        keys = [(p.meeting, p.turn) for p in places]
        self.block = np.array([turns.setdefault(k, len(turns)) for k in keys], dtype=np.int64)
        self.sizes = np.bincount(self.block, minlength=len(turns)).astype(np.float32)

    def __len__(self) -> int:
        return len(self.turn)

    def neighbour(self, offset: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Which row stands ``offset`` sentences on, and whether it belongs to the same talk.

        Two turns apart is still the same talk; more means that something lies between.
        """
        import numpy as np

        rows = np.arange(len(self)) + offset
        inside = (rows >= 0) & (rows < len(self))
        rows = rows.clip(0, max(0, len(self) - 1))
        near = np.abs(self.turn[rows] - self.turn) <= 2
        return rows, inside & near & (self.meeting[rows] == self.meeting)

    def beside(self, values: Floats, offset: int) -> Floats:
        """The neighbours' rows of ``values``; zeros where there is none."""
        rows, there = self.neighbour(offset)
        beside: Floats = values[rows] * there[:, None]
        return beside

    def turn_means(self, values: Floats) -> Floats:
        """For each sentence the mean of ``values`` over its turn."""
        import numpy as np

        sums = np.zeros((len(self.sizes), values.shape[1]), dtype=np.float32)
        np.add.at(sums, self.block, values)
        means: Floats = (sums / self.sizes[:, None])[self.block]
        return means

    def flags(self) -> Floats:
        """Same voice before and after, first of its turn, how far into it, how long it is."""
        import numpy as np

        before, after = self.neighbour(-1), self.neighbour(1)
        same = [there & (self.voice[rows] == self.voice) for rows, there in (before, after)]
        rank = _rank_in_block(self.block)
        length = self.sizes[self.block]
        columns = [*same, rank == 0, np.log1p(rank) / 3, np.log1p(length) / 3]
        flags: Floats = np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=1)
        return flags


def _rank_in_block(block: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    seen: dict[int, int] = {}
    ranks = []
    for b in block.tolist():
        ranks.append(seen.get(b, 0))
        seen[b] = ranks[-1] + 1
    return np.array(ranks, dtype=np.int64)


def in_context(vectors: Floats, layout: Layout) -> Floats:
    """Own vector, two neighbours each side, the turn's mean and the flags, (n, 4 * dims + 5).

    The weights keep the sentence itself the loudest.
    """
    import numpy as np

    def mean_of(side: int) -> Floats:
        both = layout.beside(vectors, side) + layout.beside(vectors, 2 * side)
        return np.asarray(both / 2, dtype=np.float32)

    parts = [3.0 * vectors, 1.5 * mean_of(-1), 1.5 * mean_of(1), 1.5 * layout.turn_means(vectors)]
    return np.concatenate([*parts, layout.flags()], axis=1).astype(np.float32)


def pattern_table(hits: Sequence[Sequence[Hit]], columns: Mapping[str, int]) -> Floats:
    """Which patterns stand in which sentence, (n, patterns); unknown patterns are left out."""
    import numpy as np

    table = np.zeros((len(hits), len(columns)), dtype=np.float32)
    for row, found in enumerate(hits):
        for hit in found:
            if (column := columns.get(hit.pattern.id)) is not None:
                table[row, column] = 0.7
    return table


def hashed_words(texts: Sequence[str], buckets: int = WORD_BUCKETS) -> Any:
    """Signed hashes of words and word pairs, a sparse (n, buckets) matrix of rows of length 3.

    Hashing keeps the vocabulary of what was trained on, names included, out of the artefact.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        row = _hashed(text, buckets)
        length = sum(v * v for v in row.values()) ** 0.5 or 1.0
        columns += row
        values += [3.0 * v / length for v in row.values()]
        ends.append(len(columns))
    shape = (len(texts), buckets)
    return csr_matrix((np.array(values, dtype=np.float32), columns, ends), shape=shape)


def _hashed(text: str, buckets: int) -> dict[int, float]:
    words = plain_words(text)
    row: dict[int, float] = {}
    for gram in [*words, *(f"{a} {b}" for a, b in pairwise(words))]:
        code = zlib.crc32(gram.encode())
        column = code % buckets
        row[column] = row.get(column, 0.0) + (1.0 if code & 0x80000000 else -1.0)
    return row


def plain_words(text: str) -> list[str]:
    """Lower-case words without punctuation: what is left of a sentence in recognised speech."""
    lowered = text.lower().replace("’", "'")
    kept = "".join(c if c.isalnum() or c == "'" else " " for c in lowered)
    return [w for w in (word.strip("'") for word in kept.split()) if w]
