"""The tables that a tracker's file holds, as rows of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from matters_arising.errors import BadInputError

READABLE = "CSV, XLSX or DOCX"
Table = list[list[str]]


def tables(path: Path) -> Mapping[str, Table]:
    """Every sheet of a workbook or table of a document by its name, in order; a CSV holds one.

    Raises BadInputError where the file cannot be read.
    """
    readers = {".csv": _csv, ".xlsx": _xlsx, ".docx": _docx}
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
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")  # what spreadsheets write without asking
    rows = csv.reader(io.StringIO(text))
    return {"": [[_unquoted(cell.strip()) for cell in row] for row in rows]}


def _xlsx(path: Path) -> dict[str, Table]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    return {
        f"sheet '{sheet.title}'": [
            [_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
    }


def _docx(path: Path) -> dict[str, Table]:
    from docx import Document

    return {
        f"table {number}": [[cell.text.strip() for cell in row.cells] for row in table.rows]
        for number, table in enumerate(Document(str(path)).tables, 1)
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    if hasattr(value, "date"):
        return str(value.date().isoformat())
    return str(value).strip()


def _unquoted(cell: str) -> str:
    """Without the quote that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
