"""Which folder of the inbox a meeting is put into: one for each sitting, and the same every run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from matters_arising.errors import StoreError
from transcripts.sources.join import NEAR_MIN, minutes_apart
from transcripts.sources.landed import landed_folders, read_landed
from transcripts.sources.meeting import SourceMeeting, sources_of


@dataclass(slots=True)
class Inbox:
    """A folder a council, in it a folder a meeting. ``known``: a source's key → the folder.

    ``held`` are the keys of each folder, the oldest first. ``offered`` are the keys that the
    sources of this run told of, each with all keys of its sitting; ``starts`` the hours of those
    that were given a folder; ``damaged`` the folders whose state cannot be read, with why;
    ``purged`` the ids of which nothing is to come again, with why.
    """

    folder: Path
    known: dict[str, Path] = field(default_factory=dict)
    held: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    offered: dict[str, frozenset[str]] = field(default_factory=dict)
    starts: dict[Path, str] = field(default_factory=dict)
    damaged: dict[Path, str] = field(default_factory=dict)
    purged: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Inbox:
        """The inbox with what lies in it; a state that cannot be read stops no other."""
        made = cls(folder)
        for place in landed_folders(folder):
            try:
                made.note(place, place.parent.name, read_landed(place).keys)
            except StoreError as fault:
                made.damaged[place] = str(fault)
        return made

    def offer(self, code: str, sitting: Iterable[str]) -> None:
        """Remembers a sitting that is told of in this run, by its keys."""
        keys = frozenset(sitting)
        self.offered.update({f"{code}/{key}": keys for key in keys})

    def place(self, meeting: SourceMeeting, code: str) -> Path:
        """The folder of a meeting; StoreError where what lies in one cannot be read.

        It is its own from now on, unless the meeting is cancelled and needs none.
        """
        folder = self._known(meeting, code) or self._free(meeting, code)
        if not meeting.cancelled:
            self.note(folder, code, meeting.keys)
            self.starts.setdefault(folder, meeting.start)
        return folder

    def named(self, meeting: SourceMeeting, code: str) -> Path:
        """Where one of its keys was put, else a folder named for it; nothing in it is read."""
        return self._known(meeting, code) or self.folder / code / meeting_id(meeting, code)

    def note(self, folder: Path, code: str, keys: tuple[str, ...]) -> None:
        """Remembers where a meeting is put."""
        self.known.update({f"{code}/{key}": folder for key in keys})
        self.held[folder] = tuple(dict.fromkeys((*self.held.get(folder, ()), *keys)))

    def own_keys(self, folder: Path, code: str, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of a folder's keys that are not by now of a sitting with a folder of its own."""
        here = self._sittings(folder, code)
        told = {key: self.offered.get(f"{code}/{key}") for key in keys}
        return tuple(key for key, sitting in told.items() if sitting is None or sitting in here)

    def _known(self, meeting: SourceMeeting, code: str) -> Path | None:
        held = (self.known.get(f"{code}/{key}") for key in meeting.keys)
        return next((f for f in held if f and not self._is_anothers(f, meeting, code)), None)

    def _free(self, meeting: SourceMeeting, code: str) -> Path:
        """The first of its names under which no other sitting lies: its own, then with its hour,
        where that tells the two apart, and last with the id that its source has for it.
        """
        plain = self.folder / code / meeting_id(meeting, code)
        by_hour = plain.with_name(f"{plain.name}-{meeting.start.replace(':', '')}")
        if not self._holds_another(plain, meeting, code):
            return plain
        told = meeting.start and meeting.start != self._start(plain)
        if told and not self._holds_another(by_hour, meeting, code):
            return by_hour
        return plain.with_name(f"{plain.name}-{_own_id(meeting)}")

    def _start(self, folder: Path) -> str:
        return read_landed(folder).start or self.starts.get(folder, "")

    def _holds_another(self, folder: Path, meeting: SourceMeeting, code: str) -> bool:
        """Whether another sitting of that day lies there, and not this one under an id that moved.

        It does where its source still tells of it, or where it began at quite another hour.
        """
        apart = minutes_apart(self._start(folder), meeting.start)
        return self._is_anothers(folder, meeting, code) or (apart or 0) > NEAR_MIN

    def _is_anothers(self, folder: Path, meeting: SourceMeeting, code: str) -> bool:
        """Whether a folder is that of another sitting of this run: no source has one twice."""
        mine = frozenset(meeting.keys)
        return any(
            sources_of(sitting) & meeting.sources and not sitting & mine
            for sitting in self._sittings(folder, code)
        )

    def _sittings(self, folder: Path, code: str) -> list[frozenset[str]]:
        """The sittings of this run whose folder it is: of two of one source, that of the older key.

        What was landed first stays, and what an earlier program put over it goes elsewhere.
        """
        found: list[frozenset[str]] = []
        for key in self.held.get(folder, ()):
            sitting = self.offered.get(f"{code}/{key}")
            if sitting and not any(sources_of(sitting) & sources_of(other) for other in found):
                found.append(sitting)
        return found


def meeting_id(meeting: SourceMeeting, code: str) -> str:
    """``aldermere-scsc-2026-06-11``: the same from whichever source a meeting is first heard of."""
    if meeting.id:
        return meeting.id
    name = meeting.committee_code or meeting.committee
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "meeting"
    return f"{code}-{slug}-{meeting.date.isoformat()}"


def _own_id(meeting: SourceMeeting) -> str:
    """What its source calls it, as part of a name."""
    told = meeting.keys[0].partition(":")[2]
    if re.fullmatch(r"[A-Za-z0-9_-]{1,20}", told):
        return told
    return hashlib.sha256(told.encode()).hexdigest()[:8]
