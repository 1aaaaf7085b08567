"""Sentences as a recogniser would give them: no case, no punctuation, some words misheard.

A twelfth of the words is touched: most are replaced by a word that sounds alike (same Soundex) and
is said in the same material, some are dropped, a few are added. That is what the errors of
recognised speech look like; the share is that of the embedded recogniser on clear voices.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from models.findings.features import plain_words

TOUCHED = 0.08
DROPPED = 0.25  # of the touched
ADDED = 0.15
COMMONEST = 3000


class Mishearing:
    """Degrades the sentences of one material, with mistakes drawn from its own words."""

    def __init__(self, texts: Sequence[str]) -> None:
        import jellyfish

        counted = Counter(w for t in texts for w in plain_words(t))
        self._common = [w for w, _ in sorted(counted.items(), key=lambda i: (-i[1], i[0]))]
        self._common = self._common[:COMMONEST]
        self._sounds = jellyfish.soundex
        self._alike: dict[str, list[str]] = {}
        for word in self._common:
            self._alike.setdefault(self._sounds(word), []).append(word)

    def degrade(self, texts: Sequence[str], *, seed: int) -> list[str]:
        """Every text as heard; the same seed makes the same mistakes."""
        draw = random.Random(seed)  # noqa: S311  no secret hangs on it
        return [self._one(plain_words(t), draw) for t in texts]

    def _one(self, words: Sequence[str], draw: random.Random) -> str:
        heard = [h for w in words for h in self._word(w, draw)]
        return " ".join(heard) or "um"

    def _word(self, word: str, draw: random.Random) -> list[str]:
        if draw.random() >= TOUCHED:
            return [word]
        kind = draw.random()
        if kind < DROPPED:
            return []
        if kind < DROPPED + ADDED:
            return [word, draw.choice(self._common)]
        alike = [w for w in self._alike.get(self._sounds(word), ()) if w != word]
        return [draw.choice(alike or self._common)]
