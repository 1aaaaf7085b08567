"""What documents for a committee share: a landscape page, headings, tables with their head."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from transcripts.tracker.rows import writable

LANGUAGE = "en-GB"


class Paper:
    """A document of Word's format, built from the top down."""

    def __init__(self, title: str) -> None:
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        self._doc: Any = Document()
        section = self._doc.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21.0)
        section.left_margin = section.right_margin = Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(1.5)
        normal = self._doc.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(9)
        language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {})
        language.set(qn("w:val"), LANGUAGE)
        normal.element.get_or_add_rPr().append(language)
        self._doc.core_properties.title = writable(title)
        self._doc.core_properties.language = LANGUAGE
        self._doc.add_heading(writable(title), 1)
        _number_pages(section)

    def heading(self, text: str, level: int = 2) -> None:
        """A heading of a real style, which readers for the blind jump by."""
        self._doc.add_heading(writable(text), level)

    def say(self, text: str, style: str = "") -> None:
        """A paragraph."""
        self._doc.add_paragraph(writable(text), style or None)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """A table with a head that repeats on every page; ``widths`` are centimetres."""
        from docx.shared import Cm

        table = self._doc.add_table(rows=1, cols=len(head))
        table.style = "Table Grid"
        table.autofit = False
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        _repeat(table.rows[0])
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.paragraphs[0].add_run(writable(text))
        # Word goes by the cells, LibreOffice by the columns
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)

    def finished(self) -> bytes:
        """The bytes of the file."""
        out = io.BytesIO()
        self._doc.save(out)
        return out.getvalue()


def _repeat(row: Any) -> None:
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    head = properties.makeelement(qn("w:tblHeader"), {})
    head.set(qn("w:val"), "true")
    properties.append(head)


def _number_pages(section: Any) -> None:
    from docx.oxml.ns import qn

    paragraph = section.footer.paragraphs[0]
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        name = "w:fldChar" if kind else "w:instrText"
        part = run._r.makeelement(qn(name), {})
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)
