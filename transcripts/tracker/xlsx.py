"""The register as a workbook: one sheet of entries, one that says what the columns mean."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any

from transcripts.columns import COLUMNS, DAYS
from transcripts.life import Entry
from transcripts.states import in_words
from transcripts.tracker.rows import MADE_BY, MEANINGS, cells

WIDE = {"text_minuted": 48, "text_spoken": 48, "response_text": 40, "progress": 36, "note": 30}
NARROW, USUAL = 16, 20
LINE_PT, MOST_PT = 14.0, 400.0  # height of a line of text, and of the highest row
COLOURS = {"Green": "C6E7CE", "Amber": "FFE7A8", "Red": "F7C5C2"}
STATES = ("response", "status")
REGISTER, ABOUT = "Register", "About"


def as_xlsx(entries: Sequence[Entry], *, made_on: date, version: str = "") -> bytes:
    """The bytes of the workbook; no cell is ever a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = REGISTER
    _head(sheet)
    for row, entry in enumerate(entries, 2):
        _line(sheet, row, entry)
    sheet.auto_filter.ref = sheet.dimensions
    _about(book.create_sheet(ABOUT), len(entries), made_on, version)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, number, column)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3E8EF")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = _width(column)
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    # so many columns on one page could not be read: they run over pages, each with its reference
    sheet.print_title_cols = "A:A"
    sheet.print_title_rows = "1:1"


def _width(column: str) -> int:
    return WIDE.get(column, NARROW if column in DAYS or column == "rag" else USUAL)


def _height(texts: Sequence[str]) -> float:
    """High enough for the longest cell: not every program finds that out by itself."""
    lines = (ceil(1.2 * len(t) / _width(c)) for c, t in zip(COLUMNS, texts, strict=True))
    return min(MOST_PT, LINE_PT * max(1, *lines))


def _line(sheet: Any, row: int, entry: Entry) -> None:
    from openpyxl.styles import Alignment, PatternFill

    texts = cells(entry)
    sheet.row_dimensions[row].height = _height(texts)
    for number, (column, text) in enumerate(zip(COLUMNS, texts, strict=True), 1):
        cell = sheet.cell(row, number)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        day = _day(text) if column in DAYS else None
        if day is not None:
            cell.value, cell.number_format = day, "DD/MM/YYYY"
            continue
        cell.value = in_words(text) if column in STATES else text
        cell.data_type = "s"  # what begins with an equals sign stays text
        if column == "rag" and text in COLOURS:
            cell.fill = PatternFill("solid", fgColor=COLOURS[text])
        if column == "evidence_urls" and entry.evidence_urls:
            cell.hyperlink = entry.evidence_urls[0]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _about(sheet: Any, count: int, made_on: date, version: str) -> None:
    from openpyxl.styles import Alignment, Font

    made = f"{count} recommendations as on {made_on:%-d %B %Y}, made by Matters Arising {version}"
    lines = [("About this register", ""), (made.strip(), ""), (MADE_BY, ""), ("", "")]
    lines += [("Column", "What it means"), *((c, MEANINGS[c]) for c in COLUMNS)]
    for row, (first, second) in enumerate(lines, 1):
        sheet.cell(row, 1, first), sheet.cell(row, 2, second)
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.cell(5, 1).font = sheet.cell(5, 2).font = Font(bold=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 90
