"""Short forms and what they stand for, from the program's list and the council's own file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from matters_arising.errors import BadInputError
from warehouse import tokens

FILE = "vocabulary.csv"
COLUMNS = ("short", "long")
Long = tuple[str, ...]


def vocabulary(home: Path) -> Mapping[str, tuple[Long, ...]]:
    """Short form → the words of each long form; ``vocabulary.csv`` in ``home`` adds to the list.

    Raises BadInputError, naming the line, where that file cannot be read.
    """
    own = home / FILE
    changed = own.stat().st_mtime_ns if own.is_file() else 0
    return _vocabulary(own if changed else None, changed)


@lru_cache(maxsize=8)
def _vocabulary(own: Path | None, changed: int) -> Mapping[str, tuple[Long, ...]]:
    shipped = files("warehouse").joinpath(FILE).read_text(encoding="utf-8")
    found = _read(shipped.splitlines(), f"the program's {FILE}")
    if own is not None:
        try:
            lines = own.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as fault:
            raise BadInputError(f"{own} cannot be read ({fault}); save it as UTF-8 text") from fault
        for short, longs in _read(lines, str(own)).items():
            found[short] = tuple(dict.fromkeys((*longs, *found.get(short, ()))))
    return found


def _read(lines: Iterable[str], source: str) -> dict[str, tuple[Long, ...]]:
    rows = csv.reader(lines)
    if tuple(next(rows, ())) != COLUMNS:
        raise BadInputError(f"{source} does not begin with the line '{','.join(COLUMNS)}'; add it")
    found: dict[str, tuple[Long, ...]] = {}
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        short, long = _pair(row)
        if not short or len(long) < 2:
            raise BadInputError(
                f"line {number} of {source} is not 'short,long' with one word and what it stands "
                f"for: {','.join(row)}"
            )
        found[short] = (*found.get(short, ()), long)
    return found


def _pair(row: Sequence[str]) -> tuple[str, Long]:
    if len(row) != len(COLUMNS):
        return "", ()
    short, long = tokens.words(row[0]), tokens.words(row[1])
    return (short[0] if len(short) == 1 else ""), tuple(long)
