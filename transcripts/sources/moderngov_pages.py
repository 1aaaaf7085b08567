"""ModernGov's pages, for installs whose web service is turned off: slower, and they tell less.

Links are told by where they lead, never by where they stand, for each council has its own style.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit
from xml.etree import ElementTree as ET

from dateutil import parser as dates

from matters_arising.errors import BadInputError, MattersArisingError
from transcripts.meeting import AgendaItem
from transcripts.minutes_from.markup import DEEPEST, nested
from transcripts.minutes_from.moderngov_page import is_page, read_page
from transcripts.minutes_from.open_part import open_part
from transcripts.minutes_from.paper import Paper, Paragraph, Section
from transcripts.sources.asked import Asked
from transcripts.sources.clock import clock_of
from transcripts.sources.contacts import without_contacts
from transcripts.sources.meeting import SourceFile, SourceMeeting
from transcripts.sources.moderngov_answers import Listed, decoded, plain
from transcripts.sources.moderngov_people import (
    ABSENT,
    Member,
    aliases_of,
    attendance_of,
    bare_name,
    chair_of,
    is_somebody,
    kind_of,
    people_on,
)
from transcripts.sources.web import Answer, Web

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

ACCEPT = "text/html,application/xhtml+xml"
WRITTEN_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8},?\s+\d{4}\b|\b\d{1,2}/\d{1,2}/\d{4}\b"
)
PRINTED = re.compile(r"printed\s+(?:draft\s+)?minutes", re.IGNORECASE)


class Pages:
    """A council's pages. ``faults`` are sentences about what could not be read, ``unread`` the keys
    of its meetings among it.
    """

    def __init__(
        self,
        base: str,
        web: Web,
        committees: Sequence[int],
        wanted: Callable[[str], bool],
        asked: Asked,
    ) -> None:
        self.faults: list[str] = []
        self.unread: list[str] = []
        self._asked = asked
        self._base, self._web = base, web
        self._committees, self._wanted = committees, wanted

    def meetings(
        self,
        since: datetime.date,
        until: datetime.date,
        source: str,
        council: str,
        language: str,
    ) -> Iterator[SourceMeeting]:
        """The meetings of these days; each costs two pages."""
        for entry in self._listed(since, until):
            try:
                yield self._meeting(entry, source, council, language)
            except MattersArisingError as fault:
                self.unread.append(f"{source}:{entry.id}")
                self.faults.append(f"meeting {entry.id} of {entry.committee}: {fault}")

    def _page(self, name: str) -> tuple[LexborHTMLParser, Answer]:
        answer = self._web.read(f"{self._base}/{name}", accept=ACCEPT)
        return parsed(answer), answer

    def _listed(self, since: datetime.date, until: datetime.date) -> Iterator[Listed]:
        for cid, name in self.names():
            if not self._wanted(name) and name:
                continue
            try:
                found, undated = self._asked.once(
                    f"committee {cid}", partial(self._of_committee, cid, name)
                )
            except MattersArisingError as fault:
                self.faults.append(f"the meetings of {name or cid}: {fault}")
                continue
            self.faults += undated
            yield from (m for m in found if since <= m.day <= until)

    def _of_committee(self, cid: int, name: str) -> tuple[list[Listed], list[str]]:
        """The meetings of a committee, and sentences about those of no day."""
        tree, answer = self._page(f"ieListMeetings.aspx?CId={cid}&Year=0")
        committee = name or committee_of(tree)
        if not committee or not self._wanted(committee):
            return [], []
        found, undated = meetings_in(tree, answer.address, str(cid), committee)
        return found, [
            f"a meeting of {committee} was left out: {answer.address} tells no day of "
            f"number {identity}"
            for identity in undated
        ]

    def names(self) -> list[tuple[int, str]]:
        """Numbers and names of committees; the names of configured ones are on their pages."""
        if self._committees:
            return [(cid, "") for cid in self._committees]
        return self._asked.once("committees", self._names)

    def _names(self) -> list[tuple[int, str]]:
        tree, answer = self._page("mgListCommittees.aspx?bcr=1")
        seen: dict[int, str] = {}
        for link, query in links(tree, answer.address, "mgcommitteedetails", "ielistmeetings"):
            number = query.get("id") or query.get("cid") or query.get("committeeid") or ""
            if number.isdigit() and plain(link.text()):
                seen.setdefault(int(number), plain(link.text()))
        if not seen:
            raise BadInputError(
                f"{answer.address} lists no committee: give committee_ids in matters.toml"
            )
        return list(seen.items())

    def _meeting(self, entry: Listed, source: str, council: str, language: str) -> SourceMeeting:
        paper, address, files = self._asked.once(
            f"meeting {entry.id}", lambda: self._paper(entry, source)
        )
        attending, lacks = self._attending(entry.id)
        return SourceMeeting(
            keys=(f"{source}:{entry.id}",),
            council=council,
            committee=entry.committee,
            date=entry.day,
            start=entry.start,
            title=f"{entry.committee}, {entry.day:%-d %B %Y}",
            language=language,
            chair=chair_of(attending),
            page=address,
            status=entry.status,
            cancelled=entry.cancelled,
            people=people_on(entry.day, attending, ()),
            agenda=tuple(
                AgendaItem(s.item, s.title, s.restricted)
                for s in paper.sections
                if s.title and s.item
            ),
            files=files,
            lacks=lacks,
        )

    def _paper(self, entry: Listed, source: str) -> tuple[Paper, str, tuple[SourceFile, ...]]:
        """What the page of a meeting says, where it is, and its minutes."""
        tree, answer = self._page(
            f"ieListDocuments.aspx?CId={entry.committee_id}&MId={entry.id}&Ver=4"
        )
        if not is_page(tree):
            raise BadInputError(f"{answer.address} is not the page of a meeting")
        paper = open_part(read_page(tree, answer.address))
        return paper, answer.address, _minutes(paper, entry, answer, source)

    def _attending(self, identity: str) -> tuple[list[Member], tuple[str, ...]]:
        """Who was there, and what is lacking where the page does not say."""
        try:
            return self._asked.once(f"attendance {identity}", lambda: self._rows(identity)), ()
        except BadInputError:  # not every install shows it
            return [], ("people", "chair")

    def _rows(self, identity: str) -> list[Member]:
        tree, answer = self._page(f"mgMeetingAttendance.aspx?ID={identity}")
        return attending_in(tree, answer.address)


def parsed(answer: Answer) -> LexborHTMLParser:
    """The tree of a page; BadInputError for one that nests deeper than people write."""
    from selectolax.lexbor import LexborHTMLParser

    html = decoded(answer)
    if nested(html) > DEEPEST:
        raise BadInputError(f"{answer.address} is nested deeper than any page that people write")
    return LexborHTMLParser(html)


def links(
    tree: LexborHTMLParser, address: str, *pages: str
) -> Iterator[tuple[LexborNode, dict[str, str]]]:
    """Links to pages of these names, with the values of their query by small-letter name."""
    for link in tree.css("a[href]"):
        parts = urlsplit(urljoin(address, link.attributes.get("href") or ""))
        if any(f"{page}.aspx" in parts.path.lower() for page in pages):
            yield link, {k.lower(): v[0] for k, v in parse_qs(parts.query).items()}


def meetings_in(
    tree: LexborHTMLParser, address: str, committee_id: str, committee: str
) -> tuple[list[Listed], list[str]]:
    """The meetings that a committee's page links to, each once, and the ids of those of no day."""
    found: dict[str, Listed] = {}
    seen: dict[str, None] = {}
    for link, query in links(tree, address, "ielistdocuments"):
        identity = query.get("mid") or query.get("meetingid") or ""
        around = plain(link.parent.text() if link.parent is not None else link.text())
        day = written_day(plain(link.text())) or written_day(around)
        if identity.isdigit():
            seen[identity] = None
        if identity.isdigit() and day is not None:
            status = "Cancelled" if re.search(r"cancel", around, re.IGNORECASE) else ""
            start = clock_of(WRITTEN_DAY.sub("", plain(link.text())))
            found.setdefault(
                identity, Listed(identity, committee_id, committee, day, status, start)
            )
    return list(found.values()), [i for i in seen if i not in found]


