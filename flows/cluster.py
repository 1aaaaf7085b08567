"""A Dask cluster that recognises the pieces of a recording, where the operator has one."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import TaskRunner

from matters_arising.errors import EngineError, MissingModelError

WAIT_S = 15


def cluster(address: str) -> TaskRunner[Any]:
    """Runs tasks on the workers of a scheduler, and again on others where one is lost.

    EngineError where no scheduler with workers answers: tasks would wait there for ever.
    """
    try:
        from distributed import Client  # only where there is a cluster
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as fault:
        raise MissingModelError(
            f"Dask, which MATTERS_DASK={address} asks for,",
            "pip install -c constraints.txt '.[dask]' in the checkout of this program",
        ) from fault
    try:
        with Client(  # type: ignore[no-untyped-call]
            address, timeout=WAIT_S, set_as_default=False
        ) as client:
            workers = client.scheduler_info(n_workers=-1)["workers"]
    except (OSError, ValueError) as fault:
        raise EngineError(
            f"no Dask scheduler answers at {address} ({type(fault).__name__}): start one "
            "(dask scheduler), correct MATTERS_DASK, or unset it to recognise on this machine"
        ) from fault
    if not workers:
        raise EngineError(
            f"the Dask scheduler at {address} has no workers: start some "
            f"(dask worker {address} --nthreads 1), or unset MATTERS_DASK"
        )
    runner: TaskRunner[Any] = DaskTaskRunner(address=address)
    return runner
