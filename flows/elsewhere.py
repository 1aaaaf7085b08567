"""Meetings made by workers of a Prefect work pool, gathered and loaded on this machine.

The store says what is so: a job that is handed out, who is at it, what is whole. Prefect says which
worker takes which job. Where the two differ, as after a worker was killed, the store is believed
and the meeting is given to another worker.

What has sound goes to the workers that recognise; one that does no more says when all is heard,
and then the rest of the meeting is asked for. Only so many meetings are handed out at once: what
lies on the store, and the time to the first result, do not grow with the backlog.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from flows.claims import claimed
from flows.load import load_meeting
from flows.plan import Plan
from flows.pool import GONE, LIVING, RECOGNISE, REST, Pool
from flows.process_batch import as_done, as_failed, guarded, is_made
from flows.process_meeting import Understood, check_still_wanted, keep
from flows.progress import Step, report
from flows.report import Outcome
from matters_arising.errors import BusyError, StoreError, TransientError
from transcripts.home import check_home
from transcripts.objects.bundle import Pointer, parsed, pull, read_pointer
from transcripts.objects.jobs import (
    ALL_HEARD,
    DONE,
    JOBS,
    MADE,
    Job,
    files_of,
    folder_of,
    hand_out,
    moved,
    take_back,
    take_back_all,
)
from transcripts.objects.mirror import mark
from transcripts.objects.store import ObjectStore
from transcripts.objects.turns import LEASE_S, Claim, Watched, newest
from transcripts.record import Record

logger = logging.getLogger(__name__)

TRIES = 3  # workers that may be killed at one meeting, or fail for a reason of their own
LOOK_S = 2.0
STARTING_S = 240.0  # from being taken by a worker to the claim: Prefect, models, a busy machine
NOBODY_S = 900.0  # without any worker that takes anything
MOST = 32  # meetings that are handed out and not gathered
LEASES = 2.0  # a claim that was quiet for so many is nobody's


@dataclass(frozen=True, slots=True)
class Crew:
    """Who makes the meetings of a batch: the workers of a pool, through a store."""

    store: ObjectStore
    pool: str
    lease_s: float = LEASE_S
    most: int = MOST


@dataclass(slots=True)
class Awaited:
    """A meeting that was handed out; ``held`` keeps other batches of this machine from it."""

    where: str
    plan: Plan
    stage: str = ""
    held: ExitStack = field(default_factory=ExitStack)
    run: str = ""
    tries: int = 0
    started: float = field(default_factory=time.monotonic)
    claim: Watched = field(default_factory=Watched)
    gone: Claim = field(default_factory=Claim)  # whose holder was given up; it may come back
    state: str = ""
    told: str = ""
    why: str = ""  # it was given to another worker the last time

    def __post_init__(self) -> None:
        spoken = any(source.kind == "speech" for source in self.plan.sources)
        self.stage = RECOGNISE if spoken else REST

    @property
    def folder(self) -> str:
        """Where its job lies on the store."""
        return folder_of(self.plan.meeting.id, self.plan.key)


def stays_here(plan: Plan) -> bool:
    """Whether a meeting is not handed out.

    Enrolled voices are biometric data, and a reader's key is a secret: neither leaves this machine.
    """
    return bool(plan.known) or plan.tools.reader is not None


def process_elsewhere(
    plans: Sequence[tuple[str, Plan]],
    home: Path,
    crew: Crew,
    outcomes: list[Outcome],
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Hands meetings out, gathers and loads each as soon as it is whole; names every failure.

    What became of each is added to ``outcomes`` at once. Ended or killed, the same call again finds
    what is done, joins what is being done, and hands out the rest.
    """
    mark(crew.store)
    at_once = f", at most {crew.most} at once" if len(plans) > crew.most else ""
    say(f"{len(plans)} meetings go to the workers of {crew.pool}{at_once}")
    with Pool(crew.pool) as pool:
        work_off(plans, home, crew, pool, outcomes)


def work_off(
    plans: Sequence[tuple[str, Plan]], home: Path, crew: Crew, pool: Pool, outcomes: list[Outcome]
) -> None:
    """The same with a pool that is there: a look at all after each that is handed out."""
    waiting, awaited = deque(plans), list[Awaited]()
    with ExitStack() as held:
        held.callback(_let_go, awaited)
        patience = Patience()
        while waiting or awaited:
            if more := bool(waiting) and len(awaited) < crew.most:
                _next_out(Awaited(*waiting.popleft()), awaited, home, crew, pool, outcomes)
                patience.moved()
            _look_at_all(awaited, home, crew, pool, outcomes)
            if patience.is_over([(e.run, e.state, e.claim.claim) for e in awaited]):
                left = [*awaited, *(Awaited(*each) for each in waiting)]
                outcomes += [_nobody(each, crew) for each in left]
                return
            if awaited and not more:
                time.sleep(LOOK_S)


