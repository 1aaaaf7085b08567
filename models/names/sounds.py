"""Which words may be one name, heard or written otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


def could_be(heard: Sequence[str], first: Sequence[str], last: Sequence[str]) -> bool:
    """Whether words may be this first name and surname, either of them a little misheard."""
    given, family = heard[: len(first)], heard[len(first) :]
    begins = given[0] == first[0] or tuple(family) == tuple(last)
    return begins and alike(given, first) and alike(family, last)


def alike(heard: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each part was heard as it is written or nearly so."""
    if len(heard) != len(name):
        return False
    return all(a == b or likeness(a, b) >= 1.0 for a, b in zip(heard, name, strict=True))


@lru_cache(maxsize=65536)
def likeness(heard: str, name: str) -> float:
    """1 and more where two words may be one name: Jaro-Winkler, with Metaphone's word for it."""
    import jellyfish

    if heard == name:
        return 2.0
    if min(len(heard), len(name)) < 3:
        return 0.0
    score = jellyfish.jaro_winkler_similarity(heard, name)
    if score >= 0.92 and abs(len(heard) - len(name)) <= 2:
        return float(score + 0.1)
    sounds = jellyfish.metaphone(heard) == jellyfish.metaphone(name)
    return float(score + 0.2) if sounds and score >= 0.8 else 0.0
