"""ModernGov's pages: a meeting's (``ieListDocuments``), an item's (``mgAi``), a decision's.

Text without a sub-heading is the agenda's and not taken; "Minutes:" and "Decision:" are. An item
that is not public links to the reasons why (``mgReasonsRestricted``), and so does a paper of one
that is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

from transcripts.minutes_from.labels import plain
from transcripts.minutes_from.markup import paragraphs_under
from transcripts.minutes_from.paper import Paper, Section, day_in

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

FORM = "ModernGov page"
PARTS = (
    "p.mgAiTitleTxt, p.mgSubItemTitleTxt, h3.mgSubSubTitleTxt, h2.mgSubSubTitleTxt, div.mgWordPara"
    ", a[href*='easonsrestricted' i]"
)
_SIZE = re.compile(r"\s*(?:PDF|DOCX?|XLSX?)\s+\d+(?:\.\d+)?\s*[KM]B\s*$")
_NUMBER = re.compile(r"^\(?(\d+[a-z]?(?:\.\d+)*)[.)]*$")
_ANCHOR = re.compile(r"^AI(\d+)$")


def is_page(tree: LexborHTMLParser) -> bool:
    """Whether this is a page of ModernGov."""
    return tree.css_first(".mgAiTitleTxt, .mgWordPara, #modgov") is not None


def read_page(tree: LexborHTMLParser, address: str = "") -> Paper:
    """What a page holds of minutes and decisions, an item a section."""
    sections = [_titled(tree, address)]
    mode, number = "", ""
    for node in tree.css(PARTS):
        classes = (node.attributes.get("class") or "").split()
        if node.tag == "a":
            if _is_of_item(node, sections[-1]):
                sections[-1] = replace(sections[-1], restricted=True)
        elif "mgWordPara" in classes:
            sections[-1] = _taken(sections[-1], mode, node)
        elif "mgAiTitleTxt" in classes:
            text = _SIZE.sub("", plain(node.text()))
            if found := _NUMBER.match(text):
                number, mode = found[1], ""
                link = _cited(node, address)
                sections.append(Section((), item=number, minute_no=number, link=link))
            elif text:
                sections, mode = _with_title(sections, text, number), ""
        else:
            mode = plain(node.text()).strip(" :").lower()
    held = tuple(s for s in sections if s.title or s.paragraphs or s.decision)
    return Paper(FORM, held, _day(tree))


def _titled(tree: LexborHTMLParser, address: str) -> Section:
    """A page of one item or decision has its title at the head."""
    title = tree.css_first(".mgSubTitleTxt")
    alone = tree.css_first(".mgAiTitleTxt") is None
    return Section(
        (),
        title=plain(title.text()) if title is not None and alone else "",
        link=address if alone else "",
    )


def _with_title(sections: list[Section], text: str, number: str) -> list[Section]:
    last = sections[-1]
    if last.item == number and not last.title and number:
        return [*sections[:-1], replace(last, title=text)]
    return [*sections, Section((), title=text)]


def _taken(section: Section, mode: str, node: LexborNode) -> Section:
    found = tuple(paragraphs_under(node))
    if mode.startswith("minute"):
        return replace(section, paragraphs=section.paragraphs + found)
    if mode.startswith("decision"):
        return replace(section, decision=section.decision + found)
    return section


def _is_of_item(link: LexborNode, section: Section) -> bool:
    """Whether reasons are those of the item, not of a paper of it; yes where nobody can tell."""
    query = parse_qs(urlsplit(link.attributes.get("href") or "").query.upper())
    kind, number = (query.get(name, [""])[0] for name in ("OT", "OID"))
    own = parse_qs(urlsplit(section.link).query).get("ID", [""])[0]
    return kind in ("", "I") or not own or own == number


def _cited(node: LexborNode, address: str) -> str:
    """The address of the item itself, where the page gives its number and its own address."""
    for anchor in node.css("a"):
        name = anchor.attributes.get("name") or anchor.attributes.get("id") or ""
        if address and (found := _ANCHOR.match(name)):
            return urljoin(address, f"mgAi.aspx?ID={found[1]}")
    return ""


def _day(tree: LexborHTMLParser) -> date | None:
    for label in tree.css(".mgLabel"):
        parent = label.parent
        if parent is not None and "Date of decision" in label.text():
            return day_in(parent.text())
    heads = tree.css(".mgSubTitleTxt, h1, h2, title")
    return next((d for d in (day_in(h.text()) for h in heads) if d), None)
