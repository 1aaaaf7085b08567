"""A tracker that somebody keeps, read into our columns; nothing is decided here.

Headings are matched to columns by likeness (rapidfuzz) and shown, so that a person can correct
them with a mapping. Days are read day first, as they are written in this country.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from matters_arising.errors import BadInputError
from transcripts.columns import COLUMNS, DAYS

ALIKE = 85  # of 100, from which on a heading is taken for a column
TEXTS = ("text_minuted", "text_spoken")
READABLE = "CSV, XLSX or DOCX"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a tracker: ``number`` as a spreadsheet counts, values by column, what is amiss."""

    number: int
    values: Mapping[str, str]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tracker:
    """What a file holds: how its headings were understood, and its rows."""

    headings: Mapping[str, str]  # heading → column, or nothing
    lines: tuple[Line, ...]


def read_tracker(path: Path, mapping: Mapping[str, str] | None = None) -> Tracker:
    """Reads a CSV, an XLSX or the first table of a DOCX; ``mapping`` is heading → column.

    Raises BadInputError where the file cannot be read or no heading is a known column.
    """
    table = _table(path)
    if not table or not any(any(row) for row in table):
        raise BadInputError(f"{path} holds no table; a tracker has a line of headings and rows")
    head, *rows = table
    headings = {h: (mapping or {}).get(h, _column(h)) for h in head if h}
    if not any(headings.values()):
        raise BadInputError(
            f"no heading of {path} is a known column (it has: {', '.join(headings)}); say which is "
            f"which with --map (columns: {', '.join(COLUMNS)})"
        )
    lines = tuple(_line(n, head, headings, row) for n, row in enumerate(rows, 2) if any(row))
    return Tracker(headings, lines)


def _table(path: Path) -> list[list[str]]:
    readers = {".csv": _csv, ".xlsx": _xlsx, ".docx": _docx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise BadInputError(f"{path} is not {READABLE}; save the tracker as one of these")
    try:
        return reader(path)
    except BadInputError:
        raise
    except Exception as fault:  # the libraries raise whatever a broken file makes them raise
        why = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise BadInputError(
            f"{path} cannot be read as {path.suffix[1:].upper()} ({why})"
        ) from fault


def _csv(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")  # what spreadsheets write without asking
    rows = csv.reader(io.StringIO(text))
    return [[_unquoted(cell.strip()) for cell in row] for row in rows]


def _xlsx(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def _docx(path: Path) -> list[list[str]]:
    from docx import Document

    tables = Document(str(path)).tables
    return [[cell.text.strip() for cell in row.cells] for row in tables[0].rows] if tables else []


def _text(value: object) -> str:
    if value is None:
        return ""
    if hasattr(value, "date"):
        return str(value.date().isoformat())
    return str(value).strip()


def _unquoted(cell: str) -> str:
    """Without the quote that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _column(heading: str) -> str:
    """The column that a heading means; nothing where none is alike."""
    from rapidfuzz import fuzz, process

    plain = heading.casefold().replace("_", " ").strip()
    known = {words: column for column, called in headings().items() for words in called}
    known |= {column.replace("_", " "): column for column in COLUMNS}
    if plain in known:
        return known[plain]
    found = process.extractOne(plain, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return known[found[0]] if found else ""


def _line(
    number: int, head: Sequence[str], headings: Mapping[str, str], row: Sequence[str]
) -> Line:
    values: dict[str, str] = {}
    faults: list[str] = []
    for heading, cell in zip(head, row, strict=False):
        column = headings.get(heading, "")
        if column and cell:
            value, fault = _read(column, cell)
            values |= {column: value} if value else {}
            faults += [fault] if fault else []
    return Line(number, values, tuple(faults))


def _read(column: str, cell: str) -> tuple[str, str]:
    if column in DAYS:
        return _day(column, cell)
    if column in words():
        told = words()[column]
        plain = cell.casefold().replace("_", " ").strip(" .")
        if plain in told:
            return told[plain], ""
        return "", f"{column}: '{cell}' is no state that is known ({', '.join(sorted(told))})"
    return cell, ""


def _day(column: str, cell: str) -> tuple[str, str]:
    from dateutil import parser

    try:
        iso = cell[:4].isdigit()
        return parser.parse(cell, dayfirst=not iso).date().isoformat(), ""
    except (ValueError, OverflowError):
        return "", f"{column}: '{cell}' is no day"


@cache
def headings() -> Mapping[str, Sequence[str]]:
    """Usual headings of each column, as data."""
    read: Mapping[str, Sequence[str]] = json.loads(_data("headings"))
    return read


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What people write in a state's column, and the state it is."""
    read: Mapping[str, Mapping[str, str]] = json.loads(_data("words"))
    return read


def _data(name: str) -> str:
    return files("transcripts").joinpath("tracker", f"{name}.json").read_text(encoding="utf-8")


def texts(values: Mapping[str, str]) -> Iterator[str]:
    """The wordings of a row."""
    return (values[column] for column in TEXTS if values.get(column))
