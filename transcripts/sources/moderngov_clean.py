"""What is kept of ``GetMeeting``: a new document of the parts that are the public record.

Written anew from a list of what is taken, so that what is not on it cannot be kept by oversight:
photographs, addresses, authors, links to restricted papers, and the text of restricted items.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from transcripts.meeting import AgendaItem
from transcripts.sources.contacts import without_contacts
from transcripts.sources.moderngov_answers import children, is_true, local, plain_of, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MEETING = (
    "meetingid meetingdate meetingstatus meetingtime meetingactualstarttime agendapublished "
    "decisionpublished minutepublished"
).split()
ITEM = (
    "agendaitemid agendaitemtitle agendaitemnumber agendaitemsubnumber fulldisplaynumberformat "
    "minutesitemnumber minutesitemsubnumber isrestricted isdisplayallowed"
).split()
OPEN_ITEM = (
    "commentlabel1 commenttext1 commentlabel2 commenttext2 minutesnonemptyhtmlbody "
    "decisionnonemptyhtmlbody"
).split()


def agenda_of(root: Element) -> tuple[AgendaItem, ...]:
    """The items in their order; the printed number, not ModernGov's own count."""
    found = []
    for n, item in enumerate(children(root, "agendaitems/agendaitem"), 1):
        title = plain_of(item, "agendaitemtitle")
        if title:
            number = text_of(item, "fulldisplaynumberformat").strip(" .")
            found.append(AgendaItem(number or f"{n}", title, is_restricted(item)))
    return tuple(found)


def is_restricted(item: Element) -> bool:
    """Whether an item is taken without the public; a flag that cannot be read says that it is."""
    restricted, shown = (text_of(item, n).lower() for n in ("isrestricted", "isdisplayallowed"))
    return restricted not in ("", "false") or shown not in ("", "true")


def minutes_of(root: Element, address: str) -> bytes:
    """The published minutes as XML that ``matters minutes`` reads; empty while there are none."""
    if not is_true(root, "minutepublished"):
        return b""
    return _written(root, address, OPEN_ITEM)


def decisions_of(root: Element, address: str) -> bytes:
    """The published decisions of a meeting whose minutes are not there yet; empty for none."""
    if is_true(root, "minutepublished") or not is_true(root, "decisionpublished"):
        return b""
    kept = [n for n in OPEN_ITEM if n != "minutesnonemptyhtmlbody"]
    return _written(root, address, kept, without=("minutepublished",))


def _written(
    root: Element, address: str, open_item: list[str], without: tuple[str, ...] = ()
) -> bytes:
    made = ET.Element("meeting", {"address": address})
    for name in MEETING:
        if name not in without:
            _copied(made, root, name)
    items = ET.SubElement(made, "agendaitems")
    held = False
    for item in children(root, "agendaitems/agendaitem"):
        kept = ET.SubElement(items, "agendaitem")
        names = ITEM if is_restricted(item) else [*ITEM, *open_item]
        for name in names:
            _copied(kept, item, name)
        held = held or any(local(e).endswith("htmlbody") for e in kept)
    if not held:  # published in name only; most often they are a PDF
        return b""
    ET.indent(made)
    return bytes(ET.tostring(made, encoding="utf-8", xml_declaration=True)) + b"\n"


def _copied(to: Element, element: Element, name: str) -> None:
    text = text_of(element, name)
    if not text:
        return
    text = without_contacts(text)
    is_body = name.endswith("htmlbody")
    # a body that was escaped once too often is put right; titles are left for their reader to
    if is_body and text.startswith("&lt;"):
        text = html.unescape(text)
    ET.SubElement(to, name).text = text
