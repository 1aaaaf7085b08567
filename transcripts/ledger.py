"""The ledger: what people decided, a line each, never rewritten but to lose words (``reworded``).

``ledger.jsonl`` is the only thing in an archive that cannot be made again. A line is appended
under a file lock and forced to disk before the call returns; a decision is undone by another
line. Each decision points at what it is about by stable id *and* by recording, time span and
words, so that it finds its object again after a re-run with better engines.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from matters_arising.errors import BusyError, StoreError
from transcripts.decision import KEEPING_KINDS as KEEPING_KINDS
from transcripts.decision import KINDS as KINDS
from transcripts.decision import REGISTER_KINDS as REGISTER_KINDS
from transcripts.decision import Decision as Decision
from transcripts.decision import as_typed
from transcripts.finding import KINDS as FINDING_KINDS
from transcripts.finding import Finding, finding_id
from transcripts.found_again import ALIKE, likeness
from transcripts.whole import write_whole

logger = logging.getLogger(__name__)

LEDGER_NAME = "ledger.jsonl"
WAIT_S = 20.0
MARKED_BYTES = 4096
MOST_PARTS = 12  # findings of one kind in one sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a ledger, after a whole line: how many bytes come before, and a hash of the last
    of them."""

    size: int = 0
    last: str = hashlib.sha256(b"").hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Read:
    """Decisions read from a ledger and the place they reach to; ``afresh``: from the beginning."""

    lines: list[Decision]
    mark: Mark
    afresh: bool


class Ledger:
    """The ledger of one archive, under its home folder."""

    def __init__(self, home: Path) -> None:
        self.path = home / LEDGER_NAME

    def append(
        self,
        decisions: Iterable[Decision],
        *,
        given: Callable[[list[Decision]], None] | None = None,
    ) -> list[Decision]:
        """Writes decisions and returns them with their ids; on disk when this returns.

        ``given`` is shown every line there is while nobody else can write; what it raises, it
        raises before anything is written.
        """
        dated = [_with_id(as_typed(d)) for d in decisions]
        if not dated:
            return []
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(_sparse(d), ensure_ascii=False) + "\n" for d in dated)
        try:
            with self._locked():
                if given is not None:
                    given(self.all_lines())
                self._write(lines.encode())
        except OSError as fault:
            raise StoreError(
                f"the decision could not be written to {self.path} ({fault.strerror}); "
                "nothing was recorded: make room and decide again"
            ) from fault
        return dated

    def without_words(self, about: Callable[[Decision], bool]) -> int:
        """Takes the quoted words out of the lines that are ``about`` something; gives how many."""
        return self.reworded(lambda d: replace(d, words="") if about(d) else d)

    def reworded(self, bare: Callable[[Decision], Decision]) -> int:
        """Puts what ``bare`` leaves of each line in its place; gives how many were changed.

        The one exception to never rewriting: a line with words that have to be gone keeps who
        decided what and when, and loses them. Written aside, then renamed.
        """
        changed = 0
        with self._locked():
            if not self.path.exists():
                return 0
            out = []
            for line in self.path.read_bytes().splitlines(keepends=True):
                told = _told(line)
                left = told and bare(told)
                if left and left != told:
                    line = (json.dumps(_sparse(left), ensure_ascii=False) + "\n").encode()
                    changed += 1
                out.append(line)
            if changed:
                self._replace(b"".join(out))
        return changed

    def _replace(self, data: bytes) -> None:
        try:
            write_whole(self.path, data)
        except OSError as fault:
            raise StoreError(
                f"{self.path} could not be written ({fault.strerror}); it is as it was: make room "
                "and give the same command again"
            ) from fault

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with FileLock(str(self.path) + ".lock", timeout=WAIT_S):
                yield
        except Timeout as fault:
            raise BusyError(
                f"another process has held {self.path} for {WAIT_S:.0f} seconds; try again"
            ) from fault

    def _write(self, data: bytes) -> None:
        """Appends all of it or none: what a full disk cut short is taken off again."""
        with self.path.open("ab") as file:
            before = file.tell()
            if before and not _ends_with_newline(self.path):
                data = b"\n" + data  # a killed writer left half a line: start a fresh one
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(self.path, before)
                raise

    def all_lines(self) -> list[Decision]:
        """Every decision ever made, in order; half a line left by a killed writer is skipped."""
        return self.read().lines

    def read(self, since: Mark | None = None) -> Read:
        """The decisions after a mark, all without one, with a mark for the next time.

        A ledger that is not the one the mark was made in (restored from a backup, say) is read
        whole, and ``afresh`` says so.
        """
        try:
            with self.path.open("rb") as file:
                known = since is not None and _leads_to(file, since)
                start = since.size if known and since else 0
                file.seek(start)
                data = file.read()
                end = start + data.rfind(b"\n") + 1
                return Read(self._parsed(data), _mark(file, end), afresh=not known)
        except FileNotFoundError:
            return Read([], Mark(), afresh=since is None or since.size > 0)

    def stamp(self) -> tuple[int, ...]:
        """Another value for every change, without reading it; empty where there is none yet."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return ()
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _parsed(self, data: bytes) -> list[Decision]:
        out = []
        for number, line in enumerate(data.splitlines(), 1):
            if not line.strip():
                continue
            told = _told(line)
            if told is None:
                logger.warning("%s line %d cannot be read and was skipped", self.path, number)
            else:
                out.append(told)
        return out

    def unreadable(self) -> list[int]:
        """The numbers of the lines that cannot be read, also of a last one without an end."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return []
        lines = data.splitlines(keepends=True)
        return [
            n
            for n, line in enumerate(lines, 1)
            if line.strip() and (_told(line) is None or not line.endswith(b"\n"))
        ]

    def standing(self) -> list[Decision]:
        """The decisions that stand: those undone are left out, and so are the undoings."""
        return self.standing_to()[0]

    def standing_to(self) -> tuple[list[Decision], Mark]:
        """The decisions that stand and how far the ledger was read for them."""
        read = self.read()
        return those_standing(read.lines), read.mark


