"""A tracker that somebody keeps, read into our columns; nothing is decided here.

Headings are matched to columns by likeness (rapidfuzz) and shown, so that a person can correct
them with a mapping. Days are read day first, as they are written in this country.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from matters_arising.errors import BadInputError
from transcripts.columns import COLUMNS, DAYS, choices
from transcripts.tracker.cells import read, says_nothing, words
from transcripts.tracker.tables import Table, tables
from transcripts.tracker.workbook import Unread

ALIKE = 85  # of 100, from which on a heading is taken for a column
TEXTS = ("text_minuted", "text_spoken")
DEEPEST = 10  # rows in which the headings are looked for: titles and dates stand above them
# what these are where another heading holds the column that they would be read as
BESIDE = {"action": "note", "rag": "rag", "rag status": "rag"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a tracker: ``number`` as a spreadsheet counts, values by column, what is amiss."""

    number: int
    values: Mapping[str, str]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tracker:
    """What a file holds: how its headings were understood, its rows, and what to know of them.

    ``told`` are sentences: of what was joined, and of what was not read.
    """

    headings: Mapping[str, str]  # heading → column, or nothing
    lines: tuple[Line, ...]
    told: tuple[str, ...] = ()


def read_tracker(
    path: Path, mapping: Mapping[str, str] | None = None, *, committee: str = ""
) -> Tracker:
    """Reads a CSV, a sheet of an XLSX or a table of a DOCX; ``mapping`` is heading → column.

    It is the first that has a row of headings. ``committee`` is whose tracker it is, where a row
    does not say. Raises BadInputError where the file cannot be read, or no heading is known.
    """
    found = tables(path)
    if not found:
        raise BadInputError(f"{path} holds no table; a tracker has a line of headings and rows")
    mapping = mapping or {}
    heads = {name: _head_at(table, mapping) for name, table in found.items()}
    name = next((name for name, at in heads.items() if at is not None), None)
    if name is None:
        first = next(row for table in found.values() for row in table if any(row))
        raise BadInputError(
            f"no heading of {path} is a known column (it has: {', '.join(filter(None, first))}); "
            f"say which is which with --map (columns: {', '.join(COLUMNS)})"
        )
    table, at = found[name], heads[name] or 0
    columns = _columns(table[at], mapping)
    rows = enumerate(table[at + 1 :], at + 2)
    held = ((n, row) for n, row in rows if any(row) or any(isinstance(c, Unread) for c in row))
    lines = tuple(_of(_line(n, table[at], columns, row), committee) for n, row in held)
    headings = {h: column for h, column in zip(table[at], columns, strict=True) if h}
    left = [f"{other} is not read, only {name} is" for other in found if other != name]
    return Tracker(headings, lines, (*_joined(table[at], columns), *left))


def _head_at(table: Table, mapping: Mapping[str, str]) -> int | None:
    """The row with the most headings; below the first, a single known word is none."""
    first = next(n for n, row in enumerate(table) if any(row))
    scores = [len(set(filter(None, _columns(row, mapping)))) for row in table[: first + DEEPEST]]
    best = max(range(len(scores)), key=lambda n: scores[n])
    return best if scores[best] > (best > first) else None


def _columns(head: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """The column of each heading, as a person mapped it or as it is worded; nothing where none."""
    found = [mapping.get(h) or _column(h) for h in head]
    second = [BESIDE.get(_plain(h), "") if h not in mapping else "" for h in head]
    firm = {column for column, other in zip(found, second, strict=True) if not other}
    return [o if o and c in firm else c for c, o in zip(found, second, strict=True)]


def _column(heading: str) -> str:
    """The column that a heading means; nothing where none is alike."""
    from rapidfuzz import fuzz, process

    plain, known = _plain(heading), _known()
    if plain in known:
        return known[plain]
    found = process.extractOne(plain, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return known[found[0]] if found else ""


def _plain(heading: str) -> str:
    """Without the answers that a heading offers: "Agreed (Yes / No / In part)"."""
    bare = re.sub(r"\(.*?\)", " ", heading).strip() or heading
    return " ".join(bare.casefold().replace("_", " ").split())


def _by_column(head: Sequence[str], columns: Sequence[str]) -> dict[str, list[int]]:
    """Where the headings of each column stand."""
    places: dict[str, list[int]] = {}
    for n, column in enumerate(columns):
        if column and head[n]:
            places.setdefault(column, []).append(n)
    return places


def _joined(head: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    for column, places in _by_column(head, columns).items():
        if len(places) > 1:
            names = " and ".join(f"'{head[n]}'" for n in places)
            told = "they have to agree" if _is_exact(column) else "their words are joined"
            yield f"{names} are all read as {column}: {told}"


def _is_exact(column: str) -> bool:
    """Whether two cells of it cannot stand side by side."""
    named = column in ("reference", "committee")
    return named or column in DAYS or column in words() or bool(choices(column))


def _of(line: Line, committee: str) -> Line:
    """The row as one of a committee, unless it names its own."""
    if not committee or line.values.get("committee"):
        return line
    return replace(line, values={**line.values, "committee": committee})


def _line(number: int, head: Sequence[str], columns: Sequence[str], row: Sequence[str]) -> Line:
    values: dict[str, str] = {}
    faults: list[str] = []
    left: list[str] = []
    for column, places in _by_column(head, columns).items():
        cells = {n: row[n] for n in places if n < len(row) and row[n]}
        unread = [row[n] for n in places if n < len(row)]
        faults += [f"{column}: {cell.why}" for cell in unread if isinstance(cell, Unread)]
        left += [f"{head[n]}: {cell}" for n, cell in cells.items() if _is_left(column, cell)]
        told = [read(column, cell) for cell in dict.fromkeys(cells.values())]
        faults += [fault for _, fault in told if fault]
        found = list(dict.fromkeys(value for value, _ in told if value))
        if len(found) > 1 and _is_exact(column):
            said = " and ".join(f"'{cell}'" for cell in dict.fromkeys(cells.values()))
            faults.append(f"{column}: {said} stand in two columns; map one to another column")
        elif len(found) > 1:
            values[column] = "; ".join(f"{head[n]}: {cell}" for n, cell in cells.items())
        elif found:
            values[column] = found[0]
    if left:  # what somebody wrote of a state is not lost where no column can hold it
        values["note"] = "; ".join(filter(None, (values.get("note", ""), *left)))
    return Line(number, values, tuple(faults))


def _is_left(column: str, cell: str) -> bool:
    return column in words() and (bool(read(column, cell)[1]) or says_nothing(column, cell))


@cache
def _known() -> Mapping[str, str]:
    named = {words: column for column, called in headings().items() for words in called}
    return named | {column.replace("_", " "): column for column in COLUMNS}


@cache
def headings() -> Mapping[str, Sequence[str]]:
    """Usual headings of each column, as data."""
    data = files("transcripts").joinpath("tracker", "headings.json").read_text(encoding="utf-8")
    found: Mapping[str, Sequence[str]] = json.loads(data)
    return found


def texts(values: Mapping[str, str]) -> Iterator[str]:
    """The wordings of a row."""
    return (values[column] for column in TEXTS if values.get(column))
