"""DOCX: paragraphs and tables in the order of the page, with the numbers Word puts before lists.

Inserted words of a tracked change count, deleted ones do not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from matters_arising.errors import BadInputError
from transcripts.minutes_from.labels import parted, plain
from transcripts.minutes_from.numbering import Numbers
from transcripts.minutes_from.paper import Paragraph, joined_labels, paragraph

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph as WordParagraph

FORM = "DOCX"
MOST_UNPACKED = 200_000_000  # bytes; a document that unpacks to more is made to fill a disk
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
LONGEST_TITLE = 9  # words
TO_DO = re.compile(r"\bto \w+ \w+")
OWNER = re.compile(
    r"(?:action(?:s|ed)?\s+(?:by|for|owner|officer)|by whom|owner|lead(?:\s+officer)?|"
    r"responsib\w+(?:\s+officer)?|officer)\W*$"
)
NUMBER_CELL = re.compile(r"^(?:[A-Z]{1,6}[/. -]?)?\d{1,4}(?:[/.]\d{1,4})?\.?$")


def read_docx(data: bytes, name: str) -> list[Paragraph]:
    """The paragraphs of a document. BadInputError where it is not a whole one."""
    document = _open(data, name)
    numbers = Numbers(document)
    return joined_labels(list(_blocks(document, numbers)))


def _open(data: bytes, name: str) -> Document:
    import docx  # a third of a second

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise BadInputError(
                f"{name} unpacks to {unpacked // 1_000_000} MB, which no minutes do; not read"
            )
        return docx.Document(io.BytesIO(data))
    except BadInputError:
        raise
    except Exception as fault:  # zip, XML and package faults of many libraries
        raise BadInputError(
            f"{name} is not a whole DOCX file ({_why(fault)}): open it in a word processor and "
            "save it again"
        ) from fault


def _why(fault: Exception) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0][:120]


def _blocks(holder: Any, numbers: Numbers) -> Iterator[Paragraph]:
    for block in holder.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _table(block, numbers)
        else:
            yield from _paragraphs(block, numbers)


def _paragraphs(block: WordParagraph, numbers: Numbers) -> Iterator[Paragraph]:
    """One paragraph of Word, parted where a line break was typed into it."""
    automatic = numbers.label(block)
    heading = _set_off(block)
    for number, line in enumerate(words_of(block._p).split("\n")):
        label, text = ("", plain(line)) if automatic and not number else parted(line)
        if text or label or (automatic and not number):
            yield Paragraph(text, automatic if automatic and not number else label, heading)


def _table(table: Table, numbers: Numbers) -> Iterator[Paragraph]:
    """Row by row; a number in a cell of its own belongs to the words beside it."""
    actions, owners = _action_column(table), _owner_columns(table)
    for at, row in enumerate(table.rows):
        cells = _cells(row)
        if at == 0 and (actions >= 0 or owners):
            continue  # it only names the columns
        numbered = len(cells) > 1 and NUMBER_CELL.match(plain(cells[0].text))
        if numbered:
            yield from _entitled(plain(cells[0].text), list(_blocks(cells[1], numbers)))
        for column, cell in enumerate(cells[2 if numbered else 0 :], 2 if numbered else 0):
            blocks = list(_blocks(cell, numbers))
            if column in owners and not TO_DO.search(" ".join(b.text for b in blocks)):
                continue
            if column == actions and any(b.text for b in blocks):
                yield Paragraph("Action: " + " ".join(b.text for b in blocks))
            else:
                yield from blocks


def _cells(row: Any) -> list[Any]:
    """The cells of a row, a merged one once."""
    out: list[Any] = []
    for cell in row.cells:
        if not any(cell._tc is other._tc for other in out):
            out.append(cell)
    return out


def _entitled(number: str, blocks: list[Paragraph]) -> Iterator[Paragraph]:
    """The first words beside a number are its title, also where the text runs on after them."""
    if not blocks:
        return
    title, _, rest = blocks[0].text.partition(". ")
    if len(title.split()) > LONGEST_TITLE:
        title, rest = "", blocks[0].text
    label = number.rstrip(".") + "."
    yield Paragraph(title.rstrip("."), label, heading=True) if title else Paragraph("", label)
    if rest:
        yield paragraph(rest)
    yield from blocks[1:]


def _action_column(table: Table) -> int:
    heads = [plain(c.text).lower() for c in table.rows[0].cells] if table.rows else []
    return next((i for i, head in enumerate(heads) if i and head.startswith("action")), -1)


def _owner_columns(table: Table) -> frozenset[int]:
    """Columns that say who is to do it: a name there is no action and belongs to no wording.

    Some write there what is to be done as well, which is one.
    """
    heads = [plain(c.text).lower() for c in table.rows[0].cells] if table.rows else []
    return frozenset(i for i, head in enumerate(heads) if i and OWNER.match(head))


def words_of(element: Any) -> str:
    """The words of a paragraph's XML as they are printed, with tabs and line breaks."""
    out = []
    for node in element.iter():
        if node.tag == f"{W}t":
            if not any(a.tag in (f"{W}del", f"{W}moveFrom") for a in node.iterancestors()):
                out.append(node.text or "")
        elif node.tag in BREAKS and node.getparent().tag == f"{W}r":
            out.append(BREAKS[node.tag])
    return "".join(out)


def _set_off(block: WordParagraph) -> bool:
    style = (block.style.name or "") if block.style is not None else ""
    if style.lower().startswith(("heading", "title")):
        return True
    runs = [r for r in block.runs if r.text.strip()]
    return bool(runs) and all(r.bold for r in runs)
