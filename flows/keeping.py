"""Redacting and purging a meeting: a line in the ledger first, then the deed.

The line comes first so that a deed that was cut short is done at the next run (``settle``), and
so that it holds when the meeting is processed again.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from flows.forgetting import Traces, forget_id
from flows.load import rebuild_alone
from flows.plan import kept_in, redacted_key
from flows.proof import Proof, Telling, search, telling
from flows.recordings import FILES_OF, place, without_files
from flows.repeated import about, left_of_it, out_of_the_ledger, said_elsewhere, shas_of
from flows.salvage import read_or_salvaged
from flows.stretches import Stretch, meant
from flows.unenrolling import remove_those_from
from matters_arising.errors import BusyError, NotInArchiveError, StoreError
from transcripts.copies import Copy, holding
from transcripts.home import bring_forward
from transcripts.keeping import FINDINGS, OPEN, TRANSCRIPT, VECTORS, Kept, keeping, kept_of
from transcripts.ledger import Decision, Ledger, now
from transcripts.processed import ProcessedMeeting, ProcessedTranscript
from transcripts.record import Record, finished_findings
from transcripts.redacting import redacted, spans_of, without_points
from transcripts.whole import write_whole

logger = logging.getLogger(__name__)

LOCK = ".keeping.lock"
UNSETTLED = ".unsettled"  # a file a meeting, as long as a deed is not wholly done
WAIT_S = 600.0


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done: the line, the proof, where the words may still be, and the stretch taken."""

    line: Decision
    proof: Proof
    copies: tuple[Copy, ...] = ()
    files: tuple[str, ...] = ()  # recordings, captions and minutes that lie outside, or were kept
    missing: tuple[str, ...] = ()  # those that are not found
    points: tuple[str, ...] = ()  # of the minutes, that hold words of what was taken out
    lines: tuple[str, ...] = ()  # of the ledger, in which somebody had written words of it
    traces: Traces | None = None  # of a purged meeting's id
    damaged: str = ""  # why not all of a purged meeting could be read, if so
    is_to_come: bool = False  # it is of a recording that is not processed yet


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done to bring all in line: lines of the ledger that lost words, and traces."""

    lines: tuple[str, ...] = ()
    traces: Traces | None = None


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """While no backup is made and nothing else is taken out."""
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / LOCK, timeout=WAIT_S):
            bring_forward(home)
            yield
    except Timeout as fault:
        raise BusyError(
            f"another process has been making a backup of {home}, or taking something out of it, "
            f"for {WAIT_S:.0f} seconds; try again"
        ) from fault


def redact(home: Path, stretch: Stretch, who: str, why: str) -> Deed:
    """Takes a stretch of a recording out of everything, for good; see ``Deed``.

    BadInputError, and no line, where nothing was said in it.
    """
    with alone(home):
        before = Record(home).read(stretch.meeting_id)
        what = meant(before, stretch)
        start, end = what.span
        line = Decision(
            "redact",
            "redacted",
            who,
            now(),
            why,
            meeting_id=stretch.meeting_id,
            recording_sha256=what.recording_sha256,
            start_s=start,
            end_s=end,
            values=() if what.heard else (OPEN,),
        )
        (made,) = Ledger(home).append([line])
        settled = settle(home, stretch.meeting_id)
        if not what.heard:
            return Deed(made, search(home, Telling((), ())), lines=settled.lines, is_to_come=True)
        said = [s for t in what.heard for s in t.sentences]
        texts = [s.text for s in said if _within(s.start_s, s.end_s, start, end)]
        deed = _deed(home, made, texts, before)
        points = _minuted(home, before, texts)
        return replace(deed, points=points, lines=settled.lines)


def redact_point(home: Path, meeting_id: str, point_id: str, who: str, why: str) -> Deed:
    """Takes a point out of a meeting's minutes and decisions, for good; see ``Deed``.

    The same words at the same item stay out when a document is read again.
    """
    with alone(home):
        before = Record(home).read(meeting_id)
        points = [p for m in before.minutes for p in m.points]
        gone = [p.wording for p in points if p.id == point_id]
        if not gone:
            known = sorted({p.id for p in points})
            raise NotInArchiveError("point of the minutes", point_id, known)
        line = Decision(
            "redact", "redacted", who, now(), why, meeting_id=meeting_id, point_id=point_id
        )
        (made,) = Ledger(home).append([line])
        settled = settle(home, meeting_id)
        return replace(_deed(home, made, gone, before), lines=settled.lines)


def purge(home: Path, meeting_id: str, who: str, why: str) -> Deed:
    """Takes all of a meeting out of everything; it is not processed again.

    One that cannot be read goes too; what its files still tell is looked for elsewhere.
    """
    with alone(home):
        record = Record(home)
        if not _is_there(record, meeting_id):
            raise NotInArchiveError("meeting", meeting_id, record.meeting_ids())
        held = read_or_salvaged(record, meeting_id)
        (made,) = Ledger(home).append(
            [Decision("purge", "purged", who, now(), why, meeting_id=meeting_id)]
        )
        settled = settle(home, meeting_id)
        deed = _deed(home, made, held.texts, held.processed)
        return replace(deed, lines=settled.lines, traces=settled.traces, damaged=held.fault)


def _is_there(record: Record, meeting_id: str) -> bool:
    """Whether there is anything of a meeting, also where nothing tells which run is the newest."""
    held = {p.name for p in record.folder.glob("*") if p.is_dir()}
    return meeting_id in held and not meeting_id.startswith(".")


def settle_all(home: Path) -> list[str]:
    """Does again what was decided and not, or not wholly, done; gives the meetings it was for.

    StoreError, when all that can be are done, names those that cannot be read.
    """
    decided = keeping(Ledger(home).standing())
    begun = {p.name for p in (home / UNSETTLED).glob("*")}
    undone = sorted(begun | {m for m, kept in decided.items() if not _is_settled(home, m, kept)})
    faults = []
    if undone:
        with alone(home):
            for meeting_id in undone:
                try:
                    settle(home, meeting_id)
                except StoreError as fault:
                    faults.append(
                        f"what was decided about {meeting_id} is not wholly done: {fault}"
                    )
    if faults:
        raise StoreError("; ".join(faults))
    return undone


def settle(home: Path, meeting_id: str) -> Settled:
    """Brings everything under the home folder in line with what is decided about a meeting."""
    settled = Settled()
    kept = kept_of(Ledger(home).standing(), meeting_id)
    record, begun = Record(home), home / UNSETTLED / meeting_id
    begun.parent.mkdir(exist_ok=True)
    write_whole(begun, b"")
    there = meeting_id in record.meeting_ids()
    for later in kept.redactions:
        if not later.whole:  # what a run that was cut short read of it
            forget_results(home, later.recording_sha256)
    if kept.purged:
        settled = _settle_purged(home, meeting_id, kept.purged)
    elif there and (kept.redactions or kept.expired):
        settled = _settle_in_part(home, meeting_id, kept)
    if there and kept.points and not kept.purged:
        settled = Settled(settled.lines + _settle_minutes(home, meeting_id, kept))
    rebuild_alone(home)
    if not kept.purged and there:
        record.forget_earlier(meeting_id)
    begun.unlink()
    logger.info("settled %s", meeting_id)
    return settled


def _settle_purged(home: Path, meeting_id: str, line: Decision) -> Settled:
    record, lines = Record(home), tuple[str, ...]()
    if _is_there(record, meeting_id):
        held = read_or_salvaged(record, meeting_id)
        lines = out_of_the_ledger(home, held.processed, None, held.texts)
        _forget_around(home, held.processed, lambda d: d.meeting_id == meeting_id)
    remove_those_from(home, meeting_id, line.who, "its meeting was purged")
    record.forget(meeting_id)
    return Settled(lines, forget_id(home, meeting_id, f"purged-{line.id}"))


def _settle_minutes(home: Path, meeting_id: str, kept: Kept) -> tuple[str, ...]:
    record = Record(home)
    before = record.read(meeting_id)
    left = tuple(without_points(m, kept.points) for m in before.minutes)
    gone = [p.wording for m in before.minutes for p in m.points if p.id in kept.points]
    lines = out_of_the_ledger(home, before, replace(before, minutes=left), gone)
    for new, old in zip(left, before.minutes, strict=True):
        if new is not old:
            record.save_minutes(new)
    Ledger(home).without_words(lambda d: bool({d.point_id, d.claim_id} & kept.points))
    return lines


def _is_settled(home: Path, meeting_id: str, kept: Kept) -> bool:
    record = Record(home)
    if kept.purged:
        return not _is_there(record, meeting_id)
    if not (record.folder / meeting_id / "current.json").exists():
        return True
    try:
        return _is_settled_in_part(record, meeting_id, kept)
    except StoreError as fault:
        logger.warning("whether %s is settled cannot be told: %s", meeting_id, fault)
        return True


def _is_settled_in_part(record: Record, meeting_id: str, kept: Kept) -> bool:
    points = {p.id for m in record.minutes(meeting_id) for p in m.points}
    if points & kept.points:
        return False
    if not kept.redactions:
        return True
    key = record.run_key(meeting_id)
    here = {p.transcript.recording_sha256 for p in record.read(meeting_id).transcripts}
    applied = [r for r in kept.redactions if r.recording_sha256 in here]
    return not applied or key == redacted_key(key, kept.redactions)


def _settle_in_part(home: Path, meeting_id: str, kept: Kept) -> Settled:
    record = Record(home)
    processed, key = record.read(meeting_id), record.run_key(meeting_id)

    def touched(line: Decision) -> bool:
        if TRANSCRIPT in kept.expired or FINDINGS in kept.expired:
            return line.meeting_id == meeting_id
        spans = spans_of(kept.redactions, line.recording_sha256)
        start, end = line.start_s or 0.0, line.end_s or 0.0
        return any(_within(start, end, *span) for span in spans)

    parts, gone = [], list[str]()
    for part in processed.transcripts:
        spans = spans_of(kept.redactions, part.transcript.recording_sha256)
        said = part.transcript.sentences
        gone += [s.text for s in said if any(_within(s.start_s, s.end_s, *t) for t in spans)]
        parts.append(redacted(part, spans, processed.meeting.people) if spans else part)
    parts = [left_of(part, kept.expired) for part in parts if TRANSCRIPT not in kept.expired]
    left = replace(processed, transcripts=tuple(parts))
    for clock, kind in FILES_OF.items():
        if clock in kept.expired:
            left = replace(left, meeting=without_files(home, left.meeting, kind))
    lines = out_of_the_ledger(home, processed, left, gone)
    record.save(left, redacted_key(key, kept.redactions))
    record.forget_earlier(meeting_id)
    _forget_around(home, processed, touched)
    return Settled(lines)


def left_of(part: ProcessedTranscript, expired: Collection[str]) -> ProcessedTranscript:
    """A transcript without the kinds whose time is over."""
    if FINDINGS in expired:
        bare = replace(part.findings, findings=(), motions=(), claims=())
        part = replace(part, findings=finished_findings(bare))
    if VECTORS in expired:
        part = replace(part, vectors=part.vectors[:0])
    return part


def _forget_around(
    home: Path, processed: ProcessedMeeting, about: Callable[[Decision], bool]
) -> None:
    """Kept results, decoded sound, and the quotations in the ledger."""
    for sha in shas_of(processed):
        forget_results(home, sha)
        for sound in (home / "work").glob(f"*{sha[:32]}*"):
            sound.unlink(missing_ok=True)
    for loose in (home / "cache").glob("*"):  # of before results lay by recording; and failures
        if loose.is_file():
            loose.unlink()
    Ledger(home).without_words(about)


def forget_results(home: Path, recording_sha256: str) -> None:
    """Takes the kept results of a recording's stages off the disk."""
    shutil.rmtree(home.absolute() / "cache" / kept_in(recording_sha256), ignore_errors=True)


