"""One round over the sources: what is new goes into the inbox, what failed is named."""

from __future__ import annotations

import datetime
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from filelock import FileLock, Timeout

from matters_arising.errors import (
    BusyError,
    MattersArisingError,
    StoreError,
    TransientError,
    UnknownValueError,
)
from transcripts.sources.build import enabled
from transcripts.sources.committees import committees_of
from transcripts.sources.config import Config, CouncilConfig, SourceConfig
from transcripts.sources.inbox import Inbox
from transcripts.sources.join import joined
from transcripts.sources.land import CHANGED, FAILED, NEW, WORKING, Landed, land
from transcripts.sources.meeting import Source, SourceMeeting
from transcripts.sources.pace import Pace

logger = logging.getLogger(__name__)

LOCK_NAME = ".fetching.lock"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a round did: the meetings, and sentences on what could not be read at all."""

    landed: tuple[Landed, ...]
    faults: tuple[str, ...]
    seconds: float
    dry_run: bool = False

    @property
    def failed(self) -> bool:
        """Whether anything was left undone that another run, or a person, has to do."""
        return bool(self.faults) or any(m.what == FAILED for m in self.landed)

    def count(self, what: str) -> int:
        """How many meetings of one outcome."""
        return sum(m.what == what for m in self.landed)

    def as_dict(self) -> dict[str, Any]:
        """For JSON; folders as text."""
        meetings = [
            {
                "id": m.id,
                "folder": str(m.folder),
                "what": m.what,
                "ready": m.ready,
                "changed": list(m.changed),
                "notes": list(m.notes),
            }
            for m in self.landed
        ]
        return {
            "meetings": meetings,
            "faults": list(self.faults),
            "seconds": round(self.seconds, 2),
            "dry_run": self.dry_run,
        }


def fetch_all(
    config: Config,
    *,
    councils: Sequence[str] = (),
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    dry_run: bool = False,
    pauses_s: Sequence[float] = (),
    purged: Mapping[str, str] = MappingProxyType({}),
    say: Say = lambda _: None,
) -> FetchReport:
    """Asks every enabled source of the councils (their codes; all where none is named).

    ``since`` and ``until`` are each source's own number of days back and ahead where they are not
    given. What is to come has an agenda and no recording: it waits in the inbox. After each of
    ``pauses_s``, in seconds, what the network failed at is tried again, and nothing else. Of the
    meetings that were ``purged``, id → why, nothing is fetched.
    BusyError where another run is at it; UnknownValueError for a council that is not configured.
    """
    started = time.monotonic()
    chosen = _chosen(config, councils)
    with _alone(config, dry_run=dry_run):
        inbox = Inbox.open(config.inbox_folder)
        inbox.purged = purged
        pace = Pace()
        rounds = [_Round(c, config, inbox, pace, dry_run=dry_run, say=say) for c in chosen]
        for each in rounds:
            each.run(since, until)
        for pause in pauses_s:
            unfinished = [r for r in rounds if r.unfinished]
            if not unfinished:
                break
            say(f"what the network failed at is tried again in {pause:.0f} s")
            time.sleep(pause)
            for each in unfinished:
                each.run_again(since, until)
    landed = tuple(m for r in rounds for m in r.landed)
    faults = [f for r in rounds for f in r.faults]
    told = {m.folder for m in landed}
    faults += [why for folder, why in inbox.damaged.items() if folder not in told]
    return FetchReport(landed, tuple(faults), time.monotonic() - started, dry_run)


def _chosen(config: Config, codes: Sequence[str]) -> list[CouncilConfig]:
    known = {c.code: c for c in config.council}
    for code in codes:
        if code not in known:
            raise UnknownValueError("council", code, known)
    return [c for c in config.council if not codes or c.code in codes]


@contextmanager
def _alone(config: Config, *, dry_run: bool) -> Iterator[None]:
    """One run an inbox: two would save the same recordings and ask the same hosts at once."""
    if dry_run:
        yield
        return
    inbox = config.inbox_folder
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        lock = FileLock(inbox / LOCK_NAME)
        lock.acquire(timeout=0)
    except Timeout as fault:
        raise BusyError(f"another run is fetching into {inbox}; wait until it is done") from fault
    except OSError as fault:
        raise StoreError(
            f"nothing can be put into {inbox} ({fault.strerror or fault}): give this user the "
            "right to write there, or name another folder as 'inbox'"
        ) from fault
    try:
        shutil.rmtree(inbox / WORKING, ignore_errors=True)  # what a killed run left half done
        yield
    finally:
        lock.release()


class _Round:
    """One council's sources, asked once, and those that the network failed again."""

    def __init__(
        self,
        council: CouncilConfig,
        config: Config,
        inbox: Inbox,
        pace: Pace,
        *,
        dry_run: bool,
        say: Say,
    ) -> None:
        self._council, self._inbox = council, inbox
        self._dry_run, self._say = dry_run, say
        self._sources = enabled(council, config, pace)
        self._committees = committees_of(council)
        self._told: dict[str, list[SourceMeeting]] = {}
        self._faults: dict[str, list[str]] = {}
        self._undecided: list[str] = []
        self._silent: set[str] = set()  # the sources that the network failed
        self._landed_as: dict[tuple[str, ...], SourceMeeting] = {}
        self.landed: list[Landed] = []

    @property
    def faults(self) -> list[str]:
        """What could not be read, by source."""
        return [f for faults in self._faults.values() for f in faults] + self._undecided

    @property
    def unfinished(self) -> bool:
        """Whether the network failed at anything."""
        return bool(self._silent) or any(m.again for m in self.landed)

    def run(self, since: datetime.date | None, until: datetime.date | None) -> None:
        """Asks, joins, lands."""
        self._say(f"{self._council.name}: asking its sources")
        for config, source in self._sources:
            self._ask(config, source, since, until)
        meetings = self._joined()
        self._landed_as = {m.keys: m for m in meetings}
        self.landed = [self._land(meeting) for meeting in meetings]

    def run_again(self, since: datetime.date | None, until: datetime.date | None) -> None:
        """Asks the sources that were silent alone, and lands what is new by it and what failed."""
        asked = set(self._silent)
        for config, source in self._sources:
            if source.name in asked:
                self._say(f"{self._council.name}: asking {source.name} again")
                self._ask(config, source, since, until)
        broken = {m.folder for m in self.landed if m.again}
        for meeting in self._joined():
            place = self._inbox.named(meeting, self._council.code)
            if meeting != self._landed_as.get(meeting.keys) or place in broken:
                self._landed_as[meeting.keys] = meeting
                made = self._land(meeting)
                before = [m for m in self.landed if m.folder == made.folder]
                rest = [m for m in self.landed if m.folder != made.folder]
                self.landed = [*rest, _both(before, made)]

    def _joined(self) -> list[SourceMeeting]:
        """The sittings of all that was told, in the order of their days."""
        told = [(s.name, m) for _, s in self._sources for m in self._told.get(s.name, ())]
        registers = {s.name for config, s in self._sources if config.kind == "moderngov"}
        self._committees.learn(m.committee for name, m in told if name in registers)
        sittings, self._undecided = joined(told, self._committees)
        code = self._council.code
        for sitting in sittings:
            self._inbox.offer(code, sitting.keys)
        for key in (key for _, source in self._sources for key in source.unread):
            self._inbox.offer(code, (key,))
        return [
            m
            for m in sorted(sittings, key=lambda m: (m.date, m.start, m.keys))
            if not self._council.only_listed or self._committees.is_listed(m.committee)
        ]

    def _ask(
        self,
        config: SourceConfig,
        source: Source,
        since: datetime.date | None,
        until: datetime.date | None,
    ) -> None:
        """What one source tells. Whatever befalls it is a sentence, and the others go on."""
        today = until or datetime.date.today()
        first = since or today - datetime.timedelta(days=config.days)
        last = until or today + datetime.timedelta(days=config.days_ahead)
        found: list[SourceMeeting] = []
        faults: list[str] = []
        self._silent.discard(source.name)
        try:
            found.extend(source.meetings(first, last))
        except MattersArisingError as fault:
            faults.append(str(fault))
            if isinstance(fault, TransientError):
                self._silent.add(source.name)
        except Exception as fault:  # an answer nobody thought of must not cost the other sources
            logger.exception("source %s failed", source.name)
            faults.append(f"a fault in this program, please report it: {fault!r}")
        if source.unfinished:
            self._silent.add(source.name)
        named = f"{self._council.code}, {source.name}"
        self._faults[source.name] = [f"{named}: {f}" for f in (*faults, *source.faults)]
        self._told[source.name] = found

    def _land(self, meeting: SourceMeeting) -> Landed:
        self._say(f"{meeting.committee}, {meeting.date}")
        code = self._council.code
        by_name = {source.name: source for _, source in self._sources}
        try:
            return land(meeting, code, self._inbox, by_name, dry_run=self._dry_run)
        except MattersArisingError as fault:
            why = str(fault)
        except Exception as fault:
            logger.exception("meeting %s failed", meeting.keys[0])
            why = f"a fault in this program, please report it: {fault!r}"
        folder = self._inbox.named(meeting, code)
        return Landed(folder.name, folder, FAILED, notes=(why,))


def _both(before: Sequence[Landed], now: Landed) -> Landed:
    """What became of a meeting that was landed twice in one run."""
    fresh = [m for m in before if m.what in (NEW, CHANGED)]
    if not fresh or now.what == FAILED:
        return now
    kinds = dict.fromkeys(k for m in (*fresh, now) for k in m.changed)
    return replace(now, what=fresh[0].what, changed=tuple(kinds))
