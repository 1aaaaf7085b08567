"""Runs a batch from beginning to end: plan, server, flow, report. Prefect only if there is work."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from flows.handed import Handed
from flows.keeping import settle_all
from flows.known import listened_for
from flows.load import is_loaded, load_meeting, release
from flows.plan import Plan, make_plan
from flows.report import Outcome, Report, save_report
from flows.server import prepare_environment, temporary_server
from matters_arising.errors import MattersArisingError
from models.toolbox import Toolbox
from transcripts.collect import Candidate
from transcripts.enrolled import Enrolled
from transcripts.home import bring_forward
from transcripts.keeping import NOTHING, Kept, keeping
from transcripts.ledger import Ledger
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
) -> Report:
    """Processes what is new among ``candidates``; ``say`` is told, in words, what is waited for.

    ``known_voices``: enrolled voices are listened for. Those whose time is over go in any case.

    A meeting whose newest run was made from the same files by the same engines is up to date:
    where all are, Prefect is not even imported.
    """
    started = time.monotonic()
    outcomes: list[Outcome] = []
    plans: list[tuple[str, Plan]] = []
    record = Record(home)
    outcomes += _tidied(home)
    enrolled = listened_for(home, turned_on=known_voices)
    decided = keeping(Ledger(home).standing())
    for candidate in candidates:
        planned = _planned(candidate, tools, enrolled, decided)
        if isinstance(planned, Outcome):
            outcomes.append(planned)
        elif record.run_key(planned.meeting.id) == planned.key:
            held = decided.get(planned.meeting.id, NOTHING).is_held(date.today())
            if not held and not is_loaded(home, planned.meeting.id):
                load_meeting(home, record.read(planned.meeting.id))
            outcomes.append(Outcome(candidate.where, planned.meeting.id, "up to date"))
        else:
            plans.append((candidate.where, planned))
    if plans:
        plans.sort(key=lambda p: (p[1].meeting.date, p[1].meeting.id))
        outcomes += _process(plans, tools, home, jobs, say)
        settle_all(home)
    report = Report(tuple(outcomes), seconds=time.monotonic() - started)
    if plans or report.failed:
        save_report(report, home)
    return report


def _tidied(home: Path) -> list[Outcome]:
    """What was decided, and not wholly done, is done first; a fault in it stops no meeting."""
    try:
        bring_forward(home)
        settle_all(home)
        release(home)
    except MattersArisingError as fault:
        return [Outcome(str(home), "", "failed", message=str(fault))]
    return []


def _planned(
    candidate: Candidate,
    tools: Toolbox,
    enrolled: Sequence[Enrolled],
    decided: Mapping[str, Kept],
) -> Plan | Outcome:
    fault = candidate.fault
    meeting_id = candidate.meeting.id if candidate.meeting else ""
    kept = decided.get(meeting_id, NOTHING)
    if candidate.meeting is not None and (why := kept.why_left_out()):
        return Outcome(candidate.where, meeting_id, "left out", message=why)
    if candidate.meeting is not None:
        try:
            return make_plan(candidate.meeting, tools, enrolled, kept.redactions)
        except MattersArisingError as found:
            fault = found
    return Outcome(candidate.where, meeting_id, "failed", message=str(fault))


def _process(
    plans: list[tuple[str, Plan]],
    tools: Toolbox,
    home: Path,
    jobs: int,
    say: Callable[[str], None],
) -> list[Outcome]:
    prepare_environment(home)
    with temporary_server(home) as server:
        say("starting Prefect's temporary server")
        from flows.process_batch import process_batch  # imports prefect: two seconds and more

        if server is not None:
            server.wait()
        outcomes: list[Outcome] = []
        try:
            process_batch(Handed(plans), tools, home, jobs, Handed(outcomes))
        except Exception as fault:  # Prefect's, or its server's: what was done is told all the same
            logger.exception("the batch was cut short")
            outcomes += _cut_short(plans[len(outcomes) :], fault)
        return outcomes


def _cut_short(rest: Sequence[tuple[str, Plan]], fault: Exception) -> list[Outcome]:
    why = str(fault).splitlines()[0] if str(fault) else ""
    message = (
        f"the batch was cut short ({type(fault).__name__}: {why}); nothing finished is lost: run "
        "the same command again"
    )
    return [Outcome(where, plan.meeting.id, "failed", message=message) for where, plan in rest]
