"""Where Prefect keeps the results of finished stages: files that are whole or not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.context import TaskRunContext
from prefect.filesystems import LocalFileSystem
from prefect.tasks import Task

from transcripts.processed import content_hash
from transcripts.whole import write_whole

P = ParamSpec("P")
R = TypeVar("R")


class WholeFiles(LocalFileSystem):
    """Prefect's local storage, but a result is written aside, forced to disk and renamed.

    Prefect's own writes in place: a process killed in the middle leaves half a result under the
    right name, and the next run fails on it instead of making it again.
    """

    _block_type_name = "Whole files"
    _block_type_slug = "whole-files"

    def write_path(  # type: ignore[override]  # Prefect's own is sync where it says _sync
        self, path: str, content: bytes, *, _sync: bool = True
    ) -> str:
        """Writes all of ``content`` under ``path`` or nothing."""
        target: Path = self._resolve_path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
        return str(target)

    async def awrite_path(self, path: str, content: bytes) -> str:
        """The same, for Prefect's asynchronous callers."""
        return self.write_path(path, content)


Files = TypeVar("Files", bound=WholeFiles)


def kept_under(home: Path) -> WholeFiles:
    """The storage of an archive's results, made known to the server as Prefect asks."""
    return made_known(WholeFiles(basepath=str(results_of(home))))


def results_of(home: Path) -> Path:
    """The folder of a machine's results."""
    return home.absolute() / "cache"


def made_known(storage: Files) -> Files:
    """Tells the server of a storage; Prefect asks for it."""
    storage.save(f"matters-{content_hash(str(storage.basepath))}", overwrite=True)
    return storage


def _given_key(_context: TaskRunContext, parameters: dict[str, Any]) -> str:
    return str(parameters["key"])


def unkept(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A task whose result is nowhere but in memory, for what must not lie on a disk."""
    return task(name=name, task_run_name=name, persist_result=False, cache_policy=NO_CACHE)


def stage(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A task whose result is kept under its argument ``key``: a hash of everything it depends on.

    No retries: what fails here is a fault of the input or of the program, and trying again
    changes neither.
    """
    return task(
        name=name,
        task_run_name=name,
        cache_key_fn=_given_key,
        persist_result=True,
        cache_result_in_memory=False,
    )