def written_day(text: str) -> datetime.date | None:
    """``15 Jul 2025`` or ``15/07/2025`` in a text."""
    found = WRITTEN_DAY.search(text)
    try:
        return dates.parse(found[0], dayfirst=True).date() if found else None
    except (ValueError, OverflowError):
        return None


def committee_of(tree: LexborHTMLParser) -> str:
    """Whose meetings a page lists, by its heading ("Browse meetings - …")."""
    for heading in tree.css("h1, h2, .mgSubTitleTxt, title"):
        found = re.match(r"(?:Browse )?meetings\s*[-–:]\s*(.+)", plain(heading.text()), re.I)
        if found:
            return found[1].strip()
    sub = tree.css_first("h2.mgSubTitleTxt")
    return plain(sub.text()) if sub is not None else ""


def attending_in(tree: LexborHTMLParser, address: str) -> list[Member]:
    """A row a person: who, in what role, and last how they attended."""
    found = []
    for row in tree.css("tr"):
        cells = [plain(c.text()) for c in row.css("td, th")]
        link = next((x for x in row.css("a[href]") if "mgUserInfo" in str(x.attributes)), None)
        name = plain(link.text()) if link is not None else ""
        if is_somebody(name) and len(cells) >= 2 and not ABSENT.match(cells[-1]):
            role = cells[1] if len(cells) > 2 else ""
            found.append(_member(name, role, cells[-1], str((link or row).attributes)))
    return found


