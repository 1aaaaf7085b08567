"""Batches that nobody is at any more: told, and ended, so that the next one may run.

Prefect lets one run of a deployment go on at a time and takes the word of whoever runs it for its
end. Where that process went with the machine, the run would be at work for ever, and none after it
would begin.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterParentFlowRunId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.sorting import FlowRunSort
from prefect.events import emit_event
from prefect.states import Crashed

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.schemas.objects import FlowRun, State

UNDONE = "matters-arising.left-undone"  # an event
TAG = "matters-arising"
KEPT = "what was finished is kept, and the next run goes on"
MOST = 200  # that Prefect gives at once
AT_WORK = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=["RUNNING", "PENDING", "CANCELLING"])  # type: ignore[list-item]
)


def tell(batch: str, message: str) -> None:
    """Lets whoever wants notices know what a batch left undone."""
    resource = {
        "prefect.resource.id": f"matters-arising.{batch}",
        "prefect.resource.name": batch,
    }
    emit_event(UNDONE, resource=resource, payload={"message": message})


def tell_killed(flow: Flow[..., None], flow_run: FlowRun, state: State[object]) -> None:
    """A hook, called by these names: the process of a batch ended otherwise than by itself."""
    tell(flow.name, f"{flow.name} was killed; {KEPT}")


async def end_cut_short(home: Path) -> list[str]:
    """Ends the runs of this archive's batches that are said to be at work; gives their names.

    To be called by the one process that runs them, before it runs any.
    """
    ended = []
    async with get_client() as client:
        wanted = FlowRunFilter(state=AT_WORK, tags=FlowRunFilterTags(all_=[TAG]))
        for run in await _read(client, wanted):
            if run.parameters.get("home") == str(home.absolute()):
                await _end(client, [run])
                ended.append(f"{(await client.read_flow(run.flow_id)).name} ({run.name})")
    for name in ended:
        batch = name.split(" ")[0]
        tell(batch, f"{batch} was cut short when the machine or the program ended; {KEPT}")
    return ended


async def _read(client: PrefectClient, wanted: FlowRunFilter) -> Sequence[FlowRun]:
    # the server refuses the client's own defaults (Prefect 3.8.8)
    return await client.read_flow_runs(
        flow_run_filter=wanted, limit=MOST, sort=FlowRunSort.EXPECTED_START_TIME_ASC
    )


async def _end(client: PrefectClient, runs: Sequence[FlowRun]) -> None:
    """Ends runs and those that they began, the inner ones first."""
    for run in runs:
        begun = FlowRunFilter(
            state=AT_WORK, parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[run.id])
        )
        await _end(client, await _read(client, begun))
        state: State[object] = Crashed(message="the process that ran it is gone")
        await client.set_flow_run_state(run.id, state)
