"""On which line of a TOML file a value stands; the parser does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
KEY = re.compile(r"^\s*\"?([A-Za-z0-9_-]+)\"?\s*=")


def line_of(text: str, place: Sequence[str | int]) -> int:
    """The line, from 1, of ``("council", 0, "source", 1, "url")``; 0 where it cannot be told.

    Where the key itself is not there, it is the line of the table that lacks it.
    """
    best, depth = 0, 0
    for number, at in _keys(text):
        same = _shared(at, place)
        if same > depth:
            best, depth = number, same
    return best


def _keys(text: str) -> list[tuple[int, list[str | int]]]:
    """Line and full path of every table header and key."""
    found: list[tuple[int, list[str | int]]] = []
    table: list[str | int] = []
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = _path(header[2].split("."), header[1] == "[[", counts)
            found.append((number, table))
        elif key := KEY.match(line):
            found.append((number, [*table, key[1]]))
    return found


def _path(
    names: Sequence[str], is_list: bool, counts: dict[tuple[str | int, ...], int]
) -> list[str | int]:
    """``council.source`` with the numbers of the tables it stands in."""
    path: list[str | int] = []
    for n, name in enumerate(names):
        path.append(name.strip().strip('"'))
        key = tuple(path)
        if is_list and n == len(names) - 1:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            path.append(counts[key])
    return path


def _shared(at: Sequence[str | int], place: Sequence[str | int]) -> int:
    """How many steps two paths share; nothing where ``at`` leads past the place."""
    if len(at) > len(place):
        return 0
    return len(at) if list(place[: len(at)]) == list(at) else 0
