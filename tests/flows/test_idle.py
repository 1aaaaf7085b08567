"""What a worker had heard of a meeting that another made goes from its disk, while it is idle."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from flows import idle
from matters_arising.errors import StoreError
from tests.transcripts.objects.test_jobs import job_of
from transcripts.objects.jobs import fetched, hand_out, take_back
from transcripts.objects.store import ObjectStore


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    (tmp_path / "store").mkdir()
    return ObjectStore(f"file://{tmp_path / 'store'}")


@pytest.fixture
def worker(tmp_path: Path, store: ObjectStore) -> Path:
    """Its folder, with the files of a job and a piece that it heard."""
    job, files = job_of(tmp_path / "in")
    hand_out(store, job, files)  # type: ignore[arg-type]
    home = tmp_path / "worker"
    fetched(store, job, home)
    piece = home / "cache" / job.inputs[0].sha256[:32] / "piece"
    piece.parent.mkdir(parents=True)
    piece.write_bytes(b"words")
    return home


def held(home: Path) -> set[str]:
    return {p.relative_to(home).parts[0] for p in home.rglob("*") if p.is_file()}


def looks(
    is_idle: Callable[[], bool], store: ObjectStore, home: Path, patch: pytest.MonkeyPatch
) -> None:
    """For as long as some looks take."""

    async def some() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(idle.tidied(is_idle, store, home), 0.4)

    patch.setattr(idle, "LOOK_S", 0.02)
    asyncio.run(some())


def test_what_nobody_asks_for_any_more_goes(
    store: ObjectStore, worker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks(lambda: True, store, worker, monkeypatch)
    asked_for = held(worker)
    take_back(store, "june", "k1")
    looks(lambda: True, store, worker, monkeypatch)

    assert (asked_for, held(worker)) == ({"cache", "inputs"}, set())


def test_nothing_is_touched_of_a_worker_that_is_at_work(
    store: ObjectStore, worker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor where it takes a meeting while the store is asked."""
    take_back(store, "june", "k1")
    looks(lambda: False, store, worker, monkeypatch)
    first = iter([True])
    looks(lambda: next(first, False), store, worker, monkeypatch)

    assert held(worker) == {"cache", "inputs"}


def test_a_store_that_is_away_is_asked_again(
    store: ObjectStore, worker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_back(store, "june", "k1")
    left, asked = idle.left, iter([StoreError("the store does not answer")])

    def away(there: ObjectStore, home: Path) -> set[str]:
        for fault in asked:
            raise fault
        return left(there, home)

    monkeypatch.setattr(idle, "left", away)
    looks(lambda: True, store, worker, monkeypatch)

    assert held(worker) == set()
