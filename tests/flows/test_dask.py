"""The pieces of one recording recognised by a Dask cluster, one worker of which is killed."""

from __future__ import annotations

import gzip
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from flows.cluster import cluster
from matters_arising.errors import EngineError
from tests.flows.support import MATTERS, ROOT, make_meeting, matters, until
from transcripts.record import Record

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.skipif(
        importlib.util.find_spec("prefect_dask") is None,
        reason="Dask is not installed: pip install '.[dask]'",
    ),
]
TINY = ROOT / "tests" / "recordings" / "tiny-whisper.pt.gz"


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler that nobody works for yet."""
    told = tmp_path / "scheduler.json"
    where = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with running("dask_scheduler", *where, "--scheduler-file", str(told)):
        until(told.exists, 500.0)
        import json

        yield str(json.loads(told.read_text())["address"])


def pieces_kept(home: Path) -> int:
    return sum(1 for _ in (home / "cache").glob("*/piece-*"))


@pytest.mark.long
def test_a_recording_is_the_same_by_a_cluster_of_which_a_worker_is_killed(
    tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = make_meeting(tmp_path / "inbox" / "june", "june", 0.0, 250.0)
    checkpoint = tmp_path / "tiny.pt"
    checkpoint.write_bytes(gzip.decompress(TINY.read_bytes()))
    asked = ("process", str(meeting), "--engine", "whisper", "--model", str(checkpoint))
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    told = matters(alone, *asked)
    assert told.returncode == 0, told.stdout + told.stderr

    monkeypatch.setenv("MATTERS_DASK", scheduler)
    with ExitStack() as stack:
        worker = ("dask_worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        first, _ = (
            stack.enter_context(running(*worker, "--local-directory", str(tmp_path / name)))
            for name in ("one", "two")
        )
        until(lambda: len(workers(scheduler)) == 2, 500.0)
        run = stack.enter_context(
            subprocess.Popen([MATTERS, "--home", shared, *asked], stdout=subprocess.PIPE)
        )
        until(lambda: pieces_kept(shared) or run.poll() is not None, 500.0)
        before = pieces_kept(shared)
        first.kill()
        out = run.communicate(timeout=500)[0].decode()

    assert run.returncode == 0, out
    assert 0 < before < pieces_kept(shared) == pieces_kept(alone)
    assert versions(shared) == versions(alone)


def versions(home: Path) -> list[tuple[str, str, str]]:
    """What identifies the words: the same only where every one of them is."""
    return [(p.transcript, p.findings, p.vectors) for p in Record(home).run("june").parts]


def workers(address: str) -> dict[str, object]:
    from distributed import Client

    with Client(address, timeout=30, set_as_default=False) as client:
        found: dict[str, object] = client.scheduler_info(n_workers=-1)["workers"]
    return found


def test_a_cluster_without_workers_and_one_that_is_not_there_are_told(
    scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.cluster.WAIT_S", 3)
    with pytest.raises(EngineError, match=r"has no workers: start some \(dask worker tcp://"):
        cluster(scheduler)
    with pytest.raises(EngineError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        cluster("tcp://127.0.0.1:9")
    with pytest.raises(EngineError, match="no Dask scheduler answers at nonsense://x"):
        cluster("nonsense://x")
