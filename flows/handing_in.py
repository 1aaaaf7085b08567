"""What a worker hears goes to the store as soon as it is kept, so that it outlives the worker.

A worker keeps the result of every stage on its disk, as any machine does; what took minutes or
hours goes on the store as well, under the same key, and is taken from there into the results of
whoever has the meeting next. For Prefect it is then a stage that was finished before.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from prefect.results import ResultStore

from flows.results import WholeFiles, kept_under, made_known, results_of
from matters_arising.errors import MattersArisingError
from transcripts.objects import heard
from transcripts.objects.jobs import JOB
from transcripts.objects.store import ObjectStore

logger = logging.getLogger(__name__)

PATIENCE_S = 5.0  # recognition does not wait for a store that is away


class HandedIn(WholeFiles):
    """Whole files, of which those that were dear to make are put on a store too.

    ``job`` is the folder of the job on the store: once it was taken back nothing is put there.
    """

    _block_type_name = "Handed in"
    _block_type_slug = "handed-in"

    store: str
    job: str

    def write_path(  # type: ignore[override]  # Prefect's own is sync where it says _sync
        self, path: str, content: bytes, *, _sync: bool = True
    ) -> str:
        """Writes the file, then the object; a store that is away costs the object only."""
        written = super().write_path(path, content)
        key = Path(written).relative_to(str(self.basepath)).as_posix()
        if heard.is_handed_in(key):
            try:
                _hand_in(_opened(self.store), self.job, key, self)
            except MattersArisingError as fault:
                logger.warning("what was heard stays on this machine for now: %s", fault)
        return written


def handed_in_under(home: Path, store: ObjectStore, job: str) -> HandedIn:
    """The storage of a worker's results, made known to the server as Prefect asks."""
    where = str(results_of(home))
    return made_known(HandedIn(basepath=where, store=store.address, job=job))


def take_in(store: ObjectStore, home: Path, shas: Iterable[str]) -> int:
    """Makes what others heard in these recordings results of this machine; gives how many.

    What is on this machine already stays.
    """
    results = ResultStore(result_storage=kept_under(home), cache_result_in_memory=False)
    taken = 0
    for sha in sorted(set(shas)):
        for key, value in heard.read(store, sha, but=_keys(home, sha)).items():
            results.write(value, key=key)
            taken += 1
    return taken


def hand_in_all(store: ObjectStore, home: Path, job: str, shas: Iterable[str]) -> None:
    """Hands in what is not there yet, as after a store was away."""
    for sha in sorted(set(shas)):
        for key in heard.missing(store, _keys(home, sha), sha):
            _hand_in(store, job, key, WholeFiles(basepath=str(results_of(home))))


def _hand_in(store: ObjectStore, job: str, key: str, kept: WholeFiles) -> None:
    if store.get(f"{job}/{JOB}") is not None:  # else what was redacted meanwhile would be put
        results = ResultStore(result_storage=kept, cache_result_in_memory=False)
        heard.put(store, key, results.read(key).result)


def _keys(home: Path, sha: str) -> list[str]:
    folder = results_of(home) / sha[: heard.KEPT]
    return [f"{folder.name}/{p.name}" for p in folder.glob("[!.]*")]


@lru_cache(maxsize=2)
def _opened(address: str) -> ObjectStore:
    return ObjectStore(address, patience_s=PATIENCE_S)