def _member(printed: str, role: str, attendance: str, link: str) -> Member:
    from transcripts.meeting import Person

    identity = re.search(r"UID=(\d+)", link)
    name = bare_name(printed)
    person = Person(
        name=name,
        role=role,
        kind=kind_of(role, printed, ""),
        aliases=aliases_of(printed, name, role),
        attendance=attendance_of(attendance),
    )
    return Member(identity[1] if identity else "", person)


def printed_minutes(answer: Answer) -> str:
    """The address of the printed minutes that a meeting's page links to; the ``?T=`` belongs."""
    for link in parsed(answer).css("a[href]"):
        href = link.attributes.get("href") or ""
        if PRINTED.search(f"{href} {link.text()}".replace("%20", " ")):
            return urljoin(answer.address, href.replace(" ", "%20"))
    return ""


def _minutes(paper: Paper, entry: Listed, answer: Answer, source: str) -> tuple[SourceFile, ...]:
    """The minutes or decisions on the page, in the form of the web service; else printed ones."""
    has_minutes = any(s.paragraphs for s in paper.sections)
    if has_minutes or any(s.decision for s in paper.sections):
        kind, status = ("minutes", "draft") if has_minutes else ("decisions", "")
        data = as_service(paper.sections, entry, answer.address)
        return (SourceFile(kind, answer.address, source, data, ".xml", status=status),)
    printed = printed_minutes(answer)
    if printed:
        return (SourceFile("minutes", printed, source, suffix=".pdf", status="draft"),)
    return ()


def as_service(sections: Sequence[Section], entry: Listed, address: str) -> bytes:
    """What a page says of its items, as ``GetMeeting`` would."""
    made = ET.Element("meeting", {"address": address})
    for name, text in (("meetingid", entry.id), ("meetingdate", f"{entry.day:%d/%m/%Y}")):
        ET.SubElement(made, name).text = text
    items = ET.SubElement(made, "agendaitems")
    for section in sections:
        item = ET.SubElement(items, "agendaitem")
        identity = re.search(r"mgAi\.aspx\?ID=(\d+)", section.link)
        for name, text in (
            ("agendaitemid", identity[1] if identity else ""),
            ("agendaitemtitle", escape(section.title, quote=False)),
            ("fulldisplaynumberformat", section.item),
            ("minutesitemnumber", section.minute_no),
            ("minutesnonemptyhtmlbody", _html(section.paragraphs)),
            ("decisionnonemptyhtmlbody", _html(section.decision)),
            ("isrestricted", "True" if section.restricted else ""),
        ):
            if text:
                ET.SubElement(item, name).text = without_contacts(text)
    ET.indent(made)
    return bytes(ET.tostring(made, encoding="utf-8", xml_declaration=True)) + b"\n"


def _html(paragraphs: Sequence[Paragraph]) -> str:
    return "".join(
        f"<p>{escape(f'{p.label} {p.text}'.strip(), quote=False)}</p>" for p in paragraphs
    )
