"""Runs a batch from beginning to end: plan, server, flow, report. Prefect only if there is work."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.by_hand import interrupted
from flows.deliveries import Deliveries
from flows.handed import Handed
from flows.keeping import settle_all
from flows.known import listened_for
from flows.load import is_loaded, load_meeting, release, tie_threads
from flows.plan import Plan, make_plan
from flows.pushing import check_elsewhere, process_away, pushed
from flows.report import Outcome, Report, save_report, told_of
from flows.server import prepare_environment, temporary_server
from matters_arising.errors import MattersArisingError, NewerSchemaError
from models.toolbox import Toolbox
from transcripts.collect import Candidate
from transcripts.enrolled import Enrolled
from transcripts.home import bring_forward
from transcripts.keeping import NOTHING, Kept, keeping
from transcripts.ledger import Ledger
from transcripts.meeting import Meeting
from transcripts.record import Record

logger = logging.getLogger(__name__)


def run_batch(
    candidates: Sequence[Candidate],
    tools: Toolbox,
    *,
    home: Path,
    jobs: int,
    say: Callable[[str], None] = lambda _: None,
    known_voices: bool = False,
    store: str = "",
    pool: str = "",
) -> Report:
    """Processes what is new among ``candidates``; ``say`` is told, in words, what is waited for.

    ``known_voices``: enrolled voices are listened for. Those whose time is over go in any case.
    ``store``: an address to which the record is pushed at the end. ``pool``: whose workers make the
    meetings, through that store; BadInputError where they could not. NewerSchemaError where a newer
    version of the program made the archive what it is: then nothing is done.

    A meeting whose newest run was made from the same files by the same engines is up to date:
    where all are, Prefect is not even imported.
    """
    started = time.monotonic()
    if pool:
        check_elsewhere(store)
    outcomes = _tidied(home)
    plans = _planned_all(candidates, tools, home, known_voices, outcomes)
    if plans:
        plans.sort(key=lambda p: (p[1].meeting.date, p[1].meeting.id))
        made = _process(plans, tools, home, jobs, say, store, pool)
        outcomes += made
        if any(o.outcome == "done" for o in made):
            outcomes += _tidied_after(home)
    if store and candidates:  # not at each look of a watch
        outcomes += pushed(home, store)
    report = Report(tuple(outcomes), seconds=time.monotonic() - started)
    if plans or (candidates and report.failed):
        try:
            save_report(report, home)
        except OSError as fault:  # the caller is told all the same
            logger.warning("the report could not be kept in %s (%s)", home, fault.strerror)
    return report


def _planned_all(
    candidates: Sequence[Candidate],
    tools: Toolbox,
    home: Path,
    known_voices: bool,
    outcomes: list[Outcome],
) -> list[tuple[str, Plan]]:
    """What is to be made, and from where it came; what became of the others is in ``outcomes``."""
    plans: list[tuple[str, Plan]] = []
    looked = Looked(
        home,
        tools,
        listened_for(home, turned_on=known_voices),
        keeping(Ledger(home).standing()),
        Deliveries(Record(home)),
    )
    for candidate in candidates:
        try:
            planned = _planned(candidate, looked)
        except NewerSchemaError:
            raise
        except (MattersArisingError, OSError) as fault:  # of this meeting: the others are looked at
            meeting_id = candidate.meeting.id if candidate.meeting else ""
            why = told_of(fault, candidate.where)
            planned = Outcome(candidate.where, meeting_id, "failed", message=why)
        if isinstance(planned, Outcome):
            outcomes.append(planned)
        else:
            plans.append((candidate.where, planned))
    return plans


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read once to plan every meeting of a batch."""

    home: Path
    tools: Toolbox
    enrolled: Sequence[Enrolled]
    decided: Mapping[str, Kept]
    deliveries: Deliveries


def _planned(candidate: Candidate, looked: Looked) -> Plan | Outcome:
    """What is to be made of a meeting, or what became of it without that."""
    where, meeting = candidate.where, candidate.meeting
    if meeting is None:
        return Outcome(where, "", "failed", message=str(candidate.fault))
    kept = looked.decided.get(meeting.id, NOTHING)
    if why := kept.why_left_out():
        return Outcome(where, meeting.id, "left out", message=why)
    plan = make_plan(meeting, looked.tools, looked.enrolled, kept.redactions)
    if twin := looked.deliveries.twin(plan):
        return _second(where, meeting, twin)
    if Record(looked.home).run_key(meeting.id) == plan.key:
        return _up_to_date(looked.home, where, meeting.id, kept)
    return plan


def _second(where: str, meeting: Meeting, twin: str) -> Outcome:
    message = (
        f"its recording, or its captions, are those of {twin}, of the same committee and day: a "
        "second delivery is not taken; remove it, or give the meeting the id of the first"
    )
    return Outcome(where, meeting.id, "failed", message=message)


def _up_to_date(home: Path, where: str, meeting_id: str, kept: Kept) -> Outcome:
    """Puts it into the warehouse where it is not: a run may have been killed before it did."""
    if not kept.is_held(date.today()) and not is_loaded(home, meeting_id):
        load_meeting(home, Record(home).read(meeting_id))
    return Outcome(where, meeting_id, "up to date")


def _tidied(home: Path) -> list[Outcome]:
    """What was decided, and not wholly done, is done first; a fault in it stops no meeting.

    NewerSchemaError where the program was updated meanwhile: nothing is written by the old one.
    """
    try:
        bring_forward(home)
        settle_all(home)
        release(home)
        tie_threads(home)  # also those of a batch that was cut short
    except NewerSchemaError:
        raise
    except (MattersArisingError, OSError) as fault:
        return [Outcome(str(home), "", "failed", message=told_of(fault, str(home)))]
    return []


def _tidied_after(home: Path) -> list[Outcome]:
    """What was decided while a batch was made, and the threads of all; what was made is told."""
    try:
        return _tidied(home)
    except NewerSchemaError as fault:
        return [Outcome(str(home), "", "failed", message=str(fault))]


def _process(
    plans: list[tuple[str, Plan]],
    tools: Toolbox,
    home: Path,
    jobs: int,
    say: Callable[[str], None],
    store: str,
    pool: str,
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    try:
        prepare_environment(home)
        with temporary_server(home) as server:
            say("starting Prefect's temporary server" if server else "asking Prefect's server")
            from flows.process_batch import process_batch  # imports prefect: two seconds and more

            if server is not None:
                server.wait()
            here = process_away(plans, home, store, pool, outcomes, say) if pool else plans
            if here:
                process_batch(Handed(here), tools, home, jobs, Handed(outcomes))
    except Exception as fault:  # Prefect's, its server's, the disk's: what was done is told
        if interrupted(fault):
            raise KeyboardInterrupt from fault
        logger.info("the batch was cut short", exc_info=True)
        told = {o.meeting_id for o in outcomes}
        outcomes += _cut_short([p for p in plans if p[1].meeting.id not in told], fault)
    return outcomes


def _cut_short(rest: Sequence[tuple[str, Plan]], fault: Exception) -> list[Outcome]:
    why = (str(fault).splitlines() or [type(fault).__name__])[0]
    if not isinstance(fault, MattersArisingError | OSError):
        why = f"{type(fault).__name__}: {why}"
    message = (
        f"the batch was cut short ({why}); nothing finished is lost: mend that and run the same "
        "command again"
    )
    return [Outcome(where, plan.meeting.id, "failed", message=message) for where, plan in rest]
