"""Plain text in whichever encoding an office program left it."""

from __future__ import annotations

import codecs

from matters_arising.errors import BadInputError
from transcripts.minutes_from.lines import paragraphs_from
from transcripts.minutes_from.paper import Paragraph

FORM = "text"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes, name: str) -> list[Paragraph]:
    """The paragraphs of a text file. BadInputError where it is not text."""
    return paragraphs_from(decoded(data, name).splitlines())


def decoded(data: bytes, name: str) -> str:
    """The characters of a file: by its mark, else UTF-8, else the encoding of old Windows."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:4096]:
        raise BadInputError(
            f"{name} is neither text nor a form of minutes that can be read (ModernGov XML or "
            "page, DOCX, PDF, text)"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
