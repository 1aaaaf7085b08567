"""The flow over many meetings: each on its own, so that one fault stops nobody else."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import httpx
from prefect import flow

from flows.by_hand import interrupted
from flows.claims import claimed
from flows.handed import Handed
from flows.load import is_loaded, load_meeting
from flows.plan import Plan
from flows.process_meeting import process_meeting
from flows.progress import Step, report
from flows.recognition import recognisers
from flows.report import Outcome, told_of
from flows.results import kept_under
from flows.server import answers_within
from matters_arising.errors import MattersArisingError
from models.toolbox import Toolbox
from transcripts.home import check_home
from transcripts.overlap import overlapped_of
from transcripts.processed import Coverage, ProcessedMeeting, ProcessedTranscript
from transcripts.record import Record
from transcripts.voiceless import voiceless

logger = logging.getLogger(__name__)
T = TypeVar("T")

TRIES = 3


@flow(name="process-batch", validate_parameters=False, persist_result=False)
def process_batch(
    plans: Handed[list[tuple[str, Plan]]],
    tools: Toolbox,
    home: Path,
    jobs: int,
    outcomes: Handed[list[Outcome]],
) -> None:
    """Processes each meeting and puts it into the warehouse; names every failure.

    What became of each is added to ``outcomes`` at once: it is told also where this is cut short.
    1 start the recognising processes, then for each meeting 2 process it, 3 load it.
    """
    with recognisers(tools, jobs) as runner:
        one = process_meeting.with_options(
            task_runner=runner,
            result_storage=kept_under(home),
        )
        for where, plan in plans.value:
            outcomes.value.append(_guarded(one, where, plan, home))


def _guarded(one: object, where: str, plan: Plan, home: Path) -> Outcome:
    """One meeting, unless somebody else is at it or did it since this batch was planned.

    NewerSchemaError, which ends the batch, where the archive is a newer program's by now.
    """
    check_home(home)  # the program may be updated under a long batch: the old one writes no more
    with claimed(home, plan.meeting.id) as holder:
        if holder:
            return Outcome(where, plan.meeting.id, "in work", message=f"{holder} is at it")
        made = guarded(where, plan, home, lambda: is_made(home, plan), time.monotonic())
        if isinstance(made, Outcome):
            return made
        if made:
            return Outcome(where, plan.meeting.id, "up to date")
        for _ in range(TRIES):
            try:
                return _processed(one, where, plan, home)
            except httpx.TransportError:
                logger.warning("Prefect's server went away while %s was done", plan.meeting.id)
                if not answers_within():
                    break
        message = (
            "Prefect's server went away; nothing finished is lost: run the same command again, or "
            "look at the server that PREFECT_API_URL names"
        )
        return as_failed(where, plan, message, time.monotonic())


def is_made(home: Path, plan: Plan) -> bool:
    """Whether another batch made it, and loaded it, since this one was planned."""
    meeting_id = plan.meeting.id
    return Record(home).run_key(meeting_id) == plan.key and is_loaded(home, meeting_id)


def _processed(one: object, where: str, plan: Plan, home: Path) -> Outcome:
    started = time.monotonic()

    def process() -> Outcome:
        processed, faults, reading = one(Handed(plan), home)  # type: ignore[operator]
        report(Step(plan.meeting.id, "loading"))
        load_meeting(home, processed)
        return replace(as_done(where, plan, processed, faults, started), reading=reading)

    return guarded(where, plan, home, process, started)


def guarded(where: str, plan: Plan, home: Path, do: Callable[[], T], started: float) -> T | Outcome:
    """What ``do`` gives, or how the meeting failed: whatever happens to one stops no other."""
    try:
        return do()
    except MattersArisingError as fault:
        return as_failed(where, plan, str(fault), started)
    except OSError as fault:
        return as_failed(where, plan, told_of(fault, str(home)), started)
    except httpx.TransportError:
        raise  # between us and Prefect's server: whatever the stages ask goes through Prefect
    except Exception as fault:  # a bug in one meeting must not cost the others theirs
        if interrupted(fault):
            raise KeyboardInterrupt from fault
        logger.exception("meeting %s failed", plan.meeting.id)
        message = f"a fault in this program, please report it: {type(fault).__name__}: {fault}"
        return as_failed(where, plan, message, started)


def _overlapped(part: ProcessedTranscript) -> int:
    marked = overlapped_of(part.transcript.utterances, part.transcript.turns)
    return sum(map(sum, marked.values()))


def _shifted(coverages: Sequence[Coverage]) -> list[str]:
    """What is to be known of captions that do not fit their sound."""
    return [
        f"the captions stand {c.late_s or 0.0:+.1f} s from the sound, and "
        f"{c.late_grows_s or 0.0:+.1f} s further at the end than at the beginning, so links play "
        "something else; give the captions of this very recording"
        for c in coverages
        if c.shifted
    ]


def as_failed(where: str, plan: Plan, message: str, started: float) -> Outcome:
    """A meeting that could not be made, with the fault's sentence."""
    seconds = time.monotonic() - started
    return Outcome(where, plan.meeting.id, "failed", message=message, seconds=round(seconds, 1))


def as_done(
    where: str, plan: Plan, processed: ProcessedMeeting, faults: list[str], started: float
) -> Outcome:
    """A meeting that was made and is loaded, with its figures; ``faults`` are told beside them."""
    chosen = [p for p in processed.transcripts if p.preferred]
    coverages = [p.transcript.coverage for p in chosen]
    words = sum(c.words for c in coverages)
    speech_s = sum(c.speech_s for c in coverages)
    outcome = Outcome(
        where=where,
        meeting_id=plan.meeting.id,
        outcome="done",
        message="; ".join([*faults, *_shifted(coverages)]),
        seconds=round(time.monotonic() - started, 1),
        sound_s=round(sum(c.duration_s for c in coverages), 1),
        words=words,
        findings=sum(len(p.findings.findings) for p in chosen),
        named_share=round(sum(c.words_named for c in coverages) / words, 3) if words else 0.0,
        transcribed_share=(
            round(sum(c.transcribed_s for c in coverages) / speech_s, 3) if speech_s else 0.0
        ),
        gaps=sum(len(c.gaps) for c in coverages),
        overlapped=sum(map(_overlapped, chosen)),
        voiceless=voiceless(u for p in chosen for u in p.transcript.utterances),
        repaired=sum(
            bool(w.heard) for p in chosen for u in p.transcript.utterances for w in u.words
        ),
        engines=tuple(
            f"{e.task}: {e.name} {e.model}".strip() for p in chosen for e in p.transcript.engines
        ),
    )
    logger.info(
        "meeting %s stored: %d words, %d findings, %d gaps, %.1f s",
        outcome.meeting_id,
        outcome.words,
        outcome.findings,
        outcome.gaps,
        outcome.seconds,
    )
    return outcome
