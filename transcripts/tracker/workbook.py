"""The sheets of a workbook as rows of text, with what of them cannot be read told, not dropped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

NO_VALUE = "its formula was never worked out; open the file in a spreadsheet and save it again"
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)", re.IGNORECASE)


class Unread(str):
    """A cell that holds something of which no value is known; as text it is empty."""

    __slots__ = ("why",)
    why: str

    def __new__(cls, why: str) -> Unread:
        """An empty cell that tells why."""
        made = super().__new__(cls, "")
        made.why = why
        return made


def checked(cell: str) -> str:
    """The text of a cell; what a spreadsheet writes where it failed is no text."""
    if ERROR.fullmatch(cell):
        return Unread(f"'{cell}' is what a spreadsheet shows for a fault")
    return cell


def sheets(path: Path) -> dict[str, list[list[str]]]:
    """Every sheet by its name, in order."""
    from openpyxl import load_workbook

    # twice: the one holds the values that were last worked out, the other what they came from
    values = load_workbook(path, data_only=True)
    sources = load_workbook(path)
    return {
        f"sheet '{sheet.title}'": _rows(sheet, sources[sheet.title]) for sheet in values.worksheets
    }


def _rows(sheet: Any, source: Any) -> list[list[str]]:
    rows = [[_text(cell, source) for cell in row] for row in sheet.iter_rows()]
    for first, last, column in _merged_downwards(sheet):
        for row in rows[first : last + 1]:
            row[column] = rows[first][column]
    return rows


def _merged_downwards(sheet: Any) -> list[tuple[int, int, int]]:
    """The first row, the last and the column of each merge over rows: its cell is that of each."""
    merged = [r for r in sheet.merged_cells.ranges if r.max_row > r.min_row]
    return [
        (r.min_row - sheet.min_row, r.max_row - sheet.min_row, r.min_col - sheet.min_column)
        for r in merged
    ]


def _text(cell: Any, source: Any) -> str:
    value = cell.value
    if value is None:
        is_formula = source.cell(cell.row, cell.column).data_type == "f"
        return Unread(NO_VALUE) if is_formula else ""
    if hasattr(value, "date"):
        return str(value.date().isoformat())
    return checked(str(value).strip())
