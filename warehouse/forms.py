"""Which word of its stem each posting is of: small numbers, given out as words are met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import duckdb
import numpy as np
from numpy.typing import NDArray

from warehouse import sql

MOST = 15  # words of one stem that have a number: with four bits an index hardly grows
SEVERAL = 0  # no number: several words, one beyond the most, or one that is not known

Word = tuple[str, int]  # and its stem
FormedWord = tuple[str, int, int]  # and its number


class Forms:
    """Gives the words of one archive their numbers; what it gave out once, it remembers."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._known: dict[str, int] = {}
        self._given: dict[int, int] = defaultdict(int)  # by stem: the last number given out

    def of(self, words: Sequence[Word]) -> tuple[NDArray[np.uint8], list[FormedWord]]:
        """The numbers of words, from 1 within each stem; ``SEVERAL`` where there are too many.

        Also gives the words that the archive does not hold, once each.
        """
        self._learn([term for word, term in words if word not in self._known])
        new: list[FormedWord] = []
        for word, term in words:
            if word not in self._known:
                self._given[term] = min(self._given[term] + 1, MOST + 1)
                form = self._given[term] if self._given[term] <= MOST else SEVERAL
                self._known[word] = form
                new.append((word, term, form))
        return np.array([self._known[word] for word, _ in words], dtype=np.uint8), new

    def _learn(self, terms: Sequence[int]) -> None:
        """Looks up what the archive holds of stems."""
        new = sorted({term for term in terms if term not in self._given})
        if not new:
            return
        for word, term, form in sql.run(self._con, "forms_of", terms=new).fetchall():
            self._known[word] = form
            self._given[term] = max(self._given[term], form)
