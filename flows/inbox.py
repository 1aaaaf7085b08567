"""The inbox: folders that people and sources put meetings into, taken when they are complete.

A folder is complete when every file that its meeting names is there, and settled when nothing in it
has changed for a while: a recording that is still being copied is not begun. Nothing is remembered
on disk; what was done is told by the record, so that a watch that was killed goes on.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.claims import claimed
from flows.report import Outcome, Report, told_of
from matters_arising.errors import BusyError, MattersArisingError, NewerSchemaError
from transcripts.collect import Candidate, collect
from transcripts.meeting import Meeting

logger = logging.getLogger(__name__)

SETTLE_S = 30.0  # nothing may have changed for so long
EVERY_S = 60.0
AGAIN_S = 3600.0  # after which what failed is tried again
Signature = tuple[tuple[str, int, int], ...]
Process = Callable[[Sequence[Candidate]], Report]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A meeting that is not taken yet, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at an inbox came to."""

    report: Report
    waiting: tuple[Waiting, ...] = ()


@dataclass(slots=True)
class Looks:
    """What the last looks at an inbox saw. The clock is one that nobody can set back."""

    settle_s: float = SETTLE_S
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[Signature, float]] = field(default_factory=dict)
    _done: dict[str, tuple[Signature, float]] = field(default_factory=dict)

    def look(self, folder: Path) -> tuple[list[Candidate], list[Waiting]]:
        """The meetings that can be taken, and those that have to wait."""
        ready: list[Candidate] = []
        waiting: list[Waiting] = []
        candidates = [c for c in collect([folder]) if c.where != str(folder)]  # an empty inbox
        for candidate in candidates:
            try:
                why = self._why_wait(candidate)
            except OSError as fault:  # of this folder; the others are taken
                why = f"{fault.filename or candidate.where} cannot be read ({fault.strerror})"
            if why:
                waiting.append(Waiting(candidate.where, why))
            else:
                ready.append(candidate)
        here = {c.where for c in candidates}
        self._seen = {where: seen for where, seen in self._seen.items() if where in here}
        return ready, waiting

    def new_among(self, ready: Sequence[Candidate]) -> list[Candidate]:
        """Those that were not done, or not as they are now: hashing recordings takes its time.

        What failed is tried again when it changes, and every hour.
        """
        now = self.clock()
        return [
            c
            for c in ready
            if self._done.get(c.where, ((), 0.0))[0] != self._seen[c.where][0]
            or self._done[c.where][1] <= now
        ]

    def note(self, report: Report) -> None:
        """Remembers what became of them, and when each is to be tried again."""
        for outcome in report.outcomes:
            if outcome.where in self._seen and outcome.outcome != "in work":
                again = self.clock() + AGAIN_S if outcome.outcome == "failed" else math.inf
                self._done[outcome.where] = (self._seen[outcome.where][0], again)

    def _why_wait(self, candidate: Candidate) -> str:
        if candidate.meeting is not None:
            missing = [p for p in named_files(candidate.meeting) if not p.is_file()]
            if missing:
                return f"{missing[0].name} is not there yet"
        now, signature = self.clock(), signature_of(candidate)
        before, since = self._seen.get(candidate.where, ((), now))
        if signature != before:
            since = now
        self._seen[candidate.where] = (signature, since)
        if now - since >= self.settle_s or self._is_old(signature):
            return ""
        return "its files are still changing, or have only just come"

    def _is_old(self, signature: Signature) -> bool:
        """Whether all of it was there long before; not told by a file from the future."""
        newest = max((when for _, _, when in signature), default=0) / 1e9
        return newest <= time.time() - self.settle_s


def named_files(meeting: Meeting) -> list[Path]:
    """The files that a meeting stands on."""
    return [Path(f) for r in meeting.recordings for f in (r.path, r.captions) if f]


def signature_of(candidate: Candidate) -> Signature:
    """Name, size and time of every file that belongs to a candidate."""
    place = Path(candidate.where)
    beside = place.parent.iterdir() if candidate.meeting else [place]
    files = {p for p in beside if p.is_file() and not p.name.startswith(".")}
    if candidate.meeting is not None:
        files |= {p for p in named_files(candidate.meeting) if p.is_file()}
    found = []
    for path in sorted(files):
        try:
            state = path.stat()
        except FileNotFoundError:
            continue
        found.append((str(path), state.st_size, state.st_mtime_ns))
    return tuple(found)


def once(folder: Path, process: Process, *, settle_s: float = SETTLE_S) -> Round:
    """Processes what can be taken; what has only just come is waited for once."""
    looks = Looks(settle_s)
    ready, waiting = looks.look(folder)
    if any("changing" in w.why for w in waiting):
        time.sleep(settle_s)
        ready, waiting = looks.look(folder)
    return Round(process(ready), tuple(waiting))


def _looked(looks: Looks, folder: Path, process: Process) -> Round:
    ready, waiting = looks.look(folder)
    made = Round(process(looks.new_among(ready)), tuple(waiting))
    looks.note(made.report)
    return made


def _has_news(made: Round, before: Round) -> bool:
    """Whether a round did or found anything that the one before did not."""
    said = [[(o.where, o.outcome, o.message) for o in r.report.outcomes] for r in (made, before)]
    worth = bool(made.report.outcomes) and not made.report.nothing_new and said[0] != said[1]
    return worth or made.waiting != before.waiting


def watch(
    home: Path,
    folder: Path,
    process: Process,
    *,
    every_s: float = EVERY_S,
    settle_s: float = SETTLE_S,
    rounds: int | None = None,
) -> Iterator[Round]:
    """Looks again and again; gives each round that did or found something new.

    BusyError where another process watches for this archive, NewerSchemaError where the program was
    updated meanwhile. Any other fault of a round is told, once as long as it stays the same, and
    the next one tries again.
    """
    looks, told = Looks(settle_s), Round(Report(()))
    with claimed(home, "inbox") as holder:
        if holder:
            raise BusyError(f"{holder} watches an inbox for {home} already; end that one first")
        done = 0
        while rounds is None or done < rounds:
            try:
                made = _looked(looks, folder, process)
            except NewerSchemaError:
                raise
            except (MattersArisingError, OSError) as fault:
                why = told_of(fault, str(folder))
                made = Round(Report((Outcome(str(folder), "", "failed", why),)), told.waiting)
            if _has_news(made, told):
                yield made
            told = made
            done += 1
            if rounds is None or done < rounds:
                time.sleep(every_s)
