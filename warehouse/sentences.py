"""Scored sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.frame import Floats, Ints
from warehouse.postings import Said
from warehouse.ranking import varied


@dataclass(frozen=True, slots=True)
class Scored:
    """Sentences, in order of number, with a score and the place of their utterance."""

    sids: Ints
    scores: Floats
    places: Ints

    @staticmethod
    def none() -> Scored:
        """No sentence."""
        return Scored(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))

    @staticmethod
    def summed(parts: Sequence[Said], scores: Sequence[Floats]) -> Scored:
        """The sentences of any part with the sum of their scores."""
        if not parts:
            return Scored.none()
        sids, first, which = np.unique(
            np.concatenate([p.sid for p in parts]), return_index=True, return_inverse=True
        )
        weights = np.concatenate(scores)
        total = np.bincount(which, weights=weights, minlength=len(sids)).astype(np.float64)
        return Scored(sids, total, np.concatenate([p.place for p in parts])[first])

    def of(self, sid: int) -> float | None:
        """The score of one sentence, absent where it has none."""
        at = int(np.searchsorted(self.sids, sid))
        held = at < len(self.sids) and int(self.sids[at]) == sid
        return float(self.scores[at]) if held else None

    def where(self, kept: NDArray[np.bool_] | Ints) -> Scored:
        """Some of them."""
        return Scored(self.sids[kept], self.scores[kept], self.places[kept])

    def best_first(self) -> Ints:
        """Their numbers, best first."""
        return self.sids[self._order()]

    def varied(self) -> Ints:
        """Their numbers, best first, the first few from more than one stretch of a meeting."""
        order = self._order()
        return self.sids[order[varied(self.places[order])]]

    def _order(self) -> Ints:
        return np.lexsort((self.sids, -self.scores))