@dataclass(slots=True)
class Patience:
    """How long nothing has changed at all: then nobody is at work."""

    since: float = field(default_factory=time.monotonic)
    last: object = None

    def moved(self) -> None:
        """Something was done."""
        self.since = time.monotonic()

    def is_over(self, now: object) -> bool:
        """Whether it was this for too long."""
        if now != self.last:
            self.last = now
            self.moved()
        return time.monotonic() - self.since > NOBODY_S


def _next_out(
    each: Awaited, awaited: list[Awaited], home: Path, crew: Crew, pool: Pool,
    outcomes: list[Outcome],
) -> None:  # fmt: skip
    """Hands one meeting out, unless another batch is at it or made it since this was planned."""
    check_home(home)  # as where it is made here
    awaited.append(each)  # at once: whatever ends this lets go of it
    meeting_id = each.plan.meeting.id
    outcome: Outcome | None
    if holder := each.held.enter_context(claimed(home, meeting_id)):
        outcome = Outcome(each.where, meeting_id, "in work", message=f"{holder} is at it")
    else:
        outcome = _handed_out(each, home, crew, pool)
    if outcome:
        _ended(each, outcome, awaited, outcomes)


def _let_go(awaited: Sequence[Awaited]) -> None:
    for each in awaited:
        each.held.close()


def _ended(
    each: Awaited, outcome: Outcome, awaited: list[Awaited], outcomes: list[Outcome]
) -> None:
    awaited.remove(each)
    each.held.close()
    outcomes.append(outcome)


def _handed_out(each: Awaited, home: Path, crew: Crew, pool: Pool) -> Outcome | None:
    """What became of a meeting that was not handed out; a store that stays away ends the batch."""
    away: list[TransientError] = []

    def do() -> Outcome | None:
        if is_made(home, each.plan):
            return Outcome(each.where, each.plan.meeting.id, "up to date")
        try:
            _hand_out(each, crew, pool)
        except TransientError as fault:
            away.append(fault)
        return None

    outcome = guarded(each.where, each.plan, home, do, each.started)
    if away:
        raise away[0]
    return outcome


def _hand_out(each: Awaited, crew: Crew, pool: Pool) -> None:
    done = f"{each.folder}/{DONE}"
    data = crew.store.get(done)
    if data is not None and not _failed_before(crew.store, done, data):
        # made for a batch that was killed before it gathered
        take_back_all(crew.store, each.plan.meeting.id, but=each.plan.key)
        return
    crew.store.remove([done])
    plan = each.plan
    files = files_of(plan.meeting)
    job = Job(
        meeting=moved(plan.meeting, {path: it.place for path, it in files.items()}),
        key=plan.key,
        inputs=tuple(files.values()),
        speech=plan.tools.speech_choice().name,
        engines=tuple(plan.tools.engines()),
        speech_model=plan.tools.speech_model or plan.tools.speech_choice().model,
        language=plan.tools.language,
        repairs_names=plan.tools.repairs_names,
        redactions=plan.redactions,
        lease_s=crew.lease_s,
    )
    hand_out(crew.store, job, files)
    # of an earlier cut; last, so that what was heard for it in the same sound is gone on with
    take_back_all(crew.store, plan.meeting.id, but=plan.key)
    if _is_heard(each, crew.store):
        each.stage = REST
    each.run = pool.running(plan.meeting.id, plan.key, each.stage) or _submitted(each, pool)
    each.tries = 1


def _is_heard(each: Awaited, store: ObjectStore) -> bool:
    """Whether a worker that only recognises has done its part."""
    return each.stage == RECOGNISE and store.get(f"{each.folder}/{ALL_HEARD}") is not None


def _submitted(each: Awaited, pool: Pool) -> str:
    return pool.submit(each.plan.meeting.id, each.plan.key, each.stage)


def _failed_before(store: ObjectStore, name: str, data: bytes) -> bool:
    try:
        return bool(parsed(store, name, data).failed)
    except StoreError:
        return True


def _look_at_all(
    awaited: list[Awaited], home: Path, crew: Crew, pool: Pool, outcomes: list[Outcome]
) -> None:
    names = crew.store.names(JOBS)
    states = pool.states([each.run for each in awaited if each.run])
    for each in list(awaited):
        outcome = _looked_at(each, names, states.get(each.run, GONE), home, crew, pool)
        if outcome is not None:
            _ended(each, outcome, awaited, outcomes)


