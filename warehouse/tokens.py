"""Words as the search compares them: folded but verbatim for phrases, stemmed for all else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

import Stemmer

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_stemmer = Stemmer.Stemmer("english", 0)  # its own cache off: ours below holds the hash as well


def words(text: str) -> list[str]:
    """The words of a text, case, accents and punctuation folded away."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return _TOKEN.findall(text.casefold())


@lru_cache(maxsize=100_000)
def term(word: str) -> int:
    """The number of a word's stem: blake2b, so that it is the same on every machine and version."""
    stem = _stemmer.stemWord(word)
    return int.from_bytes(blake2b(stem.encode(), digest_size=8).digest(), "big")


def holds_phrase(text: str, phrase: tuple[str, ...]) -> bool:
    """Whether these very words stand in the text, one after another."""
    return f" {' '.join(phrase)} " in f" {' '.join(words(text))} "
