"""Reads the answers of ModernGov's web service: which one it is, and what is listed in it.

An answer with status 200 may be anything: a page of HTML, an error, another council's data. What is
not one of the known answers says what it is instead.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matters_arising.errors import BadInputError
from transcripts.sources.clock import clock_of
from transcripts.sources.contacts import without_contacts
from transcripts.sources.web import Answer

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|script)", re.I | re.S)
ESCAPED = 0xDC00  # Python's surrogateescape puts a byte that is no UTF-8 here
STRAY = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));")
INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting as a list has it; ``start`` is ``18:30``, ``status`` the council's own words."""

    id: str
    committee_id: str
    committee: str
    day: date
    status: str
    start: str

    @property
    def cancelled(self) -> bool:
        """Whether it will not take place on this day."""
        return bool(re.match(r"cancel|postpon|abandon|deleted", self.status, re.IGNORECASE))


def root_of(answer: Answer, *names: str) -> Element:
    """The element of one of these names in an answer; BadInputError where it is something else."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    text = without_invalid(DECLARATION.sub("", DOCTYPE.sub("", decoded(answer)), count=1))
    try:
        root: Element = ElementTree.fromstring(text, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError, ValueError) as fault:
        raise BadInputError(
            f"{answer.address} does not answer with whole XML ({told(text, fault)})"
        ) from fault
    found = next((e for e in root.iter() if local(e) in names), None)
    if found is None and PAGE.match(text):
        raise BadInputError(f"{answer.address} answers with {told(text)}")
    if found is None:
        raise BadInputError(
            f"{answer.address} answers with <{local(root)}> where <{names[0]}> was asked for"
        )
    return found


def decoded(answer: Answer) -> str:
    """The characters, by the bytes themselves, then by what the server says, then old Windows.

    What is UTF-8 but for a byte or two that somebody pasted is UTF-8.
    """
    data = answer.data
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    text = data.decode("utf-8-sig", errors="surrogateescape")
    strays = len(STRAY.findall(text))
    if strays <= len(BEYOND_ASCII.findall(text)) - strays:
        return STRAY.sub(_of_windows, text)
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w-]+)", data)
    names = (answer.charset, declared[1].decode() if declared else "", "cp1252")
    for name in filter(None, names):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _of_windows(stray: re.Match[str]) -> str:
    """The character of a byte that is no UTF-8."""
    return bytes([ord(stray[0]) - ESCAPED]).decode("cp1252", errors="replace")


def without_invalid(text: str) -> str:
    """XML without the characters that may not stand in it, as such or as a reference."""
    return INVALID.sub("", REFERENCE.sub(_if_valid, text))


def _if_valid(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    valid = number <= sys.maxunicode and not INVALID.match(chr(number))
    return reference[0] if valid else ""


def told(text: str, fault: Exception | None = None) -> str:
    """What an answer is that is no XML."""
    begins = " ".join(text.split())[:60]
    if PAGE.match(text):
        return f"a page of HTML: “{begins}”"
    return f"{fault}; it begins “{begins}”" if begins else "it is empty"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A meeting of a list that cannot be asked for, and why."""

    committee: str
    why: str


def listed_in(root: Element) -> tuple[list[Listed], list[Unreadable]]:
    """The meetings of ``GetMeetings`` or ``GetAllMeetingsByDate``, and those without id or day."""
    told = [_listed(meeting, committee) for meeting, committee in _entries(root)]
    found = [t for t in told if isinstance(t, Listed)]
    return found, [t for t in told if isinstance(t, Unreadable)]


def _entries(root: Element) -> Iterator[tuple[Element, Element]]:
    """Each meeting of a list, with the element that names its committee."""
    if local(root) == "getmeetings":
        for committee in children(root, "committee"):
            for meeting in children(committee, "committeemeetings/meeting"):
                yield meeting, committee
        return
    yield from ((m, m) for m in children(root, "meetings/meeting"))


def _listed(meeting: Element, committee: Element) -> Listed | Unreadable:
    told = plain_of(meeting, "meetingdate")
    day = day_of(told)
    identity = text_of(meeting, "meetingid")
    if day is None or not identity.isdigit():
        why = f"its id ('{plain(identity)}') or its day ('{told}') cannot be read"
        return Unreadable(plain_of(committee, "committeetitle"), why)
    return Listed(
        id=identity,
        committee_id=text_of(committee, "committeeid"),
        committee=plain_of(committee, "committeetitle"),
        day=day,
        status=plain_of(meeting, "meetingstatus"),
        start=clock_of(text_of(meeting, "meetingtime")),
    )


def day_of(text: str) -> date | None:
    """``15/07/2025``; None for what is no day."""
    found = DAY.search(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def local(element: Element) -> str:
    """A tag without its namespace, in small letters."""
    return str(element.tag).rpartition("}")[2].lower()


def children(element: Element, path: str) -> Iterator[Element]:
    """The elements at a path, whatever their namespace."""
    yield from element.findall("/".join(f"{{*}}{step}" for step in path.split("/")))


def text_of(element: Element, name: str) -> str:
    """The text of a child; empties hold a newline and spaces."""
    found = element.find(f"{{*}}{name}")
    return (found.text or "").strip() if found is not None else ""


def plain_of(element: Element, name: str) -> str:
    """Text of one line, unescaped once more than the XML was, without contact details."""
    return plain(text_of(element, name))


def plain(text: str) -> str:
    """The same for a text that is at hand."""
    return without_contacts(" ".join(html.unescape(html.unescape(text)).split()))


def is_true(element: Element, name: str) -> bool:
    """``True``; anything else is not."""
    return text_of(element, name).lower() == "true"
