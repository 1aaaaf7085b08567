"""Short forms that were written letter by letter: U.K., N. H. S., n h s."""

from __future__ import annotations

import re
from collections.abc import Callable

SHORTEST, LONGEST = 2, 5  # letters
WORDS = frozenset("ai")  # letters that are words by themselves: in a row they may be a stammer


def may_be(word: str) -> bool:
    """Whether a word may be a short form."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def rarest_first(word: str) -> list[str]:
    """The letters, those last that stand in many a sentence."""
    return sorted(word, key=WORDS.__contains__)


def holds(word: str) -> Callable[[str], bool]:
    """Tells whether a text holds the letters with a stop or a space after each.

    Of those that are words themselves, with stops only.
    """
    between = r"\.\s?" if WORDS.issuperset(word) else r"(?:\.\s?|\s)"
    found = re.compile(rf"(?<!\w){between.join(map(re.escape, word))}(?!\w)", re.IGNORECASE).search
    return lambda text: found(text) is not None
