"""What two stretches of speech share beside their meaning: rare words, figures, months."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from models.findings.features import plain_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FIGURES = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "half quarter third fortnight fortnightly weekly monthly quarterly annual annually".split()
)
COMMON = 0.06  # of the texts; a word in more of them tells nothing
LEAST = 3  # letters of a stem that tells something


class Rarity:
    """How rare each word stem is in a collection of texts (Spärck Jones 1972)."""

    def __init__(self, texts: Sequence[str]) -> None:
        # turns come back beside each of the concerns that stand there
        counted: Counter[str] = Counter()
        for text, times in Counter(texts).items():
            counted.update(dict.fromkeys(stems(text), times))
        most = _most(len(texts))
        self._weights = {w: math.log(1 + len(texts) / n) for w, n in counted.items() if n <= most}
        self._unseen = math.log(1 + len(texts))
        self._common = {w for w, n in counted.items() if n > most}

    def weights(self, text: str) -> dict[str, float]:
        """The rare stems of a text with how rare they are."""
        kept = (w for w in stems(text) if w not in self._common and len(w) >= LEAST)
        return {w: self._weights.get(w, self._unseen) for w in kept}


def rarity(held: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    """What ``Rarity`` weighs stems, by how many of so many texts hold each; 0 for common ones."""
    import numpy as np

    weights: NDArray[np.float64] = np.log1p(texts / np.maximum(held, 1))
    weights[held > _most(texts)] = 0.0
    return weights


def _most(texts: int) -> float:
    return max(3.0, COMMON * texts)


def covered(of: Mapping[str, float], by: Mapping[str, float]) -> float:
    """The share of the weight of one text's rare words that another text holds too, 0 to 1."""
    whole = sum(of.values())
    return sum(v for w, v in of.items() if w in by) / whole if whole else 0.0


def figures(texts: Iterable[str]) -> frozenset[str]:
    """Numbers and spans of time said in the texts."""
    words = {w for t in texts for w in plain_words(t)}
    return frozenset(w for w in words if w in FIGURES or any(c.isdigit() for c in w))


@cache
def _stemmer() -> object:
    import Stemmer  # 30 ms that a listing does not need

    return Stemmer.Stemmer("english")


def stems(text: str) -> set[str]:
    """The word stems of a text (Porter 2)."""
    made: list[str] = _stemmer().stemWords(plain_words(text))  # type: ignore[attr-defined]
    return set(made)
