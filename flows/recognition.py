"""Recognition in several processes: one piece of a recording at a time, each with its engine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matters_arising.settings import Settings
from models.toolbox import Toolbox
from transcripts.processed import Gap
from transcripts.sound import PcmSound
from transcripts.words import Segment

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

Piece = Sequence[tuple[float, float]]
_pools: list[ProcessPoolExecutor] = []


@contextmanager
def recognisers(tools: Toolbox, jobs: int) -> Iterator[TaskRunner[Any]]:
    """What runs the pieces while the block runs: processes of this machine, else a Dask cluster.

    Spawned, not forked: a fork of a process in which Prefect's threads run can hang for ever.
    """
    # the processes of the pool read this file too, and do without what takes two seconds
    from prefect.task_runners import ThreadPoolTaskRunner

    if address := Settings().dask.strip():
        from flows.cluster import cluster

        yield cluster(address)
        return
    workers = min(jobs, tools.most_recognisers())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start) as pool:
        _pools.append(pool)
        try:
            yield ThreadPoolTaskRunner(max_workers=workers)
        finally:
            _pools.remove(pool)
            pool.shutdown(cancel_futures=True)


def recognise(tools: Toolbox, sound: Path, piece: Piece) -> tuple[list[Segment], list[Gap]]:
    """The words of one piece, and what had to be left out of it; in a process of the pool."""
    if not _pools:
        return _recognise(tools, sound, piece)
    return _pools[-1].submit(_recognise, tools, sound, piece).result()


def _start() -> None:
    from flows.parent import exit_with_parent

    exit_with_parent()


def _recognise(tools: Toolbox, sound: Path, piece: Piece) -> tuple[list[Segment], list[Gap]]:
    engine = tools.speech_adapter()  # made once in each process
    return engine.recognise_with_gaps(PcmSound(sound), piece)
