"""A Dask cluster that recognises the pieces of a recording, where the operator has one."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import TaskRunner

from matters_arising.errors import BadInputError, EngineError, MissingModelError


def cluster(address: str) -> TaskRunner[Any]:
    """Runs tasks on the workers of a scheduler; each in a process that does one at a time."""
    try:
        from distributed import Client  # only where there is a cluster
        from prefect_dask import DaskTaskRunner
    except ImportError as fault:
        raise MissingModelError(
            f"Dask, which MATTERS_DASK={address} asks for,", "pip install 'matters-arising[dask]'"
        ) from fault
    return DaskTaskRunner(address=address)
