"""The tables that a tracker's file holds, as rows of text."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from matters_arising.errors import BadInputError
from transcripts.tracker.workbook import checked, sheets

DELIMITERS, LOOKED_AT = ",;\t|", 12
READABLE = "CSV, XLSX or DOCX"
Table = list[list[str]]


def tables(path: Path) -> Mapping[str, Table]:
    """Every sheet of a workbook or table of a document by its name, in order; a CSV holds one.

    Raises BadInputError where the file cannot be read.
    """
    readers = {".csv": _csv, ".xlsx": sheets, ".docx": _docx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise BadInputError(f"{path} is not {READABLE}; save the tracker as one of these")
    try:
        found = reader(path)
    except Exception as fault:  # the libraries raise whatever a broken file makes them raise
        why = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise BadInputError(
            f"{path} cannot be read as {path.suffix[1:].upper()} ({why})"
        ) from fault
    return {name: table for name, table in found.items() if any(any(row) for row in table)}


def _csv(path: Path) -> dict[str, Table]:
    text = _decoded(path.read_bytes())
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    return {"": [[checked(_unquoted(cell.strip())) for cell in row] for row in rows]}


def _decoded(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # "Unicode text"
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")  # what spreadsheets write without asking


def _delimiter(text: str) -> str:
    """What parts the cells: what parts the most of the first rows, into the most cells."""

    def cells(delimiter: str) -> tuple[int, int]:
        rows = islice(csv.reader(io.StringIO(text), delimiter=delimiter), LOOKED_AT)
        many = [len(row) for row in rows if len(row) > 1]
        return len(many), sum(many)

    return max(DELIMITERS, key=cells)  # of two that give as many, the first


def _docx(path: Path) -> dict[str, Table]:
    from docx import Document

    return {
        f"table {number}": [
            [checked(cell.text.strip()) for cell in row.cells] for row in table.rows
        ]
        for number, table in enumerate(Document(str(path)).tables, 1)
    }


def _unquoted(cell: str) -> str:
    """Without the quote that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
