"""Recognition in several processes: one piece of a recording at a time, each with its engine."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from matters_arising.errors import EngineError
from matters_arising.settings import Settings
from models.toolbox import Toolbox
from transcripts.processed import Gap
from transcripts.sound import PcmSound
from transcripts.words import Segment

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

logger = logging.getLogger(__name__)

Piece = Sequence[tuple[float, float]]
_crews: list[Recognisers] = []


class Recognisers:
    """Processes of this machine that recognise; others in their place where one was killed.

    Spawned, not forked: a fork of a process in which Prefect's threads run can hang for ever.
    """

    def __init__(self, workers: int) -> None:
        self._workers, self._lock = workers, Lock()
        self._pool = self._started()

    def recognise(
        self, tools: Toolbox, sound: Path, piece: Piece
    ) -> tuple[list[Segment], list[Gap]]:
        """The words of one piece; EngineError where its process, or one beside it, was killed."""
        pool = self._pool
        try:
            return pool.submit(_recognise, tools, sound, piece).result()
        except BrokenProcessPool as fault:
            self._start_anew(pool)  # the pool takes nothing any more, also of the next meeting
            raise EngineError(
                f"a process that recognised its speech was killed, {self._workers} at once, most "
                "likely because the memory was full; what was recognised before is kept: run the "
                "same command again with a smaller --model, fewer --jobs (MATTERS_JOBS) or more "
                "memory"
            ) from fault

    def close(self) -> None:
        """Ends the processes; what has not begun is not done."""
        self._pool.shutdown(cancel_futures=True)

    def _start_anew(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:  # every piece that was in work finds the same pool broken
            if self._pool is broken:
                logger.warning("a recognising process was killed; others take its place")
                broken.shutdown(wait=False, cancel_futures=True)
                self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=_start)


@contextmanager
def recognisers(tools: Toolbox, jobs: int) -> Iterator[TaskRunner[Any]]:
    """What runs the pieces while the block runs: processes of this machine, else a Dask cluster."""
    # the processes of the pool read this file too, and do without what takes two seconds
    from prefect.task_runners import ThreadPoolTaskRunner

    if address := Settings().dask.strip():
        from flows.cluster import cluster

        yield cluster(address)
        return
    workers = min(jobs, tools.most_recognisers())
    crew = Recognisers(workers)
    _crews.append(crew)
    try:
        yield ThreadPoolTaskRunner(max_workers=workers)
    finally:
        _crews.remove(crew)
        crew.close()


def recognise(tools: Toolbox, sound: Path, piece: Piece) -> tuple[list[Segment], list[Gap]]:
    """The words of one piece, and what had to be left out of it; in a process of the pool."""
    if not _crews:
        return _recognise(tools, sound, piece)
    return _crews[-1].recognise(tools, sound, piece)


def _start() -> None:
    from flows.parent import exit_with_parent

    exit_with_parent()


def _recognise(tools: Toolbox, sound: Path, piece: Piece) -> tuple[list[Segment], list[Gap]]:
    engine = tools.speech_adapter()  # made once in each process
    return engine.recognise_with_gaps(PcmSound(sound), piece)
