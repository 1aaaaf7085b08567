"""ModernGov: a council's meetings, people, agendas, minutes and decisions from its web service.

The service sends no marks to tell what is new by, so each meeting of the last days is read again
and compared by what it says. Pages are read only where the configuration says so: they tell less,
and a service that is down for an evening must not make a meeting forget its people.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from matters_arising.errors import BadInputError, MattersArisingError, TransientError
from transcripts.sources.asked import Asked
from transcripts.sources.config import CouncilConfig, SourceConfig
from transcripts.sources.meeting import Saved, SourceFile, SourceMeeting
from transcripts.sources.moderngov_answers import (
    Listed,
    children,
    is_true,
    listed_in,
    root_of,
    text_of,
)
from transcripts.sources.moderngov_clean import agenda_of, decisions_of, minutes_of
from transcripts.sources.moderngov_people import (
    Member,
    at_meeting,
    chair_of,
    members_of,
    people_on,
)
from transcripts.sources.saved_check import check_saved
from transcripts.sources.web import Answer, Web

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from transcripts.sources.moderngov_pages import Pages

SERVICE = "{base}/mgWebService.asmx/{operation}"
PAGE = "{base}/ieListDocuments.aspx?MId={id}"
TURNED_OFF = (
    "where its web service is turned off for good, write pages = true for it in matters.toml"
)
ACCEPT = "text/xml,application/xml,text/html;q=0.5"


@dataclass(frozen=True, slots=True)
class _Told:
    """A meeting as its answer tells of it, and its people apart from the roster.

    ``in_print``: its minutes are said to be published, and are not in the answer.
    """

    meeting: SourceMeeting
    attending: list[Member]
    absent: list[Member]
    in_print: bool


class ModernGov:
    """A council's ModernGov, as one source."""

    def __init__(
        self,
        config: SourceConfig,
        council: CouncilConfig,
        web: Web,
        *,
        wanted: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """``wanted``: whether the meetings of a committee, by its name, are to be asked for."""
        self.name = config.name or config.kind
        self.council = council.name
        self.faults: list[str] = []
        self.unread: list[str] = []
        self._asked = Asked()
        self._lacks: tuple[str, ...] = ()
        self._config, self._language, self._web = config, council.language, web
        self._wanted = wanted
        self._base = config.url.split("/mgWebService.asmx")[0]

    @property
    def unfinished(self) -> bool:
        """Whether the network failed at any of it."""
        return self._asked.unfinished

    def meetings(self, since: datetime.date, until: datetime.date) -> Iterator[SourceMeeting]:
        """The meetings of these days; within a run, each is read once that can be."""
        self.faults, self.unread = [], []
        self._lacks = ()
        self._asked.unfinished = False
        if self._config.pages:
            yield from self._from_pages(since, until)
            return
        listed = self._listed(since, until)
        roster = self._roster() if listed else []
        for entry in listed:
            try:
                meeting = self._meeting(entry, roster)
                if meeting is not None:
                    yield meeting
            except MattersArisingError as fault:
                self.unread.append(f"{self.name}:{entry.id}")
                self.faults.append(f"meeting {entry.id} of {entry.committee}: {fault}")

    def save(self, file: SourceFile, to: Path, known: Saved) -> Saved:
        """Saves a paper that is not part of an answer, such as printed minutes."""
        saved = self._web.save(file.address, to, known)
        if not saved.unchanged:
            check_saved(file.kind, to, file.address)
        return saved

    def describe(self) -> list[str]:
        """How many committees there are, or why the service does not say."""
        if self._config.pages:
            return [f"{self._base}: {len(self._pages().names())} committees", self._hosts()]
        root = self._first("GetCommittees", "committees")
        names = [
            text_of(c, "committeetitle")
            for c in children(root, "committee")
            if text_of(c, "committeedeleted").lower() != "true"
        ]
        return [f"{self._base}: {len(names)} committees", self._hosts()]

    def _hosts(self) -> str:
        pause = f"a pause of {self._config.pause_s:g} s between two questions"
        return f"asks {', '.join(self._web.hosts)}, with {pause}; {self._config.days} days back"

    def _ask(self, operation: str, **parameters: object) -> Answer:
        query = "&".join(f"{k}={v}" for k, v in parameters.items())
        address = SERVICE.format(base=self._base, operation=operation)
        return self._web.read(f"{address}?{query}" if query else address, accept=ACCEPT)

    def _first(self, operation: str, name: str, **parameters: object) -> Element:
        """A list, without which there is nothing to ask for; says what to do where none comes."""
        try:
            return self._asked.once(
                f"{operation} {parameters}",
                lambda: root_of(self._ask(operation, **parameters), name),
            )
        except MattersArisingError as fault:
            kind = TransientError if isinstance(fault, TransientError) else BadInputError
            raise kind(f"{fault}; {TURNED_OFF}") from fault

    def _listed(self, since: datetime.date, until: datetime.date) -> list[Listed]:
        """The meetings of the window. Days go out as dd/mm/yyyy: others are silently ignored."""
        window = {"sFromDate": f"{since:%d/%m/%Y}", "sToDate": f"{until:%d/%m/%Y}"}
        ids = self._config.committee_ids
        if ids:
            found = [m for cid in ids for m in self._of_committee(cid, window, since, until)]
        else:
            root = self._first(
                "GetAllMeetingsByDate",
                "getmeetingsbydate",
                lCommitteeId=-1,
                **window,
                bIsAscendingDateOrder="true",
            )
            found = self._within(root, since, until, "all committees")
        once = {m.id: m for m in found}
        return [m for m in once.values() if self._wanted(m.committee)]

    def _of_committee(
        self, cid: int, window: dict[str, str], since: datetime.date, until: datetime.date
    ) -> list[Listed]:
        root = self._first("GetMeetings", "getmeetings", lCommitteeId=cid, **window)
        return self._within(root, since, until, f"committee {cid}")

    def _within(
        self, root: Element, since: datetime.date, until: datetime.date, whose: str
    ) -> list[Listed]:
        """Those of the window, told again here: some installs do not heed it."""
        told, unreadable = listed_in(root)
        self.faults += [
            f"{whose}: a meeting of {u.committee or 'no committee'} was left out: {u.why}"
            for u in unreadable
            if self._wanted(u.committee)
        ]
        fits = [m for m in told if since <= m.day <= until]
        count = text_of(root, "meetingscount")
        if not fits and count.isdigit() and int(count):
            self.faults.append(
                f"{whose}: {count} meetings were answered and none is from {since} to {until}; "
                "the service does not heed the days it is asked for"
            )
        return fits

    def _roster(self) -> list[Member]:
        """Every councillor with their terms; without it a meeting has those who attended."""
        try:
            return self._asked.once("roster", self._read_roster)
        except MattersArisingError as fault:
            self.faults.append(f"the roster of councillors: {fault}")
            self._lacks = ("people",)
            return []

    def _read_roster(self) -> list[Member]:
        return members_of(root_of(self._ask("GetCouncillorsByWard"), "councillorsbyward"))

    def _meeting(self, entry: Listed, roster: list[Member]) -> SourceMeeting | None:
        """A meeting as it is told now; None for one that the council does not show."""
        told = self._asked.once(f"meeting {entry.id}", lambda: self._told(entry))
        if told is None:
            return None
        made = replace(
            told.meeting,
            people=people_on(entry.day, told.attending, roster, told.absent),
            lacks=self._lacks,
        )
        if not told.in_print:
            return made
        files, notes = self._printed(entry.id)
        return replace(made, files=files, notes=notes)

    def _told(self, entry: Listed) -> _Told | None:
        answer = self._ask("GetMeeting", lMeetingId=entry.id)
        root = root_of(answer, "meeting")
        told = text_of(root, "meetingid")
        if told != entry.id:
            raise BadInputError(
                f"{answer.address} answers with meeting {told or 'of no id'}: not taken"
            )
        if text_of(root, "isdisplayallowed").lower() == "false":
            return None
        attending, absent = at_meeting(root)
        files = self._documents(root, answer.address)
        meeting = SourceMeeting(
            keys=(f"{self.name}:{entry.id}",),
            council=self.council,
            committee=entry.committee,
            date=entry.day,
            start=entry.start,
            title=f"{entry.committee}, {entry.day:%-d %B %Y}",
            language=self._language,
            chair=chair_of(attending),
            page=PAGE.format(base=self._base, id=entry.id),
            status=entry.status,
            cancelled=entry.cancelled,
            webcast=is_true(root, "iswebcast"),
            agenda=agenda_of(root),
            files=files,
        )
        in_print = not files and is_true(root, "minutepublished")
        return _Told(meeting, attending, absent, in_print)

    def _documents(self, root: Element, address: str) -> tuple[SourceFile, ...]:
        """Minutes, else decisions."""
        for kind, data in (
            ("minutes", minutes_of(root, address)),
            ("decisions", decisions_of(root, address)),
        ):
            if data:
                status = "draft" if kind == "minutes" else ""
                return (SourceFile(kind, address, self.name, data, ".xml", status=status),)
        return ()

    def _printed(self, identity: str) -> tuple[tuple[SourceFile, ...], tuple[str, ...]]:
        """Minutes from the pages, where the service has them in name only; else a note."""
        try:
            found = self._asked.once(f"page {identity}", lambda: self._link_in_page(identity))
        except MattersArisingError as fault:  # what else was read of the meeting is kept
            return (), (f"its printed minutes could not be looked for: {fault}",)
        if not found:
            why = "its minutes are said to be published, and neither service nor page has them"
            return (), (why,)
        return (SourceFile("minutes", found, self.name, suffix=".pdf", status="draft"),), ()

    def _link_in_page(self, identity: str) -> str:
        from transcripts.sources.moderngov_pages import printed_minutes

        return printed_minutes(self._web.read(PAGE.format(base=self._base, id=identity)))

    def _from_pages(self, since: datetime.date, until: datetime.date) -> Iterator[SourceMeeting]:
        pages = self._pages()
        yield from pages.meetings(since, until, self.name, self.council, self._language)
        self.faults += pages.faults
        self.unread += pages.unread

    def _pages(self) -> Pages:
        from transcripts.sources.moderngov_pages import Pages

        return Pages(self._base, self._web, self._config.committee_ids, self._wanted, self._asked)
