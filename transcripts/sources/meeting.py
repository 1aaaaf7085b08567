"""A meeting as a source tells of it, and what a source is. Plain data; nothing is fetched here."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from transcripts.meeting import AgendaItem, Person

FILE_KINDS = ("recording", "captions", "chapters", "minutes", "decisions")
# captions that a source was asked for: made by people, by a machine, told apart by nobody, not
# there, or there and not handed out (which must never be taken for none)
CAPTIONS = ("human", "automatic", "unknown", "none", "blocked")
SOUND = ("recording", "captions", "chapters")
# what a meeting file tells that one source may give and another not
FIELDS = tuple(
    "committee committee_code title start language chair page link people agenda".split()
)
MARKS = "marks"  # the seconds at which items of another source's agenda begin


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a meeting: at an ``address``, or as ``data`` that the source made itself.

    ``address`` tells it from the meeting's other files, so it is given with ``data`` too.
    ``recording`` is the number, from 1, of the recording that it is or goes with; ``offset_s`` is
    where that recording begins within the meeting. ``status`` is one of CAPTIONS for captions, and
    ``draft`` or ``approved`` for minutes. ``suffix`` begins with a dot. ``source`` is the name of
    the source that can save it.
    """

    kind: str
    address: str
    source: str = ""
    data: bytes | None = None
    suffix: str = ""
    recording: int = 1
    offset_s: float = 0.0
    status: str = ""

    def __post_init__(self) -> None:
        if self.kind not in FILE_KINDS:
            raise ValueError(f"kind '{self.kind}' is none of {', '.join(FILE_KINDS)}")
        if not self.address:
            raise ValueError(f"a file of kind '{self.kind}' needs an address")


@dataclass(frozen=True, slots=True)
class SourceMeeting:
    """One sitting as one source tells of it, or as several do once they are joined.

    ``keys`` are its ids within the sources (``moderngov:5101``): they hold when a title or a day
    is put right, and tell that two meetings are one. ``committee_code`` is empty where
    ``matters.toml`` gives none. ``captions`` says what is known of the captions of each recording.
    ``marks`` are points of its recording that may be items of another source's agenda.
    ``status`` is the source's own word (``Confirmed``); ``cancelled`` what is made of it.
    ``webcast``: a source says that it was, whether or not one brings its recording. ``notes``
    are sentences for the report: what could not be had, and why. ``lacks`` are those of FIELDS that
    could not be read this time, though they may be there. ``origins`` says which source gave each
    of FIELDS and MARKS, once it is joined.
    """

    keys: tuple[str, ...]
    council: str
    committee: str
    date: datetime.date
    committee_code: str = ""
    title: str = ""
    start: str = ""  # "18:30"
    language: str = "en"
    chair: str = ""
    page: str = ""
    link: str = ""
    status: str = ""
    cancelled: bool = False
    webcast: bool = False
    people: tuple[Person, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    marks: tuple[AgendaItem, ...] = ()
    files: tuple[SourceFile, ...] = ()
    captions: Mapping[int, str] = field(default_factory=dict)
    id: str = ""  # one that a person gave it; else made of council, committee and day
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.keys or not all(self.keys):
            raise ValueError("a meeting of a source needs a key")
        if self.id and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}", self.id):
            raise ValueError(
                f"id '{self.id}' may hold letters, digits, dots, dashes and underscores only"
            )
        wrong = next((s for s in self.captions.values() if s not in CAPTIONS), None)
        if wrong is not None:
            raise ValueError(f"captions '{wrong}' are none of {', '.join(CAPTIONS)}")

    @property
    def sources(self) -> frozenset[str]:
        """The names of the sources that tell of it."""
        return sources_of(self.keys)

    def of_kind(self, kind: str) -> list[SourceFile]:
        """Its files of one kind, in the order in which the source gave them."""
        return [f for f in self.files if f.kind == kind]


def sources_of(keys: Iterable[str]) -> frozenset[str]:
    """The names of the sources whose keys these are."""
    return frozenset(key.split(":")[0] for key in keys)


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was saved, or that was ``unchanged``; what to ask with the next time.

    ``etag`` and ``modified`` are the server's own marks as it wrote them, empty where it gave none.
    """

    sha256: str = ""
    size: int = 0
    etag: str = ""
    modified: str = ""
    unchanged: bool = False
    suffix: str = ""


class Source(Protocol):
    """A way to a council's meetings. ``faults`` are sentences about what ``meetings`` left out.

    ``unread`` are the keys of meetings that it knows of and could not read. ``unfinished``: the
    network failed at some of it; asked again in the same run, it asks for that alone.
    """

    name: str
    council: str
    faults: list[str]
    unread: list[str]

    @property
    def unfinished(self) -> bool:
        """Whether asking again within a run may bring more."""
        ...

    def meetings(self, since: datetime.date, until: datetime.date) -> Iterator[SourceMeeting]:
        """The meetings of these days, both included, in any order.

        A meeting that cannot be read is a sentence in ``faults`` and stops no other; a source that
        cannot be reached at all raises TransientError or BadInputError.
        """
        ...

    def save(self, file: SourceFile, to: Path, known: Saved) -> Saved:
        """Saves a file of one of its meetings at ``to``, whole or not at all.

        ``known`` is what is held of it already (empty for nothing): where that is still what the
        source has, nothing is saved. TransientError or BadInputError says why there is none.
        """
        ...

    def describe(self) -> list[str]:
        """Asks one cheap question: lines for people on what it would fetch, and from where."""
        ...
