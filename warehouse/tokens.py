"""Words as the search compares them: folded but verbatim for phrases, stemmed for all else.

The same words come out of a question and of what was said, however a number, a sum or a share is
written: ``£3,500``, ``3500 pounds``; ``50%``, ``50 per cent``, ``50 percent``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

import Stemmer

FORM = "2"  # of the words in an index; another number and the index is made anew

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+(?![\d.])|\d+"
_SUM = re.compile(rf"£\s?({_NUMBER})(?:\s?(million|billion|thousand|bn|m|k)\b)?", re.IGNORECASE)
_SCALES = {"m": "million", "bn": "billion", "k": "thousand"}
_SHARE = re.compile(r"(?<=\d)\s?%|\bpercent\b|%", re.IGNORECASE)
_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+(?![\d.])|[^\W_]+(?:'[^\W_]+)*(?P<more>-(?=[^\W_]))?"
)
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_stemmer = Stemmer.Stemmer("english", 0)  # its own cache off: ours below holds the hash as well


def words(text: str) -> list[str]:
    """The words of a text; case, accents and punctuation folded away."""
    return [word for word, _ in _cut(text)]


def indexed(text: str) -> tuple[list[str], list[tuple[str, int]]]:
    """The words of a text, and other spellings by which some are found, with their places.

    ``co-operate`` is two words and is found as ``cooperate`` too, ``O'Brien`` as ``obrien``.
    """
    found, also = [], []
    compound: list[str] = []
    for word, goes_on in _cut(text):
        found.append(word)
        if "'" in word and not word.endswith("'s"):
            also.append((word.replace("'", ""), len(found) - 1))
        compound.append(word)
        if not goes_on:
            if len(compound) > 1:
                also.append(("".join(compound), len(found) - len(compound)))
            compound = []
    return found, also


def joined(text: str) -> list[str]:
    """The other spellings of ``indexed``."""
    return [word for word, _ in indexed(text)[1]]


def _cut(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether a hyphen ties it to the next."""
    if not text.isascii():
        text = _SUM.sub(_in_pounds, text)
        text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
        text = "".join(c for c in text if not unicodedata.combining(c))
    folded = text.casefold()
    if "%" in folded or "percent" in folded:
        folded = _SHARE.sub(" per cent", folded)
    for match in _TOKEN.finditer(folded):
        yield match[0].rstrip("-").replace(",", ""), match["more"] is not None


def _in_pounds(match: re.Match[str]) -> str:
    scale = (match[2] or "").lower()
    return f"{match[1]} {_SCALES.get(scale, scale)} pounds"


def stem(word: str) -> str:
    """What the forms of a word share."""
    return str(_stemmer.stemWord(word))


@lru_cache(maxsize=100_000)
def term(word: str) -> int:
    """The number of a word's stem: blake2b, so that it is the same on every machine and version."""
    return int.from_bytes(blake2b(stem(word).encode(), digest_size=8).digest(), "big")


def holds_phrase(text: str, phrase: tuple[str, ...]) -> bool:
    """Whether these very words stand in the text, one after another."""
    return f" {' '.join(phrase)} " in f" {' '.join(words(text))} "


def holds_near(text: str, wanted: tuple[str, ...], within: int) -> bool:
    """Whether all the words, in any order and any form, lie within so many words of one another.

    ``within`` 1 is side by side, as the word distance of most archives has it.
    """
    stems = [stem(w) for w in words(text)]
    needed = {stem(w) for w in wanted}
    at = [(place, s) for place, s in enumerate(stems) if s in needed]
    return any(
        needed <= {s for place, s in at[n:] if place - first <= within + len(needed) - 2}
        for n, (first, _) in enumerate(at)
    )
