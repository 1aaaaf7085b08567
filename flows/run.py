"""Runs a batch from beginning to end: plan, server, flow, report. Prefect only if there is work."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from flows.by_hand import interrupted
from flows.handed import Handed
from flows.keeping import settle_all
from flows.known import listened_for
from flows.load import is_loaded, load_meeting, release
from flows.plan import Plan, make_plan
from flows.pushing import check_elsewhere, process_away, pushed
from flows.report import Outcome, Report, save_report
from flows.server import prepare_environment, temporary_server
from matters_arising.errors import MattersArisingError
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
    meetings, through that store; BadInputError where they could not.

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
            outcomes += _tidied(home)  # what was decided meanwhile
    if store and candidates:  # not at each look of a watch
        outcomes += pushed(home, store)
    report = Report(tuple(outcomes), seconds=time.monotonic() - started)
    if plans or report.failed:
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
    record = Record(home)
    enrolled = listened_for(home, turned_on=known_voices)
    decided = keeping(Ledger(home).standing())
    delivered = Deliveries(record)
    for candidate in candidates:
        planned = _planned(candidate, tools, enrolled, decided)
        if isinstance(planned, Outcome):
            outcomes.append(planned)
        elif twin := delivered.get(_delivery(planned.meeting), planned.meeting.id):
            outcomes.append(_second(candidate.where, planned.meeting, twin))
        elif record.run_key(planned.meeting.id) == planned.key:
            outcomes.append(_up_to_date(home, candidate.where, planned.meeting.id, decided))
        else:
            plans.append((candidate.where, planned))
    return plans


class Deliveries:
    """Which meeting a recording was delivered for, of the same committee and day."""

    def __init__(self, record: Record) -> None:
        self._by: dict[tuple[object, ...], str] = {}
        for meeting_id in record.meeting_ids():
            with suppress(MattersArisingError):  # told where it is processed or looked at
                meeting = record.meeting(meeting_id)
                self._by.setdefault(_delivery(meeting), meeting_id)

    def get(self, delivery: tuple[object, ...], meeting_id: str) -> str:
        """The other meeting that it came for; empty where it is this one's."""
        first = self._by.setdefault(delivery, meeting_id)
        return "" if first == meeting_id else first


def _delivery(meeting: Meeting) -> tuple[object, ...]:
    """What is the same of two deliveries of one sitting."""
    files = tuple((r.sha256, r.offset_s) for r in meeting.recordings if r.sha256)
    about = (meeting.council, meeting.committee, meeting.date)
    return (*about, files) if files else (*about, meeting.id)


def _second(where: str, meeting: Meeting, twin: str) -> Outcome:
    message = (
        f"its recording is the one of {twin}, of the same committee and day: a second delivery is "
        "not taken; remove it, or give the meeting the id of the first"
    )
    return Outcome(where, meeting.id, "failed", message=message)


def _up_to_date(home: Path, where: str, meeting_id: str, decided: Mapping[str, Kept]) -> Outcome:
    """Puts it into the warehouse where it is not: a run may have been killed before it did."""
    try:
        held = decided.get(meeting_id, NOTHING).is_held(date.today())
        if not held and not is_loaded(home, meeting_id):
            load_meeting(home, Record(home).read(meeting_id))
    except MattersArisingError as fault:
        return Outcome(where, meeting_id, "failed", message=str(fault))
    return Outcome(where, meeting_id, "up to date")


def _tidied(home: Path) -> list[Outcome]:
    """What was decided, and not wholly done, is done first; a fault in it stops no meeting."""
    try:
        bring_forward(home)
        settle_all(home)
        release(home)
    except (MattersArisingError, OSError) as fault:
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
