"""A machine that makes meetings for another: it takes a job from the store and puts what it made.

Everything heavy is done here: decoding, recognition, voices, names, findings, vectors. What people
decided stays with the machine that loads: the ledger is not here, nor the warehouse. When a job is
done, or found to be taken back, nothing of its meeting stays on this machine.

What is heard is handed in stage by stage, so that a worker that is killed loses the stage it was
in. A worker may be told to do no more than that, or to leave it to others (``worker_stage``).
"""

from __future__ import annotations

import logging
import shutil
import socket
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from flows.handed import Handed
from flows.handing_in import hand_in_all, handed_in_under, take_in
from flows.parent import exit_with_parent
from flows.plan import Plan, make_plan
from flows.pool import RECOGNISE
from flows.process_meeting import Understood, hear, understand
from flows.recognition import recognisers
from flows.unfit import end_worker
from matters_arising.errors import (
    BadInputError,
    BusyError,
    EngineError,
    MissingModelError,
    StoreError,
    UnfitError,
)
from matters_arising.settings import Settings
from models.toolbox import Toolbox
from transcripts.meeting import Engine, Meeting
from transcripts.objects.bundle import Pointer, dumped, pointer_of, push
from transcripts.objects.heard import take_out
from transcripts.objects.jobs import (
    ALL_HEARD,
    DONE,
    MADE,
    Job,
    fetched,
    folder_of,
    read_job,
)
from transcripts.objects.store import ObjectStore
from transcripts.objects.tidy import forget
from transcripts.objects.turns import own_turn
from transcripts.open_session import WHY as CLOSED
from transcripts.record import Record

logger = logging.getLogger(__name__)


def end_if_unfit(flow: object, flow_run: object, state: State[object]) -> None:
    """Ends the worker where its machine is at fault, when the server knows that the run failed.

    Before that the run would be left as if it were at work.
    """
    fault = state.result(raise_on_failure=False)
    if isinstance(fault, UnfitError | MissingModelError | StoreError | OSError):
        end_worker(Settings().home.absolute(), fault)


@flow(
    name="meeting-elsewhere",
    flow_run_name="{meeting_id}",
    persist_result=False,
    on_failure=[end_if_unfit],
)
def meeting_elsewhere(meeting_id: str, key: str) -> None:
    """Makes a meeting that was handed out, in a process that a worker of the pool started.

    Its parameters are written down by Prefect and name the job only; who sat in the meeting stands
    in the store.
    """
    exit_with_parent()
    settings = Settings()
    store = ObjectStore(settings.store, patience_s=settings.store_patience_s)
    take_up(store, settings.home.absolute(), meeting_id, key, settings)


@flow(name="understand-meeting", validate_parameters=False, persist_result=False)
def understand_meeting(given: Handed[Plan], home: Path) -> Understood:
    """Makes what a record holds of one meeting, and keeps none of it."""
    return understand(given.value, home)


@flow(name="hear-meeting", validate_parameters=False, persist_result=False)
def hear_meeting(given: Handed[Plan], home: Path) -> None:
    """Makes what the sound of one meeting tells: speech, voices, words."""
    hear(given.value, home)


def take_up(store: ObjectStore, home: Path, meeting_id: str, key: str, settings: Settings) -> None:
    """1 claims the job, 2 fetches its files, 3 makes the meeting, 4 puts it, 5 forgets it.

    A worker for recognition makes and puts no more than what is heard. A fault of the meeting,
    which is a BadInputError, is put in place of the result; every other, of this machine, its
    engines, the store or the network, is raised: another worker may make the meeting.
    """
    folder = folder_of(meeting_id, key)
    if (job := read_job(store, meeting_id, key)) is None:
        logger.info("the job %s was gathered, or taken back", folder)
        return
    try:
        with own_turn(store, folder, lease_s=job.lease_s) as turn:
            if store.get(f"{folder}/{DONE}") is not None:
                return
            try:
                made = _made(store, folder, job, home, settings)
            except BadInputError as fault:
                failed = Pointer(failed=str(fault), by=socket.gethostname())
                store.put(f"{folder}/{DONE}", dumped(failed))
            else:
                if made is None:
                    store.put(f"{folder}/{ALL_HEARD}", dumped(Pointer(by=socket.gethostname())))
                elif read_job(store, meeting_id, key) is not None:  # nor redacted meanwhile
                    _put(store, folder, made, key, home)
            if not turn.is_ours():
                logger.warning("%s was taken by another as well; both made the same", meeting_id)
    except BusyError as fault:
        logger.info("%s", fault)  # whoever is at it puts it
        return
    forget(home, [each.sha256 for each in job.inputs])


