"""Sentences as a recogniser would give them: no case, no punctuation, some words misheard.

Of the words touched most are replaced by a word that sounds alike (same Soundex) and is said in
the same material, some are dropped, a few are added. That is what the errors of recognised speech
look like; a twelfth touched is the share of the embedded recogniser on clear voices.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.findings.features import plain_words

TOUCHED = 0.08
DROPPED = 0.25  # of the touched
ADDED = 0.15
COMMONEST = 3000
WORD = re.compile(r"[\w'’]+")


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence as heard; ``spoken`` holds for each word of ``text`` the characters it was."""

    text: str
    spoken: tuple[tuple[int, int], ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the spoken sentence behind ``[start, end)`` of what was heard."""
        at = 0
        for word, spoken in zip(self.text.split(" "), self.spoken, strict=True):
            if start < at + len(word):
                return spoken
            at += len(word) + 1
        return self.spoken[-1]


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

    def degrade(self, texts: Sequence[str], *, seed: int, touched: float = TOUCHED) -> list[Heard]:
        """Every text as heard; the same seed makes the same mistakes."""
        draw = random.Random(seed)  # noqa: S311  no secret hangs on it
        return [self._one(t, draw, touched) for t in texts]

    def _one(self, text: str, draw: random.Random, touched: float) -> Heard:
        heard: list[tuple[str, tuple[int, int]]] = []
        for found in WORD.finditer(text):
            for word in plain_words(found[0]):
                heard += [(w, found.span()) for w in self._word(word, draw, touched)]
        heard = heard or [("um", (0, 0))]
        return Heard(" ".join(w for w, _ in heard), tuple(where for _, where in heard))

    def _word(self, word: str, draw: random.Random, touched: float) -> list[str]:
        if draw.random() >= touched:
            return [word]
        kind = draw.random()
        if kind < DROPPED:
            return []
        if kind < DROPPED + ADDED:
            return [word, draw.choice(self._common)]
        alike = [w for w in self._alike.get(self._sounds(word), ()) if w != word]
        return [draw.choice(alike or self._common)]
