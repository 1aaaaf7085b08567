"""Concerns laid out as tables, so that how alike many pairs of them are is told at once.

A few rows are weighed against all others at a time: an archive of many years holds tens of
thousands of concerns, and a table of every two of them would not fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.following.words import Rarity
from transcripts.linked import NEARBY, Worry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

PAIRS = (
    "own",  # cosine of the two sentences
    "around",  # cosine of the talk around them, the nearer the more
    "around_words",  # rare words that the talk around them shares, as a cosine
    "title_words",  # the share of the one item's title's rare words that are said around the other
    "near",  # how much of the talk around them is the same talk
    "same_meeting",
)
MEANING, WORDS = 0.7, 0.8  # what a turn weighs less for each turn that it is further away
MEANT = 4  # turns away at most whose meaning counts


class Pairs:
    """Concerns of one council beside each other."""

    def __init__(self, worries: Sequence[Worry]) -> None:
        import numpy as np

        self._own = np.stack([w.vector for w in worries])
        self._around = np.stack([_meant(w) for w in worries])
        self._meetings = np.unique([w.meeting_id for w in worries], return_inverse=True)[1]
        rarity = Rarity([turn for w in worries for turn in w.turns])
        weighed: dict[str, dict[str, float]] = {}
        said = _Columns(_words_around(w, rarity, weighed) for w in worries)
        self._words = said.table()
        norms = np.sqrt(np.asarray(self._words.multiply(self._words).sum(axis=1))).ravel()
        norms[norms == 0] = 1.0
        self._norms = norms.astype(np.float32)
        self._held = self._words.sign()
        titles = {t: rarity.weights(t) for t in {w.item_title for w in worries}}
        self._titles = said.also(titles[w.item_title] for w in worries)
        whole = [sum(titles[w.item_title].values()) for w in worries]
        self._whole = np.maximum(np.array(whole, dtype=np.float32), 1e-9)
        turns = ({f"{w.meeting_id} {t}": 1.0 for t in w.turns} for w in worries)
        self._turns = _Columns(turns).table()

    def __len__(self) -> int:
        return len(self._own)

    def tables(self, rows: Rows, columns: Rows) -> dict[str, Floats]:
        """Each of ``PAIRS`` for these against those, float32, (rows, columns)."""
        import numpy as np

        words, near = self._words[rows] @ self._words[columns].T, self._turns[rows]
        own = self._titles[rows] @ self._held[columns].T
        other = self._held[rows] @ self._titles[columns].T
        same = self._meetings[rows][:, None] == self._meetings[columns][None, :]
        return {
            "own": self._own[rows] @ self._own[columns].T,
            "around": self._around[rows] @ self._around[columns].T,
            "around_words": _dense(words) / self._norms[rows][:, None] / self._norms[columns],
            "title_words": np.maximum(
                _dense(own) / self._whole[rows][:, None], _dense(other) / self._whole[columns]
            ),
            "near": _dense(near @ self._turns[columns].T) / (NEARBY + 1),
            "same_meeting": same.astype(np.float32),
        }

    def chances(self, rows: Rows, columns: Rows, kept: Mapping[str, Any]) -> Floats:
        """How likely each of these and each of those are one worry, (rows, columns)."""
        import numpy as np

        tables = self.tables(rows, columns)
        total = np.full((len(rows), len(columns)), kept["bias"], dtype=np.float32)
        for name, weight in zip(kept["features"], kept["weights"], strict=True):
            total += weight * tables[name]
        made: Floats = (1 / (1 + np.exp(-total))).astype(np.float32)
        return made


class _Columns:
    """Weighed words as sparse rows, a column a word."""

    def __init__(self, weighed: Iterable[Mapping[str, float]]) -> None:
        self._number: dict[str, int] = {}
        self._rows = [self._numbered(row) for row in weighed]

    def _numbered(self, row: Mapping[str, float]) -> tuple[list[int], list[float]]:
        number = self._number
        return [number.setdefault(w, len(number)) for w in row], list(row.values())

    def table(self) -> Any:
        """The rows, float32, (rows, words)."""
        return _sparse(self._rows, len(self._number))

    def also(self, weighed: Iterable[Mapping[str, float]]) -> Any:
        """Other rows over the same columns; words that have none are left out."""
        number = self._number
        known = ({w: v for w, v in row.items() if w in number} for row in weighed)
        return _sparse([self._numbered(row) for row in known], len(number))


def _sparse(rows: Sequence[tuple[list[int], list[float]]], width: int) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    ends = np.concatenate([[0], np.cumsum([len(numbers) for numbers, _ in rows])])
    numbers = np.array([n for row, _ in rows for n in row], dtype=np.int32)
    values = np.array([v for _, row in rows for v in row], dtype=np.float32)
    return csr_matrix((values, numbers, ends), shape=(len(rows), max(width, 1)))


def _dense(table: Any) -> Floats:
    made: Floats = table.toarray()
    return made


def _meant(worry: Worry) -> Floats:
    """What is meant around a concern, a unit vector."""
    import numpy as np

    weighed = np.array([MEANING**a if a <= MEANT else 0.0 for a in worry.apart], dtype=np.float32)
    mean = weighed @ worry.vectors
    made: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return made


def _words_around(
    worry: Worry, rarity: Rarity, weighed: dict[str, dict[str, float]]
) -> dict[str, float]:
    """The rare words said around a concern, each by its nearest turn.

    ``weighed`` are turns that were looked at before: concerns stand beside each other.
    """
    found: dict[str, float] = {}
    for text, apart in zip(worry.turns, worry.apart, strict=True):
        if text not in weighed:
            weighed[text] = rarity.weights(text)
        for word, rare in weighed[text].items():
            found[word] = max(found.get(word, 0.0), rare * WORDS**apart)
    return found
