"""Short forms and what they stand for, from the program's list and the council's own file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from warehouse import tokens
from warehouse.common import COMMON
from warehouse.compounds import compounds

FILE = "vocabulary.csv"
COLUMNS = ("short", "long")
Long = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Short form, its words with spaces between → the words of each long form.

    ``faults`` are the lines that could not be read, each in a sentence; they are passed over, for
    a council's search must not end over a line of its list.
    """

    longs: Mapping[str, tuple[Long, ...]]
    faults: tuple[str, ...] = ()


def vocabulary(home: Path) -> Vocabulary:
    """The program's list and what ``vocabulary.csv`` in ``home`` adds to it."""
    own = home / FILE
    changed = own.stat().st_mtime_ns if own.is_file() else 0
    return _vocabulary(own if changed else None, changed)


@lru_cache(maxsize=8)
def _vocabulary(own: Path | None, changed: int) -> Vocabulary:
    shipped = files("warehouse").joinpath(FILE).read_text(encoding="utf-8")
    known = _read(shipped.splitlines(), f"the program's {FILE}")
    if own is None:
        return known
    try:
        lines = own.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        told = f"{own} cannot be read ({fault}); save it as UTF-8 text"
        return Vocabulary(known.longs, (told,))
    added = _read(lines, str(own))
    both = {
        short: tuple(dict.fromkeys((*added.longs.get(short, ()), *known.longs.get(short, ()))))
        for short in (*known.longs, *added.longs)
    }
    return Vocabulary(both, added.faults)


def _read(lines: Iterable[str], source: str) -> Vocabulary:
    rows = csv.reader(lines)
    if tuple(next(rows, ())) != COLUMNS:
        told = f"{source} does not begin with the line '{','.join(COLUMNS)}'; add it"
        return Vocabulary({}, (told,))
    found: dict[str, tuple[Long, ...]] = {}
    faults = []
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        short, long = _pair(row)
        if short and len(long) > 1:
            found[short] = (*found.get(short, ()), *_writings(row[1], long))
        else:
            faults.append(
                f"line {number} of {source} is passed over; it is not 'short,long' with a short "
                f"form and the words it stands for: {','.join(row)}"
            )
    return Vocabulary(found, tuple(faults))


def shapes(short: str) -> tuple[str, ...]:
    """How a short form may stand in speech: alone or in the plural, for the stemmer leaves "hmos".

    Not where the plural is a word by itself, as "its" is.
    """
    plural = f"{short}s"
    return (short,) if " " in short or plural in COMMON else (short, plural)


@lru_cache(maxsize=20_000)
def stemmed(words: Long) -> str:
    """Words in a row by what their forms share, to be looked for in others: a space around each."""
    return f" {' '.join(map(tokens.stem, words))} "


def _writings(long: str, words: Long) -> tuple[Long, ...]:
    """A long form as it was given, and with what a hyphen joins in one: antisocial behaviour."""
    in_one, rest = [], list(words)
    joined = {c.words: c.joined for c in compounds(long)}
    while rest:
        here = next((w for w in joined if tuple(rest[: len(w)]) == w), (rest[0],))
        in_one.append(joined.get(here, rest[0]))
        del rest[: len(here)]
    return tuple(dict.fromkeys((words, tuple(in_one) if len(in_one) > 1 else words)))


def _pair(row: Sequence[str]) -> tuple[str, Long]:
    """A short form may be of several words only where a sign ties them, as in A&E."""
    if len(row) != len(COLUMNS):
        return "", ()
    short = row[0].strip()
    tied = len(short.split()) == 1
    return (" ".join(tokens.words(short)) if tied else ""), tuple(tokens.words(row[1]))
