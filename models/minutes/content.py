"""The words of content that minutes keep when they turn what was said into what was resolved.

Minutes put verbs into nouns ("publish" becomes "publication"), go to the third person and drop
hedges, so words are compared by their stems, and those count most that few points share.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from models.findings.phrases import lexicon

LONGEST = 5  # letters of a stem that are compared: "publication" and "published" share five
# words of the trade stand in nearly every point and tell none of them
TRADE = frozenset(
    "recommend recommendation resolve agree committee panel council cabinet member meeting chair "
    "note report request ask propose move second item agenda vote favour everybody please thank "
    "would like think want need should could shall going say said make sure ensure consider "
    "undertake provide appropriate relevant regard respect view therefore also that put get give "
    "given let people thing way lot just really well know come go".split()
)
NUMBERS = {
    word: str(n)
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


class Content:
    """How much of what is telling two texts of one meeting share."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = Counter(w for t in texts for w in content(t))
        self._weight = {w: math.log(1 + len(texts) / n) for w, n in counted.items()}

    def shared(self, one: str, other: str) -> tuple[float, list[str]]:
        """The share of the lighter text's weight that the other has too, and those words."""
        a, b = content(one), content(other)
        both = sorted(a.keys() & b.keys(), key=lambda w: -self._of(w))
        least = min(sum(map(self._of, a)), sum(map(self._of, b)))
        share = sum(map(self._of, both)) / least if least else 0.0
        return share, [a[w] for w in both]

    def _of(self, stem: str) -> float:
        return self._weight.get(stem, 1.0)


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[tuple[str, str], ...]:
    function = lexicon()["function"] | lexicon()["modals"] | lexicon()["determiners"]
    words = (NUMBERS.get(w, w) for w in _WORD.findall(text.lower().replace("’", "'")))
    kept = [w for w in words if w not in function]
    stems = zip(_stemmed(kept), kept, strict=True)
    return tuple((s, w) for s, w in stems if s not in _trade() and (len(s) > 2 or s.isdigit()))


def content(text: str) -> dict[str, str]:
    """The stems of a text's words of content, each with the word as it stands there."""
    return dict(_content(text))


@lru_cache(maxsize=1)
def _trade() -> frozenset[str]:
    return frozenset(_stemmed(sorted(TRADE)))


def _stemmed(words: Iterable[str]) -> list[str]:
    return [w[:LONGEST] for w in _stemmer().stemWords([w.split("'")[0] for w in words])]


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
