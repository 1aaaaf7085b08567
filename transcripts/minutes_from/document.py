"""Tells what kind of document some bytes are, and reads it. What is not minutes says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matters_arising.errors import BadInputError
from transcripts.meeting import AgendaItem
from transcripts.minutes_from.open_part import open_part
from transcripts.minutes_from.paper import Paper, Paragraph, day_in
from transcripts.minutes_from.sections import sections_of

MOST_BYTES = 32_000_000
XML = re.compile(rb"^\s*(?:<\?xml\b|<(?:\w+:)?(?:meeting|Envelope|getmeetings)\b)")
HTML = re.compile(rb"<(?:!doctype html|html|head|body|div|table|script|p|h1)\b", re.IGNORECASE)
OLD_WORD, RTF, ZIP, PDF = b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04", b"%PDF-"
TOLD_APART = re.compile(
    r"\b(?:minutes|RESOLVED|Resolved|RECOMMENDED|AGREED|resolved that|apologies|the committee)\b",
    re.IGNORECASE,
)
PREAMBLE = 12  # paragraphs in which a document tells its day


def read_document(
    data: bytes, name: str, *, agenda: Sequence[AgendaItem] = (), address: str = ""
) -> Paper:
    """The open part of a document of minutes. BadInputError says what it is instead."""
    if not data.strip():
        raise BadInputError(f"{name} is empty")
    check_size(len(data), name)
    return open_part(_read(data, name, agenda, address))


def check_size(size: int, name: str) -> None:
    """BadInputError for more than minutes can be."""
    if size > MOST_BYTES:
        raise BadInputError(
            f"{name} has {size // 1_000_000} MB; minutes have at most "
            f"{MOST_BYTES // 1_000_000}: give the minutes alone, not the agenda pack"
        )


def _read(data: bytes, name: str, agenda: Sequence[AgendaItem], address: str) -> Paper:
    if data.startswith(OLD_WORD) or data.startswith(RTF):
        raise BadInputError(
            f"{name} is a document of an older word processor: open it, save it as DOCX and give "
            "that file"
        )
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    # XHTML begins as XML does, and is a page all the same
    if XML.match(head) and not re.search(rb"<(?:!doctype\s+)?html\b", head, re.IGNORECASE):
        from transcripts.minutes_from.moderngov_xml import read_xml

        return read_xml(data, name, address)
    if data.startswith(ZIP) or PDF in data[:1024]:
        return _of_paragraphs(*_office(data, name), name, agenda)
    if HTML.search(head):
        return _page(data, name, agenda, address)
    from transcripts.minutes_from.text import FORM, read_text

    return _of_paragraphs(read_text(data, name), FORM, name, agenda)


def _office(data: bytes, name: str) -> tuple[list[Paragraph], str]:
    if data.startswith(ZIP):
        from transcripts.minutes_from.word import FORM, read_docx

        return read_docx(data, name), FORM
    from transcripts.minutes_from.pdf import FORM as PDF_FORM
    from transcripts.minutes_from.pdf import read_pdf

    return read_pdf(data, name), PDF_FORM


def _page(data: bytes, name: str, agenda: Sequence[AgendaItem], address: str) -> Paper:
    from selectolax.lexbor import LexborHTMLParser

    from transcripts.minutes_from.markup import DEEPEST, nested, paragraphs_under
    from transcripts.minutes_from.moderngov_page import is_page, read_page
    from transcripts.minutes_from.text import decoded

    html = decoded(data, name)
    if nested(html) > DEEPEST:
        raise BadInputError(f"{name} is nested deeper than any page that people write; not read")
    tree = LexborHTMLParser(html)
    if is_page(tree):
        return _held(read_page(tree, address), name)
    if tree.css_first("input[type=password]") is not None:
        raise BadInputError(
            f"{name} is a page to sign in on, not minutes: give the address of the public page, "
            "or save the minutes as a file"
        )
    body = tree.body
    paragraphs = paragraphs_under(body) if body is not None else []
    return _of_paragraphs(paragraphs, "HTML page", name, agenda)


def _held(paper: Paper, name: str) -> Paper:
    if not any(s.paragraphs or s.decision for s in paper.sections):
        raise BadInputError(
            f"{name} holds an agenda but no minutes or decisions: they may not be published yet"
        )
    return paper


def _of_paragraphs(
    paragraphs: list[Paragraph], form: str, name: str, agenda: Sequence[AgendaItem]
) -> Paper:
    text = " ".join(p.text for p in paragraphs)
    if len(TOLD_APART.findall(text)) < 2:
        begins = " ".join(text.split())[:60]
        told = f" (it begins “{begins}”)" if begins else ", and holds no words"
        raise BadInputError(
            f"{name} does not read like minutes{told}: give the minutes themselves as ModernGov "
            "XML or page, DOCX, PDF with text, or plain text"
        )
    head = " ".join(p.text for p in paragraphs[:PREAMBLE])
    return Paper(form, sections_of(paragraphs, agenda), day_in(head), head=head)
