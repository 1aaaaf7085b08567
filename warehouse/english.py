"""English words that nobody need have said: a slip of the keyboard is none of them.

The list is the pronouncing dictionary of pocketsphinx, which lies in its wheel. It was gathered
from print and holds a few common misspellings, each with the sounds of the word that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from warehouse.spelling import across_the_water

LISTED = "model/en-us/cmudict-en-us.dict"
LONG = 8  # letters: shorter words that sound alike are different words
_ENDINGS = ("'s", "s", "es", "ed", "d", "er", "ers", "ing", "ings", "ly", "able")
_DOUBLED = re.compile(r"[^aeiou][aeiou]([bdgklmnprtvz])\1$")


@cache
def _list() -> bytes:
    spec = find_spec("pocketsphinx")
    places = spec.submodule_search_locations if spec is not None else None
    path = Path(next(iter(places or ()), "")) / LISTED
    return b"\n" + path.read_bytes() + b"\n" if path.is_file() else b""


def slip(word: str, meant: Sequence[str]) -> tuple[str, ...]:
    """Those of the words that may be meant, which are none where the word itself is English.

    A long word that is listed may still be misspelt: then it sounds just as what was meant does.
    One that is only formed of a listed word may be formed wrongly, as "begining" is.
    """
    if not meant:
        return ()
    if sounds := _sounds(word):
        return tuple(m for m in meant if len(word) >= LONG and sounds & _sounds(m))
    if is_english(word):
        return tuple(m for m in meant if set(_bases(word)) & set(_bases(m)))
    return tuple(meant)


def is_english(word: str) -> bool:
    """Whether the list holds a word, in either spelling, or what it is formed of."""
    return any(map(_sounds, (word, *across_the_water(word), *_bases(word))))


def _sounds(word: str) -> frozenset[bytes]:
    """How a listed word may be said; of any other, nothing."""
    found, listed = [], _list()
    for nth in ("", "(2)", "(3)", "(4)"):
        entry = f"\n{word}{nth} ".encode()
        if (at := listed.find(entry)) < 0:
            break
        found.append(listed[at + len(entry) : listed.index(b"\n", at + 1)])
    return frozenset(found)


def _bases(word: str) -> Iterator[str]:
    """What the word may be a regular form of."""
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base == word or len(base) < len("add"):
            continue
        silent = ending[0] in "eai" and base.endswith("e")
        if not silent:  # "houseing" is no form of "house"
            yield base
        if ending[0] in "eai":
            yield f"{base}e"
        if ending[0] in "ea" or ending.startswith("ing"):
            yield from [base[:-1]] if _DOUBLED.search(base) else []
