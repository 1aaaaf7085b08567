"""The work pool of a Prefect server: jobs into it, what became of them, and a worker for it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from flows.idle import tidied
from flows.server import answers_within
from flows.unfit import while_fit
from matters_arising.errors import BadInputError
from transcripts.objects.store import ObjectStore

KIND = "process"
TAG = "matters-arising-workers"  # not that of batches, whose crashes are told to people
LIVING = ("PENDING", "RUNNING")
GONE = ("GONE", "Prefect's server does not know its run")
PAGE = 100
RECOGNISE, REST = "recognise", "rest"  # queues of the pool; a worker takes from one or from both
UNFINISHED = [StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING]


class Pool:
    """The pool of a name, made where it is not there, with the one deployment that workers run."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._client: SyncPrefectClient = get_client(sync_client=True)

    def __enter__(self) -> Pool:
        self._client.__enter__()
        make_pool(self._client, self.name)
        self._deployment = _deployed(self.name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._client.__exit__(kind, fault, where)

    def submit(self, meeting_id: str, key: str, stage: str) -> str:
        """Asks for a job to be done by whichever worker of a stage is free; gives the run's id."""
        run = self._client.create_flow_run_from_deployment(
            self._deployment,
            name=meeting_id,
            parameters={"meeting_id": meeting_id, "key": key},
            tags=[TAG, _tag(meeting_id, key, stage)],
            work_queue_name=stage,
        )
        return str(run.id)

    def running(self, meeting_id: str, key: str, stage: str) -> str:
        """The run of this job that waits or is at work, as of a batch that was killed; or empty."""
        found = self._read(
            FlowRunFilter(
                tags=FlowRunFilterTags(all_=[_tag(meeting_id, key, stage)]),
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)),
            )
        )
        return str(found[0].id) if found else ""

    def states(self, runs: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Run → its state and why it is in it; of those that the server knows."""
        found = {}
        for start in range(0, len(runs), PAGE):
            ids = [UUID(run) for run in runs[start : start + PAGE]]
            for run in self._read(FlowRunFilter(id=FlowRunFilterId(any_=ids))):
                if run.state is not None:
                    found[str(run.id)] = run.state.type.value, run.state.message or ""
        return found

    def _read(self, wanted: FlowRunFilter) -> list[FlowRun]:
        """Waits for a server that is being started again."""
        while True:
            try:
                # the server refuses the client's own "none" for both
                return self._client.read_flow_runs(
                    flow_run_filter=wanted, sort=FlowRunSort.ID_DESC, limit=PAGE
                )
            except httpx.TransportError:
                if not answers_within():
                    raise

    def give_up(self, run: str) -> None:
        """Marks a run as killed, whose worker is gone."""
        state: State[Any] = Crashed(message="its worker was silent; another gets it")
        self._client.set_flow_run_state(UUID(run), state, force=True)


def make_pool(client: SyncPrefectClient, name: str) -> None:
    """Makes a pool for workers of processes, with a queue a stage.

    BadInputError where there is one of another kind.
    """
    try:
        found = client.read_work_pool(name)
    except ObjectNotFound:
        with suppress(ObjectAlreadyExists):  # another machine was first
            client.create_work_pool(WorkPoolCreate(name=name, type=KIND))
    else:
        if found.type != KIND:
            raise BadInputError(
                f"the work pool {name} is of type {found.type}: name another, or make one of type "
                f"{KIND}"
            )
    for stage in (RECOGNISE, REST):
        with suppress(ObjectAlreadyExists):
            client.create_work_queue(stage, work_pool_name=name)


async def work(name: str, home: Path, store: str, limit: int, stage: str) -> None:
    """Takes jobs from a pool until it is ended, ``limit`` at once, each in a process of its own.

    ``stage`` is a queue of the pool, or ``both``: then it takes from each, and makes a whole
    meeting of what waits for recognition. UnfitError where this machine cannot make what is asked.
    """
    from prefect.workers.process import ProcessWorker

    queues = [stage] if stage in (RECOGNISE, REST) else None
    os.environ["MATTERS_WORKER_STAGE"] = stage
    os.environ["MATTERS_HOME"] = str(home.absolute())
    os.environ["MATTERS_STORE"] = store
    worker = ProcessWorker(work_pool_name=name, work_queues=queues, limit=limit)

    def idle() -> bool:
        with suppress(RuntimeError):  # it has not begun yet
            return worker.limiter.borrowed_tokens == 0
        return False

    tidying = asyncio.ensure_future(tidied(idle, ObjectStore(store), home.absolute()))
    try:
        await while_fit(worker.start(printer=lambda *_: None), home)
    finally:
        tidying.cancel()


def _deployed(pool: str) -> UUID:
    from flows.worker import meeting_elsewhere

    deployment = meeting_elsewhere.to_deployment(
        name=pool, work_pool_name=pool, tags=[TAG], entrypoint_type=EntrypointType.MODULE_PATH
    )
    return deployment.apply()  # type: ignore[union-attr,return-value]  # not async where we are not


def _tag(meeting_id: str, key: str, stage: str) -> str:
    return f"{meeting_id}@{key}@{stage}"
