"""Documents of minutes that the project wrote itself, all invented, made into each format."""

from __future__ import annotations

import io
from pathlib import Path
from textwrap import wrap
from typing import Any

from models.minutes.points import points_of
from transcripts.minutes import MinutePoint
from transcripts.minutes_from.document import read_document

FOLDER = Path(__file__).parent / "minutes"
COMMITTEES = {
    "island.txt": "Audit and Scrutiny Committee",
    "board.docx.txt": "Climate and Transport Scrutiny Board",
    "page.html": "Adult Care Select Committee",
    "meals.html": "Children's Services Overview Board",
    "town.html": "Scrutiny Board (Place)",
}
WIDE, PAGE = 78, 26  # letters of a line and lines of a page of the PDFs


def document(path: Path) -> tuple[bytes, str]:
    """A fixture in the format that its name tells, and a name for it."""
    text = path.read_text(encoding="utf-8")
    if path.name.endswith(".docx.txt"):
        return docx_of(text), path.name.removesuffix(".txt")
    if path.name.endswith(".pdf.txt"):
        return pdf_of(text), path.name.removesuffix(".txt")
    return text.encode(), path.name


def points(path: Path) -> list[MinutePoint]:
    """The points that are read from a fixture."""
    data, name = document(path)
    committee = COMMITTEES.get(path.name, "Scrutiny Committee")
    return list(points_of(read_document(data, name), "m", committee))


def expected(path: Path) -> list[tuple[str, ...]]:
    """(minute, label, heading, kind, text) of each point, as a person reads the document."""
    name = path.name.removesuffix(".txt") if path.name.count(".") > 1 else path.stem
    rows = (path.parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(row.split("\t")) for row in rows]


def fixtures(folder: str) -> list[Path]:
    """The documents of a folder."""
    return sorted(p for p in (FOLDER / folder).iterdir() if p.suffix != ".tsv")


def docx_of(text: str) -> bytes:
    """A DOCX: ``H:`` heading, ``B:`` bold, ``N:``/``M:`` numbered by Word, ``T:`` a table row."""
    import docx
    from docx.oxml import parse_xml

    made = docx.Document()
    made.part.numbering_part.element.append(parse_xml(ABSTRACT))
    table: Any = None
    lists = 0
    before = ""
    for line in text.splitlines():
        kind, _, words = line.partition(": ")
        if kind == "T":
            cells = words.split("|")
            if table is None:
                table = made.add_table(rows=0, cols=len(cells))
            for cell, word in zip(table.add_row().cells, cells, strict=True):
                cell.text = word
        elif kind in "NM":
            lists += before not in ("N", "M")
            _numbered(made, words, lists, int(kind == "M"), fresh=before not in ("N", "M"))
        elif kind == "H":
            made.add_heading(words, 2)
        else:
            made.add_paragraph().add_run(words).bold = kind == "B" or None
        before = kind
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ABSTRACT = (
    f'<w:abstractNum {W} w:abstractNumId="90">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
)


def _numbered(made: Any, words: str, number: int, level: int, *, fresh: bool) -> None:
    from docx.oxml import parse_xml

    if fresh:
        made.part.numbering_part.element.append(
            parse_xml(f'<w:num {W} w:numId="{900 + number}"><w:abstractNumId w:val="90"/></w:num>')
        )
    paragraph = made.add_paragraph(words)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{900 + number}"/></w:numPr>'
        )
    )


def pdf_of(text: str, *, locked: bool = False) -> bytes:
    """A PDF of hard-wrapped lines with broken words, and a header and a footer on each page."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    lines = [line for part in text.splitlines() for line in (_wrapped(part) or [""])]
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    reference = writer._add_object(font)
    pages = [lines[i : i + PAGE] for i in range(0, len(lines), PAGE)] or [[]]
    for number, page in enumerate(pages, 1):
        head = ["Aldermere Borough Council", ""]
        foot = ["", f"Page {number} of {len(pages)}"]
        added = writer.add_blank_page(width=595, height=842)
        stream = DecodedStreamObject()
        stream.set_data(_drawn([*head, *page, *foot] if text else []))
        added[NameObject("/Contents")] = writer._add_object(stream)
        added[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): reference})}
        )
    if locked:
        writer.encrypt("a word that nobody knows", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert PdfReader(io.BytesIO(out.getvalue())).is_encrypted == locked
    return out.getvalue()


def _wrapped(part: str) -> list[str]:
    """Lines as a word processor breaks them, now and then within a word."""
    lines = wrap(part, WIDE, break_on_hyphens=True)
    for at in range(len(lines) - 1):
        first, _, rest = lines[at + 1].partition(" ")
        if len(first) > 8 and first.isalpha() and first.islower() and at % 2:
            lines[at] += f" {first[:4]}-"
            lines[at + 1] = f"{first[4:]} {rest}"
    return lines


def _drawn(lines: list[str]) -> bytes:
    out = ["BT /F1 10 Tf 50 800 Td 14 TL"]
    for line in lines:
        plain = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        out.append(f"({plain}) Tj T*")
    return "\n".join([*out, "ET"]).encode("cp1252", "replace")