def _made(
    store: ObjectStore, folder: str, job: Job, home: Path, settings: Settings
) -> Understood | None:
    """What a record holds of the meeting; None where it was heard only, and that is handed in."""
    plan = _planned(job, fetched(store, job, home), settings)
    meeting, tools = plan.meeting, plan.tools
    shas = [source.sha256 for source in plan.sources]
    taken = take_in(store, home, shas)
    logger.info("%s goes on from %d stages that are on the store", meeting.id, taken)
    stops_there = settings.worker_stage == RECOGNISE
    with recognisers(tools, settings.jobs) as runner:
        one = (hear_meeting if stops_there else understand_meeting).with_options(
            task_runner=runner,
            result_storage=handed_in_under(home, store, folder),
        )
        made: Understood | None = one(Handed(plan), home)
    if made is None:
        hand_in_all(store, home, folder, shas)
        return None
    _forget_closed(store, made)
    return made


def _planned(job: Job, meeting: Meeting, settings: Settings) -> Plan:
    """What is to be made; UnfitError where this machine would make another meeting of it."""
    tools = Toolbox(
        speech=job.speech,
        speech_model=job.speech_model,
        language=job.language,
        models_folder=settings.models,
        offline=settings.offline,
        repairs_names=job.repairs_names,
    )
    try:
        _check_engines(job.engines, tools.engines())
        plan = make_plan(meeting, tools, (), job.redactions)
    except EngineError as fault:
        raise UnfitError(str(fault)) from fault
    if plan.key != job.key:
        raise UnfitError(
            f"{socket.gethostname()} would not make {meeting.id} as it was asked to: its version "
            "of this program is another; install the same version on both machines"
        )
    return plan


def _forget_closed(store: ObjectStore, made: Understood) -> None:
    """What was heard where the public was excluded must not lie there until it is gathered."""
    for part in made.processed.transcripts:
        if any(gap.why == CLOSED for gap in part.transcript.coverage.gaps):
            take_out(store, part.transcript.recording_sha256)


def _check_engines(asked: Sequence[Engine], here: Sequence[Engine]) -> None:
    """UnfitError where an engine or a model of this machine is another than was asked for."""
    theirs = {e.task: e for e in here}
    for engine in asked:
        mine = theirs.get(engine.task)
        if mine != engine:
            have = f"{mine.name} {mine.version} {mine.model}".strip() if mine else "nothing"
            raise UnfitError(
                f"{socket.gethostname()} has {have} for {engine.task}, and {engine.name} "
                f"{engine.version} {engine.model} was asked for: install the same there "
                "(matters doctor says how), or name the engine with --engine and --model"
            )


def _put(store: ObjectStore, folder: str, made: Understood, key: str, home: Path) -> None:
    """Puts what was made under the job, what says that it is whole last."""
    scratch = home / "work" / f"made-{key}"
    try:
        record, meeting_id = Record(scratch), made.processed.meeting.id
        record.save(made.processed, key)
        pointer = replace(
            pointer_of(record, meeting_id), told=tuple(made.told), by=socket.gethostname()
        )
        push(store, f"{folder}/{MADE}", record, meeting_id, pointer, last=f"{folder}/{DONE}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