def _looked_at(
    each: Awaited, names: dict[str, int], state: tuple[str, str], home: Path, crew: Crew, pool: Pool
) -> Outcome | None:
    """What became of a meeting; None where it is not known yet."""
    if f"{each.folder}/{DONE}" in names:
        return _gathered(each, home, crew)
    claim = newest(crew.store, each.folder, names)
    if state[0] != each.state:
        each.state, each.claim = state[0], Watched()
    quiet_s = each.claim.quiet_s(claim)
    held = claim.number > 0 and claim != each.gone
    if held and claim.holder != each.told:
        each.told = claim.holder
        report(Step(each.plan.meeting.id, f"with {claim.holder}"))
    waits = state[0] == "SCHEDULED" or (held and quiet_s < LEASES * crew.lease_s)
    if waits or (state[0] in LIVING and not held and quiet_s < STARTING_S):
        return None
    return _given_again(each, crew, pool, *state)


def _asked_for_the_rest(each: Awaited, pool: Pool) -> None:
    """All was heard by a worker that does no more."""
    report(Step(each.plan.meeting.id, "recognised"))
    each.stage, each.state, each.told = REST, "", ""
    each.run = _submitted(each, pool)
    each.tries, each.claim = 1, Watched()


def _given_again(each: Awaited, crew: Crew, pool: Pool, state: str, why: str) -> Outcome | None:
    if crew.store.get(f"{each.folder}/{DONE}") is not None:  # it was put between two looks
        return None
    if state in LIVING:
        pool.give_up(each.run)
        why = "its worker was silent"
    each.gone = each.claim.claim
    if _is_heard(each, crew.store):
        _asked_for_the_rest(each, pool)
        return None
    if each.tries < TRIES:
        each.why = why or state
        logger.warning("%s is given to another worker: %s", each.plan.meeting.id, each.why)
        each.run, each.state = _submitted(each, pool), ""
        each.tries, each.claim = each.tries + 1, Watched()
        return None
    message = (
        f"{TRIES} workers of {crew.pool} did not make it (the last: {why or state}); what is "
        "handed out stays in the store: look at the workers and run the same command again"
    )
    return as_failed(each.where, each.plan, message, each.started)


def _gathered(each: Awaited, home: Path, crew: Crew) -> Outcome:
    """Takes what a worker made into record and warehouse, and its job out of the store."""
    plan = each.plan

    def take() -> Outcome:
        pointer = _pointer(crew.store, each)
        if pointer.failed:
            take_back(crew.store, plan.meeting.id, plan.key)
            return as_failed(each.where, plan, pointer.failed, each.started)
        made = _taken(each, pointer, home, crew)
        _check_still_wanted(each, home, crew)
        report(Step(plan.meeting.id, "loading"))
        load_meeting(home, keep(plan, made, home))
        take_back(crew.store, plan.meeting.id, plan.key)
        return as_done(each.where, plan, made.processed, made.told, each.started)

    return guarded(each.where, plan, home, take, each.started)


def _check_still_wanted(each: Awaited, home: Path, crew: Crew) -> None:
    """BusyError where something was redacted or purged meanwhile: then it is on no store either."""
    try:
        check_still_wanted(each.plan, home)
    except BusyError:
        take_back(crew.store, each.plan.meeting.id, each.plan.key)
        raise


def _pointer(store: ObjectStore, each: Awaited) -> Pointer:
    name = f"{each.folder}/{DONE}"
    try:
        return read_pointer(store, name)
    except StoreError:
        store.remove([name])  # so that it is made again by the next run
        raise


def _taken(each: Awaited, pointer: Pointer, home: Path, crew: Crew) -> Understood:
    """What a worker made, checked; StoreError names what is damaged, and then it is made anew."""
    scratch = home / "work" / f"gathered-{each.plan.key}"
    meeting_id = each.plan.meeting.id
    try:
        pull(crew.store, f"{each.folder}/{MADE}", pointer, Record(scratch), meeting_id)
        processed = Record(scratch).read(meeting_id)
    except TransientError:
        raise
    except StoreError:
        crew.store.remove([f"{each.folder}/{DONE}"])  # the next run has it made again
        raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    # the files lie elsewhere on the worker
    return Understood(replace(processed, meeting=each.plan.meeting), list(pointer.told))


def _nobody(each: Awaited, crew: Crew) -> Outcome:
    last = f" (it was taken from the last one: {each.why})" if each.why else ""
    message = (
        f"no worker of {crew.pool} took it for {NOBODY_S / 60:.0f} minutes{last}; start one "
        f"(matters worker {crew.pool}, or with --stage {each.stage} if others do more) and run the "
        "same command again: what is handed out stays handed out"
    )
    return as_failed(each.where, each.plan, message, each.started)
