"""One round over the sources: what is new goes into the inbox, what failed is named."""

from __future__ import annotations

import datetime
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from filelock import FileLock, Timeout

from matters_arising.errors import (
    BusyError,
    MattersArisingError,
    StoreError,
    UnknownValueError,
)
from transcripts.sources.build import committees_of, enabled
from transcripts.sources.config import Config, CouncilConfig, SourceConfig
from transcripts.sources.join import joined
from transcripts.sources.land import FAILED, WORKING, Inbox, Landed, land
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
    say: Say = lambda _: None,
) -> FetchReport:
    """Asks every enabled source of the councils (their codes; all where none is named).

    ``since`` and ``until`` are each source's own number of days back and ahead where they are not
    given. What is to come has an agenda and no recording: it waits in the inbox.
    BusyError where another run is at it; UnknownValueError for a council that is not configured.
    """
    started = time.monotonic()
    chosen = _chosen(config, councils)
    landed: list[Landed] = []
    faults: list[str] = []
    with _alone(config, dry_run=dry_run):
        inbox = Inbox.open(config.inbox_folder)
        pace = Pace()
        for council in chosen:
            say(f"{council.name}: asking its sources")
            round_ = _Round(council, config, inbox, pace, dry_run=dry_run, say=say)
            landed += round_.run(since, until)
            faults += round_.faults
    return FetchReport(tuple(landed), tuple(faults), time.monotonic() - started, dry_run)


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
    """One council's sources, asked once."""

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
        self.faults: list[str] = []
        self._council, self._inbox = council, inbox
        self._dry_run, self._say = dry_run, say
        self._sources = enabled(council, config, pace)
        self._committees = committees_of(council)

    def run(self, since: datetime.date | None, until: datetime.date | None) -> Iterator[Landed]:
        """Asks, joins, lands."""
        told = [
            (source.name, meeting)
            for config, source in self._sources
            for meeting in self._told(config, source, since, until)
        ]
        registers = {s.name for config, s in self._sources if config.kind == "moderngov"}
        self._committees.learn(m.committee for name, m in told if name in registers)
        sittings, undecided = joined(told, self._committees)
        self.faults += undecided
        code = self._council.code
        self._inbox.offered.update(f"{code}/{key}" for m in sittings for key in m.keys)
        by_name = {source.name: source for _, source in self._sources}
        for meeting in sorted(sittings, key=lambda m: (m.date, m.start, m.keys)):
            if self._council.only_listed and not self._committees.is_listed(meeting.committee):
                continue
            self._say(f"{meeting.committee}, {meeting.date}")
            yield self._land(meeting, by_name)

    def _told(
        self,
        config: SourceConfig,
        source: Source,
        since: datetime.date | None,
        until: datetime.date | None,
    ) -> list[SourceMeeting]:
        """What one source tells. Whatever befalls it is a sentence, and the others go on."""
        today = until or datetime.date.today()
        first = since or today - datetime.timedelta(days=config.days)
        last = until or today + datetime.timedelta(days=config.days_ahead)
        found: list[SourceMeeting] = []
        try:
            found.extend(source.meetings(first, last))
        except MattersArisingError as fault:
            self._fault(source, str(fault))
        except Exception as fault:  # an answer nobody thought of must not cost the other sources
            logger.exception("source %s failed", source.name)
            self._fault(source, f"a fault in this program, please report it: {fault!r}")
        for sentence in source.faults:
            self._fault(source, sentence)
        return found

    def _land(self, meeting: SourceMeeting, by_name: dict[str, Source]) -> Landed:
        code = self._council.code
        try:
            return land(meeting, code, self._inbox, by_name, dry_run=self._dry_run)
        except MattersArisingError as fault:
            folder = self._inbox.place(meeting, code)
            return Landed(folder.name, folder, FAILED, notes=(str(fault),))
        except Exception as fault:
            logger.exception("meeting %s failed", meeting.keys[0])
            folder = self._inbox.place(meeting, code)
            why = f"a fault in this program, please report it: {fault!r}"
            return Landed(folder.name, folder, FAILED, notes=(why,))

    def _fault(self, source: Source, sentence: str) -> None:
        self.faults.append(f"{self._council.code}, {source.name}: {sentence}")
