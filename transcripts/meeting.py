"""A meeting and the people in it: what is known before anyone has listened."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS_OF_PERSON = ("councillor", "officer", "guest", "coopted", "public")
ATTENDANCE = ("present", "apologies", "substitute", "in attendance")


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a roster. A member of the public is never shown by name."""

    name: str
    role: str = ""
    kind: str = "councillor"
    party: str = ""
    ward: str = ""
    aliases: tuple[str, ...] = ()
    attendance: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a person needs a name")
        if self.kind not in KINDS_OF_PERSON:
            raise ValueError(f"kind '{self.kind}' is none of {', '.join(KINDS_OF_PERSON)}")
        if self.attendance and self.attendance not in ATTENDANCE:
            raise ValueError(f"attendance '{self.attendance}' is none of {', '.join(ATTENDANCE)}")

    @property
    def may_speak(self) -> bool:
        """Whether this person can be one of the voices: those who sent apologies cannot."""
        return self.attendance != "apologies"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of the agenda as printed; ``restricted`` items are never ingested.

    ``begins_s`` is the second of the recording at which somebody marked that it begins.
    """

    item: str
    title: str
    restricted: bool = False
    begins_s: float | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """One file of sound or pictures. ``offset_s`` is where it begins within the meeting.

    ``seat_log`` is the log of the chamber's microphones, ``seat_log_zero`` what its clock shows
    when the recording begins.
    """

    path: str
    sha256: str = ""
    offset_s: float = 0.0
    captions: str = ""
    seat_log: str = ""
    seat_log_zero: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting of one committee, with its roster, agenda and recordings."""

    id: str
    council: str
    committee: str
    committee_code: str
    date: datetime.date
    title: str = ""
    start: str = ""
    language: str = "en"
    chair: str = ""
    page: str = ""
    link: str = ""
    people: tuple[Person, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    recordings: tuple[Recording, ...] = ()

    @property
    def municipal_year(self) -> str:
        """``2026-27``: it runs from May to May, and references restart with it."""
        return municipal_year(self.date)

    def person(self, name: str) -> Person | None:
        """The person of exactly this name on the roster."""
        return next((p for p in self.people if p.name == name), None)

    def link_to(self, seconds: float) -> str:
        """The address that plays the meeting from ``seconds`` on (seconds within the meeting)."""
        if self.link:
            return self.link.format(start_s=int(seconds), start_ms=int(seconds * 1000))
        if not self.recordings:
            return ""
        inside = [r for r in self.recordings if r.offset_s <= seconds] or [self.recordings[0]]
        last = max(inside, key=lambda r: r.offset_s)
        return f"{last.path}#t={max(0.0, seconds - last.offset_s):.1f}"


def municipal_year(day: datetime.date) -> str:
    """``2026-27``: from May to May."""
    first = day.year if day.month >= 5 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


@dataclass(frozen=True, slots=True)
class Engine:
    """Which engine made a version of the record, so that every row can be traced to it."""

    task: str
    name: str
    version: str = ""
    model: str = ""
    model_sha256: str = ""
    settings: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)
