"""Meetings from a folder: of recordings, of meeting files, or with a CSV that tells what they are.

This is the way for a council whose system nobody has written an adapter for.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from matters_arising.errors import BadInputError, ManifestError, MattersArisingError, TransientError
from transcripts.collect import collect
from transcripts.manifest import read_agenda, read_csv, read_roster
from transcripts.meeting import AgendaItem, Meeting, Person, Recording
from transcripts.network import is_address
from transcripts.sources.clock import clocks_in
from transcripts.sources.committees import committees_of, plain
from transcripts.sources.config import CouncilConfig, SourceConfig
from transcripts.sources.exports import Export, exports_in
from transcripts.sources.meeting import Saved, SourceFile, SourceMeeting
from transcripts.sources.saved_check import check_saved
from transcripts.sources.web import Web

logger = logging.getLogger(__name__)

COLUMNS = frozenset(
    "id title committee date start recording captions agenda roster minutes decisions chair page "
    "link".split()
)
UNHALVED = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")  # hours as an earlier program read them


class FolderSource:
    """What lies under a folder; ``meetings.csv`` in it may say what the files are."""

    def __init__(
        self, config: SourceConfig, council: CouncilConfig, base: Path, web: Web | None = None
    ) -> None:
        """``web`` fetches what its CSV names by an address; without it, files alone are taken."""
        self._web = web
        self.name = config.name or config.kind
        self.council = council.name
        self.faults: list[str] = []
        self.unread: list[str] = []
        self.unfinished = False  # it is read whole or not at all
        self._config, self._language = config, council.language
        self._committees = committees_of(council)
        self._folder = (base / config.folder).absolute()
        self._table = self._folder / config.metadata

    def meetings(self, since: datetime.date, until: datetime.date) -> Iterator[SourceMeeting]:
        """The meetings of these days, from the CSV where there is one."""
        self.faults = []
        if not self._folder.is_dir():
            raise BadInputError(
                f"{self.name}: there is no folder {self._folder}; make it, or correct 'folder'"
            )
        told = self._from_table() if self._table.is_file() else self._from_files()
        return (m for m in told if since <= m.date <= until)

    def save(self, file: SourceFile, to: Path, known: Saved) -> Saved:
        """Copies a file; one of the same size and time as before is not read again."""
        if self._web is not None and is_address(file.address):
            saved = self._web.save(file.address, to, known)
            if not saved.unchanged:
                check_saved(file.kind, to, file.address)
            return saved
        path = Path(file.address)
        try:
            before = path.stat()
            mark = f"{before.st_mtime_ns}:{before.st_size}"
            if known.modified == mark:
                return replace(known, unchanged=True)
            shutil.copyfile(path, to)
            after = path.stat()
        except FileNotFoundError as fault:
            raise BadInputError(f"there is no file {path}, which {self._table} names") from fault
        if (after.st_mtime_ns, after.st_size) != (before.st_mtime_ns, before.st_size):
            raise TransientError(f"{path} is still being written; it is taken at the next run")
        with to.open("rb") as copied:
            sha256 = hashlib.file_digest(copied, "sha256").hexdigest()
        return Saved(sha256=sha256, size=after.st_size, modified=mark)

    def describe(self) -> list[str]:
        """What lies there now."""
        found = list(self.meetings(datetime.date.min, datetime.date.max))
        by = f"as {self._table.name} tells" if self._table.is_file() else "told by their names"
        asks = f"asks {', '.join(self._web.hosts)}" if self._web else "no network is asked"
        return [f"{self._folder}: {len(found)} meetings, {by}; {asks}", *self.faults]

    def _from_files(self) -> Iterator[SourceMeeting]:
        """Exports of calls, meeting files, and recordings that say their day in their names."""
        calls = exports_in(self._folder)
        taken = {str(p) for call in calls for p in call.files}
        for call in calls:
            if call.title or self._config.committee:
                yield self._of_call(call)
            else:
                self._nobodys(call.files[0])
        for candidate in collect([self._folder]):
            if candidate.where in taken or (calls and candidate.where == str(self._folder)):
                continue
            if candidate.meeting is None:
                self.faults.append(str(candidate.fault))
            elif not candidate.meeting.council and not self._config.committee:
                self.faults.append(
                    f"{candidate.where} belongs to no committee that is known: name it in "
                    f'{self._table.name}, or give this source committee = "…"'
                )
            else:
                yield self._of(candidate.meeting)

    def _nobodys(self, path: Path) -> None:
        self.faults.append(
            f"{path} belongs to no committee that is known: name it in {self._table.name}, or give "
            'this source committee = "…"'
        )

    def _of_call(self, call: Export) -> SourceMeeting:
        places = (("recording", call.recording), ("captions", call.captions))
        return SourceMeeting(
            keys=(f"{self.name}:{call.title}/{call.day}/{call.start}",),
            council=self.council,
            committee=self._config.committee or call.title,
            date=call.day,
            title=call.title,
            start=call.start,
            language=self._language,
            files=tuple(self._file(kind, str(path)) for kind, path in places if path),
        )

    def _of(self, meeting: Meeting) -> SourceMeeting:
        bare = not meeting.council  # a recording alone, known by its name
        files = [f for n, r in enumerate(meeting.recordings, 1) for f in self._sound(n, r)]
        return SourceMeeting(
            keys=(f"{self.name}:{meeting.id}",),
            council=self.council,
            committee=self._config.committee if bare else meeting.committee,
            date=meeting.date,
            committee_code="" if bare else meeting.committee_code,
            title="" if bare else meeting.title,
            start=meeting.start,
            language=meeting.language if not bare else self._language,
            chair=meeting.chair,
            page=meeting.page,
            link=meeting.link,
            people=meeting.people,
            agenda=meeting.agenda,
            files=tuple(files),
            id="" if bare else meeting.id,
        )

    def _sound(self, number: int, recording: Recording) -> Iterator[SourceFile]:
        for kind, path in (
            ("recording", recording.path),
            ("captions", recording.captions),
        ):
            if path:
                yield self._file(kind, path, number, recording.offset_s)

    def _file(self, kind: str, place: str, number: int = 1, offset_s: float = 0.0) -> SourceFile:
        name = urlsplit(place).path if is_address(place) else place
        return SourceFile(
            kind=kind,
            address=place,
            source=self.name,
            suffix=Path(name).suffix.lower(),
            recording=number,
            offset_s=offset_s,
            status={"captions": "unknown", "minutes": "draft"}.get(kind, ""),
        )

    def _from_table(self) -> Iterator[SourceMeeting]:
        """A meeting a row. Two rows of one committee, day and hour are a fault that names both."""
        rows: dict[tuple[str, ...], int] = {}
        found: list[SourceMeeting] = []
        for number, row in read_csv(self._table, needed=("date",)):
            unknown = sorted(set(row) - COLUMNS)
            if unknown and number == 2:
                logger.warning("%s: columns %s are not read", self._table, ", ".join(unknown))
            try:
                if any(row.values()):
                    meeting = self._of_row(row)
                    first = rows.setdefault(self._sitting(meeting), number)
                    if first != number:
                        raise ManifestError(_same_as(first, meeting))
                    found.append(meeting)
            except (MattersArisingError, ValueError) as fault:
                self.faults.append(f"{self._table} line {number}: {fault}")
        yield from _unshared(found)

    def _sitting(self, meeting: SourceMeeting) -> tuple[str, ...]:
        """What tells a row from the others."""
        if meeting.id:
            return (meeting.id,)
        committee, _ = self._committees.of(meeting.committee)
        return (plain(committee), meeting.date.isoformat(), meeting.start)

    def _of_row(self, row: Mapping[str, str]) -> SourceMeeting:
        committee = row.get("committee", "") or self._config.committee
        if not committee:
            raise ManifestError("it names no committee; fill in the column 'committee'")
        day = day_of(row["date"])
        recordings = self._places(row, "recording")
        captions = self._places(row, "captions")
        if len(captions) > max(1, len(recordings)):
            raise ManifestError("it names more captions than recordings; give one for each")
        files = [self._file("recording", p, n) for n, p in enumerate(recordings, 1)]
        files += [self._file("captions", p, n) for n, p in enumerate(captions, 1)]
        files += [
            self._file(kind, p)
            for kind in ("minutes", "decisions")
            for p in self._places(row, kind)
        ]
        people = self._people(row)
        chair = row.get("chair", "") or next((p.name for p in people if p.role == "Chair"), "")
        if chair and people and chair not in {p.name for p in people}:
            raise ManifestError(f"it names '{chair}' as chair, who is not on its roster")
        return SourceMeeting(
            keys=tuple(f"{self.name}:{named}" for named in _names(row, committee, day)),
            council=self.council,
            committee=committee,
            date=day,
            title=row.get("title", ""),
            start=start_of(row),
            language=self._language,
            chair=chair,
            page=row.get("page", ""),
            link=row.get("link", ""),
            people=people,
            agenda=self._agenda(row),
            files=tuple(files),
            id=row.get("id", ""),
        )

    def _people(self, row: Mapping[str, str]) -> tuple[Person, ...]:
        paths = self._paths(row, "roster")
        return read_roster(paths[0]) if paths else ()

    def _agenda(self, row: Mapping[str, str]) -> tuple[AgendaItem, ...]:
        paths = self._paths(row, "agenda")
        return read_agenda(paths[0]) if paths else ()

    def _places(self, row: Mapping[str, str], column: str) -> list[str]:
        """Files and addresses of a cell, several parted by ``;``."""
        return [
            named if is_address(named) else str(self._path(named, column))
            for named in _several(row.get(column, ""))
            if not is_address(named) or self._may_fetch(named)
        ]

    def _may_fetch(self, address: str) -> bool:
        if self._web is None:
            raise ManifestError(
                f"{address} is not fetched, for this source is to ask nobody: add its host to the "
                "source's hosts in matters.toml"
            )
        return True

    def _paths(self, row: Mapping[str, str], column: str) -> list[Path]:
        return [self._path(named, column) for named in _several(row.get(column, ""))]

    def _path(self, named: str, column: str) -> Path:
        """A file that a cell names. None may lie outside the folder."""
        path = (self._folder / named).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            raise ManifestError(f"{column} '{named}' lies outside {self._folder}; copy it there")
        if not path.is_file():
            raise ManifestError(f"there is no file '{named}', which its column {column} names")
        return path


def _several(cell: str) -> list[str]:
    return [c for c in (c.strip() for c in cell.split(";")) if c]


def day_of(text: str) -> datetime.date:
    """``2026-06-11`` or ``11/06/2026``; ManifestError for what could be read two ways."""
    try:
        if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip()):
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
        return datetime.date.fromisoformat(text.strip())
    except ValueError as fault:
        raise ManifestError(f"date '{text}' is no date; write it as 2026-06-11") from fault


def start_of(row: Mapping[str, str]) -> str:
    """When a row says that it began, as ``18:30``; ManifestError for what is not one time."""
    told = row.get("start", "")
    clocks = clocks_in(told)
    if told and len(clocks) != 1:
        raise ManifestError(f"start '{told}' is no time; write it as 18:30 or 6.30 pm")
    return clocks[0] if clocks else ""


def _names(row: Mapping[str, str], committee: str, day: datetime.date) -> Iterator[str]:
    """What a row is known by: its id, else committee, day and hour.

    Its last name is that of a program which did not read "pm": what was landed keeps its folder.
    """
    if row.get("id"):
        yield row["id"]
        return
    before = UNHALVED.search(row.get("start", ""))
    hours = (start_of(row), f"{int(before[1]):02d}:{before[2]}" if before else "")
    yield from dict.fromkeys(f"{committee}/{day}/{hour}" for hour in hours)


def _unshared(meetings: Sequence[SourceMeeting]) -> Iterator[SourceMeeting]:
    """The meetings, without the names of an earlier program that several of them had."""
    count = Counter(key for m in meetings for key in m.keys)
    for m in meetings:
        yield replace(m, keys=tuple(k for n, k in enumerate(m.keys) if not n or count[k] == 1))


def _same_as(line: int, meeting: SourceMeeting) -> str:
    if meeting.id:
        return f"line {line} has the id '{meeting.id}' too; give each meeting its own"
    return (
        f"line {line} is of the same committee, day and hour; give each its own start or id, or "
        "put the files of one meeting into one row, parted by ;"
    )
