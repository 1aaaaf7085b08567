"""PDF that holds text: lines of all pages, without the headers and footers that pages repeat."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence

from matters_arising.errors import BadInputError
from transcripts.minutes_from.lines import paragraphs_from
from transcripts.minutes_from.paper import Paragraph

FORM = "PDF"
MOST_PAGES = 1500
EDGE = 3  # lines at the head and the foot of a page that may be repeated ones
PAGE_NUMBER = re.compile(r"^\s*(?:page\s*)?-?\s*\d{1,4}\s*-?(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.I)


def read_pdf(data: bytes, name: str) -> list[Paragraph]:
    """The paragraphs of a PDF. BadInputError where it is locked, broken or only pictures."""
    pages = [text.splitlines() for text in _texts(data, name)]
    if not any(line.strip() for page in pages for line in page):
        raise BadInputError(
            f"{name} holds no text, only pictures of pages: have its text recognised (OCR) and "
            "give the result, or ask the council for the document itself"
        )
    repeated = _repeated(pages)
    lines: list[str] = []
    for page in pages:
        kept = _kept(page, repeated)
        if lines and kept and not _goes_on(lines, kept):
            lines.append("")
        lines += kept
    return paragraphs_from(lines)


def _texts(data: bytes, name: str) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells of every oddity of a file
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInputError(
                f"{name} is locked with a password: save it without one and give that file"
            )
        if len(reader.pages) > MOST_PAGES:
            raise BadInputError(
                f"{name} has {len(reader.pages)} pages; minutes of one meeting are wanted, not a "
                "whole agenda pack"
            )
        return [page.extract_text(extraction_mode="layout") for page in reader.pages]
    except BadInputError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError,
            IndexError, OSError, NotImplementedError) as fault:  # fmt: skip
        raise BadInputError(
            f"{name} is not a whole PDF ({type(fault).__name__}): download it again, or open it "
            "and print it to a new PDF"
        ) from fault


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines that stand at the edge of most pages, told without their numbers."""
    seen = Counter(
        form
        for page in pages
        for form in {_form(x) for x in (*_filled(page)[:EDGE], *_filled(page)[-EDGE:])}
    )
    least = max(2, len(pages) // 2)
    return frozenset(form for form, times in seen.items() if times >= least and len(pages) > 1)


def _filled(page: Sequence[str]) -> list[str]:
    return [line for line in page if line.strip()]


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).lower()


def _kept(page: Sequence[str], repeated: frozenset[str]) -> list[str]:
    filled = [i for i, line in enumerate(page) if line.strip()]
    edges = {*filled[:EDGE], *filled[-EDGE:]}
    out = [
        line
        for i, line in enumerate(page)
        if not (i in edges and (_form(line) in repeated or PAGE_NUMBER.match(line)))
    ]
    while out and not out[0].strip():
        out.pop(0)
    while out and not out[-1].strip():
        out.pop()
    return out


def _goes_on(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a sentence runs over the turn of the page."""
    last = before[-1].rstrip()
    return bool(last) and not last.endswith((".", ":", ";")) and after[0].strip()[:1].islower()
