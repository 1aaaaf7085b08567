"""First links between meetings: which later words are about which earlier recommendation.

Similarity of meaning and of rare words proposes; what was claimed follows from status patterns.
This is the plain first version: no references, no minute numbers, no person to confirm.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.findings.features import plain_words
from models.findings.patterns import Patterns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LINKED = 0.3  # weighed likeness from which on a turn is taken to be about a recommendation
LIKE_MEANING = 0.6  # the share of meaning in it; the rest is rare words in common
ALIKE = 0.3  # mean likeness from which on two concerns are one thread
STRENGTH = ("superseded", "rejected", "no_response", "partly_accepted", "accepted_in_principle")


class Words:
    """How much two texts share of what is rare in a collection of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = Counter(w for t in texts for w in set(map(stem, plain_words(t))))
        self._rarity = {w: math.log(1 + len(texts) / n) for w, n in counted.items()}
        self._common = {w for w, n in counted.items() if n > 0.08 * len(texts)}

    def shared(self, text: str, other: str) -> float:
        """The share of the rarer words of the shorter text that the other has too, 0 to 1."""
        a, b = (self._weights(t) for t in (text, other))
        both = sum(a[w] for w in a.keys() & b.keys())
        return both / max(min(sum(a.values()), sum(b.values())), 1e-9)

    def _weights(self, text: str) -> dict[str, float]:
        stems = set(map(stem, plain_words(text))) - self._common
        return {w: self._rarity.get(w, 1.0) for w in stems if len(w) > 2}


def stem(word: str) -> str:
    """A word without its most usual endings."""
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def likeness(meaning: float, words: float) -> float:
    """One figure from the cosine of two texts and the rare words that they share."""
    return LIKE_MEANING * meaning + (1 - LIKE_MEANING) * words


class Statuses:
    """What a stretch of speech claims became of a recommendation."""

    def __init__(self) -> None:
        self._patterns = Patterns(("status",))

    def claimed(self, text: str) -> str:
        """The claim with most words for it; refusals and part answers outweigh bare progress."""
        hits = self._patterns.match(text)
        told = Counter(h.pattern.value for h in hits if h.pattern.speaks_for)
        for strong in STRENGTH:
            if told[strong]:
                return strong
        return told.most_common(1)[0][0] if told else ""


def threads(vectors: Floats, texts: Sequence[str], words: Words) -> list[int]:
    """A thread number for each concern, by joining the likest pair of threads while they are alike.

    Average linkage (Sokal and Michener 1958); the number of concerns of a committee is small.
    """
    import numpy as np

    count = len(texts)
    alike = np.zeros((count, count), dtype=np.float32)
    for i in range(count):
        for j in range(i):
            both = likeness(float(vectors[i] @ vectors[j]), words.shared(texts[i], texts[j]))
            alike[i, j] = alike[j, i] = both
    groups = [[i] for i in range(count)]
    while len(groups) > 1:
        pairs = [
            (float(alike[np.ix_(a, b)].mean()), x, y)
            for x, a in enumerate(groups)
            for y, b in enumerate(groups[:x])
        ]
        best, x, y = max(pairs)
        if best < ALIKE:
            break
        groups[y] += groups.pop(x)
    number = {i: n for n, group in enumerate(groups) for i in group}
    return [number[i] for i in range(count)]