def those_standing(lines: Sequence[Decision]) -> list[Decision]:
    """The lines that no later one undid, without the undoings."""
    undone = undone_by(lines)
    return [d for d in lines if d.kind != "undo" and d.id not in undone]


def undone_by(lines: Sequence[Decision]) -> set[str]:
    """The ids that lines undo; the undoing of an undoing brings a decision back."""
    return set(undoings(lines))


def undoings(lines: Sequence[Decision]) -> dict[str, str]:
    """Id of each line that is undone → id of the line that undoes it."""
    undone: dict[str, str] = {}
    for line in reversed(lines):
        if line.kind == "undo" and line.id not in undone:
            undone.setdefault(line.verdict, line.id)
    return undone


def _told(line: bytes) -> Decision | None:
    """The decision of a line of the file; None where it cannot be read."""
    try:
        # as text: bytes would have their encoding guessed anew, line by line
        return Decision(**json.loads(line.decode()))
    except (ValueError, TypeError):
        return None


def _leads_to(file: BinaryIO, mark: Mark) -> bool:
    """Whether a file is the one of the mark, with nothing or more after it."""
    file.seek(0, os.SEEK_END)
    return mark.size <= file.tell() and _mark(file, mark.size) == mark


def _mark(file: BinaryIO, size: int) -> Mark:
    start = max(0, size - MARKED_BYTES)
    file.seek(start)
    return Mark(size, hashlib.sha256(file.read(size - start)).hexdigest()[:16])


def now() -> str:
    """This moment, ISO 8601 with zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def findings_decided(
    decisions: Sequence[Decision],
    recording_sha256: str,
    findings: Sequence[Finding],
    *,
    kind: str = "finding",
) -> dict[str, Decision]:
    """Which finding each decision of ``kind`` is about: by id, else by the seconds it covered."""
    known = {f.id for f in findings}
    out: dict[str, Decision] = {}
    for decision in decisions:
        if decision.kind != kind or decision.recording_sha256 not in ("", recording_sha256):
            continue
        found = decision.finding_id if decision.finding_id in known else ""
        # two decisions about one finding stay together, two findings keep apart
        taken = {f for f, d in out.items() if d.finding_id != decision.finding_id}
        found = found or _finding_at(decision, findings, taken)
        if found:
            out[found] = decision
    return out


def withheld_names(decisions: Sequence[Decision]) -> frozenset[str]:
    """Names that a person has decided are never to be shown."""
    state: dict[str, str] = {d.name: d.verdict for d in decisions if d.kind == "withhold"}
    return frozenset(name for name, verdict in state.items() if verdict == "withheld")


def overlap_s(a_start: float, a_end: float, b_start: float, b_end: float) -> float:
    """Seconds that two spans share."""
    return max(0.0, min(a_end, b_end) - max(a_start, b_start))


def _finding_at(decision: Decision, findings: Sequence[Finding], taken: set[str]) -> str:
    if decision.start_s is None or decision.end_s is None or not decision.recording_sha256:
        return ""
    # a decision about a concern is none about a decision of the same seconds
    wanted = "recommendation" if decision.kind == "reference" else told_by_id(decision)[0]
    shared = {
        f: overlap_s(decision.start_s, decision.end_s, f.start_s, f.end_s)
        for f in findings
        if f.id not in taken and wanted in ("", f.kind)
    }
    most = max(shared.values(), default=0.0)
    return _meant(decision, [f for f in shared if most > 0 and shared[f] == most])


def _meant(decision: Decision, alike: Sequence[Finding]) -> str:
    """Which of the findings at the same seconds a decision is about; empty where none can be told.

    Several recommendations of one sentence share its seconds: there only the words tell, and
    another engine spells them otherwise.
    """
    kind, part = told_by_id(decision)
    own = [f for f in alike if f.kind == kind] or list(alike)
    if len(own) == 1 and not part:
        return own[0].id
    scored = [(likeness(f.quote, decision.words), f.quote == decision.words, f.id) for f in own]
    best = max(scored, key=lambda s: s[:2], default=(0.0, False, ""))
    return best[2] if best[0] >= ALIKE else ""


def told_by_id(decision: Decision) -> tuple[str, int]:
    """The kind of the finding a decision was about and its number in its sentence, 0 if unknown."""
    sha, start, end = decision.recording_sha256, decision.start_s or 0.0, decision.end_s or 0.0
    for kind in FINDING_KINDS:
        for part in range(MOST_PARTS):
            if finding_id(sha, kind, start, end, part) == decision.finding_id:
                return kind, part
    return "", 0


def _with_id(decision: Decision) -> Decision:
    if decision.id:
        return decision
    values = asdict(decision)
    values["id"] = uuid.uuid4().hex[:12]
    return Decision(**values)


def _sparse(decision: Decision) -> Mapping[str, object]:
    """A line without what it does not say, so that people can read the file."""
    return {k: v for k, v in asdict(decision).items() if v not in ("", None, ())} | {
        "verdict": decision.verdict
    }


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
