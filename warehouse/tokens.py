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

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+(?![\d.])"
_SCALES = {"m": "million", "bn": "billion", "k": "thousand"}
_TOKEN = re.compile(
    rf"£\s?(?P<sum>{_NUMBER}|\d+)(?:\s?(?P<scale>million|billion|thousand|bn|m|k)\b)?"
    rf"|(?P<share>%|\bpercent\b)|{_NUMBER}|[^\W_]+(?:'[^\W_]+)*(?P<more>-(?=[^\W_]))?"
)
_PLAIN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# What stands for words that are not written out, or is written with a stop or comma inside.
SIGNS = re.compile(r"[£%]|percent|\d[.,]\d")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
# Plurals that the stemmer takes for other words; buses above all are much spoken of in councils.
_IRREGULAR = {
    "buses": "bus", "gases": "gas", "lenses": "lens", "crises": "crisis", "analyses": "analysis",
    "diagnoses": "diagnosis", "children": "child", "children's": "child", "women": "woman",
    "women's": "woman", "men": "man", "men's": "man", "feet": "foot", "teeth": "tooth",
    "mice": "mouse", "criteria": "criterion", "appendices": "appendix",
}  # fmt: skip
_stemmer = Stemmer.Stemmer("english", 0)  # its own cache off: ours below holds the hash as well


def words(text: str) -> list[str]:
    """The words of a text; case, accents and punctuation folded away."""
    return [word for word, _ in _cut(folded(text))]


def spans(text: str) -> list[tuple[str, int, int]]:
    """The words with the first character of each in the text and the one after its last.

    Words that one sign stands for (``%``) share its span.
    """
    letters, origin = [], []
    for place, letter in enumerate(text):
        kept = folded(letter)
        letters.append(kept)
        origin += [place] * len(kept)
    return [
        (word, origin[match.start()], origin[match.end() - (match["more"] is not None) - 1] + 1)
        for word, match in _cut("".join(letters))
    ]


def folded(text: str) -> str:
    """Small letters without accents, all apostrophes alike."""
    if not text.isascii():
        text = text.translate(_APOSTROPHES)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    return text.casefold()


def indexed(text: str) -> tuple[list[str], list[tuple[str, int]]]:
    """The words of a text, and other spellings by which some are found, with their places.

    ``co-operate`` is two words and is found as ``cooperate`` too, ``O'Brien`` as ``obrien``.
    """
    text = folded(text)
    if "-" not in text and not SIGNS.search(text):
        return _plain(text)
    found, also = [], []
    compound: list[str] = []
    for word, match in _cut(text):
        found.append(word)
        if "'" in word and not word.endswith("'s"):
            also.append((word.replace("'", ""), len(found) - 1))
        compound.append(word)
        if match["more"] is None:
            if len(compound) > 1:
                also.append(("".join(compound), len(found) - len(compound)))
            compound = []
    return found, also


def _plain(text: str) -> tuple[list[str], list[tuple[str, int]]]:
    """The same of a folded text without compounds, numbers, sums and shares, as most are."""
    found = _PLAIN.findall(text)
    if "'" not in text:
        return found, []
    also = [(w.replace("'", ""), n) for n, w in enumerate(found) if "'" in w and w[-2:] != "'s"]
    return found, also


def joined(text: str) -> list[str]:
    """The other spellings of ``indexed``."""
    return [word for word, _ in indexed(text)[1]]


def _cut(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each word of a folded text with where it stands; ``more``: a hyphen ties it to the next."""
    for match in _TOKEN.finditer(text):
        if match["sum"]:
            yield match["sum"].replace(",", ""), match
            if scale := match["scale"]:
                yield _SCALES.get(scale, scale), match
            yield "pounds", match
        elif match["share"]:
            yield from (("per", match), ("cent", match))
        else:
            yield match[0].rstrip("-").replace(",", ""), match


def stem(word: str) -> str:
    """What the forms of a word share."""
    return str(_stemmer.stemWord(_IRREGULAR.get(word, word)))


@lru_cache(maxsize=100_000)
def term(word: str) -> int:
    """The number of a word's stem: blake2b, so that it is the same on every machine and version."""
    return int.from_bytes(blake2b(stem(word).encode(), digest_size=8).digest(), "big")


def holds_phrase(text: str, phrase: tuple[str, ...], *, begun: bool = False) -> bool:
    """Whether these very words stand in the text, one after another; the last may be ``begun``."""
    end = "" if begun else " "
    return f" {' '.join(phrase)}{end}" in f" {' '.join(words(text))} "