def _within(a_start: float, a_end: float, start: float, end: float) -> bool:
    return a_start < end and (a_end > start or a_start >= start)


def _deed(home: Path, line: Decision, gone: Sequence[str], before: ProcessedMeeting) -> Deed:
    is_about = about(before, Ledger(home).all_lines())
    left = left_of_it(home, before.meeting.id)
    wanted = telling(gone, said_elsewhere(home, before.meeting.id, left, is_about))
    files = [f for r in before.meeting.recordings for f in (r.path, r.captions) if f]
    files += [m.source for m in before.minutes]
    there = {f: f.startswith("http") or place(home, f).exists() for f in files}
    return Deed(
        line,
        search(home, wanted),
        tuple(holding(home, before.meeting.id)),
        tuple(f if f.startswith("http") else str(place(home, f)) for f in there if there[f]),
        tuple(f for f in there if not there[f]),
    )


def _minuted(home: Path, before: ProcessedMeeting, gone: Sequence[str]) -> tuple[str, ...]:
    """The points of the minutes with words of what was taken out that stand nowhere else."""
    left = left_of_it(home, before.meeting.id)
    if left is None:
        return ()
    is_about = about(before, Ledger(home).all_lines())
    bare = replace(left, minutes=())
    wanted = telling(gone, said_elsewhere(home, before.meeting.id, bare, is_about))
    points = {p.id: p for m in left.minutes for p in m.points}
    held = (*wanted.words, *wanted.phrases)
    return tuple(i for i, p in points.items() if any(w in p.wording.casefold() for w in held))
