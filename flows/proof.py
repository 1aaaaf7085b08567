"""Proof that words are gone: every byte under the home folder is looked at for them.

What is looked for are telling words and phrases: long words, and four in a row, said in what was
taken out and nowhere in what is still in the record. Kept results are unpacked first, and the
warehouse is asked table by table, because both hold their text in a form in which no search of
bytes would find it. Files with words of other programs in them, such as Prefect's, are searched for
phrases alone.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.mentions import mentions

LONG = 6  # letters; shorter ones stand in any binary file by chance
RUN = 4  # words of a phrase
MOST = 40
WORD = re.compile(r"[^\W\d_]+")


FOREIGN = (".duckdb", ".db", ".db-wal", ".log")  # names of files that hold others' words too


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells that something is still there, in small letters."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked for and where it was found; ``found`` are file and words."""

    words: tuple[str, ...]
    files: int
    size: int
    found: tuple[tuple[str, str], ...]

    @property
    def told(self) -> str:
        """In one sentence."""
        looked = f"looked through {self.files} files ({self.size / 1e6:.1f} MB)"
        if not self.words:
            return f"{looked}; nothing that was taken out can be told from what is left"
        if not self.found:
            return f"{looked} for {len(self.words)} telling words and phrases: none is there"
        where = ", ".join(sorted({f"'{word}' in {file}" for file, word in self.found})[:5])
        return f"{looked}: still there are {where}"


def telling(gone: Iterable[str], left: Iterable[str], *, most: int | None = MOST) -> Telling:
    """The longest words and phrases of what was taken out that what is left does not have.

    ``most`` is how many of each; None is all of them.
    """
    texts = [text.casefold() for text in gone]
    words = {w for text in texts for w in WORD.findall(text) if len(w) >= LONG}
    phrases = {run for text in texts for run in _runs(text.split())}
    for text in left:
        # a longer word may hold a shorter one
        plain = text.casefold()
        words = {w for w in words if w not in plain}
        phrases = {p for p in phrases if p not in plain}
    return Telling(_longest(words)[:most], _longest(phrases)[:most])


def search(home: Path, wanted: Telling) -> Proof:
    """Looks through every file under a home folder, in whatever case."""
    found: set[tuple[str, str]] = set(mentions(home, (*wanted.words, *wanted.phrases)))
    files = [p for p in home.rglob("*") if p.is_file()]
    size = 0
    for path in files:
        data = path.read_bytes()
        size += len(data)
        text = (data + _unpacked(data)).decode("utf-8", "replace").casefold()
        words = () if path.name.endswith(FOREIGN) else wanted.words
        hits = (w for w in (*words, *wanted.phrases) if w in text)
        found |= {(str(path.relative_to(home)), w) for w in hits}
    every = (*wanted.words, *wanted.phrases)
    return Proof(every, len(files), size, tuple(sorted(found)))


def _runs(words: Sequence[str]) -> list[str]:
    return [" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)]


def _longest(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(sorted(found), key=len, reverse=True))


def _unpacked(data: bytes) -> bytes:
    """What a kept result of a stage holds; nothing for other files."""
    if not data.startswith(b'{"metadata"'):
        return b""
    try:
        return base64.b64decode(json.loads(data)["result"])
    except (ValueError, KeyError, TypeError):
        return b""
