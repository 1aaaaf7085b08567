"""Two workers with folders of their own, an S3 server over HTTP, a Prefect server, one archive."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.server import TemporaryServer, prepare_environment
from tests import tiny_meetings
from tests.flows.support import MATTERS
from tests.s3_server import s3
from transcripts.objects.jobs import INPUTS, JOBS
from transcripts.objects.mirror import held
from transcripts.objects.store import ObjectStore
from transcripts.record import Record

POOL = "heavy"
LEASE_S = 2


@contextmanager
def settings_of(folder: Path, store: str, more: dict[str, str]) -> Iterator[TemporaryServer]:
    """A Prefect server, and an environment in which every command finds it and the store."""
    with patch.dict(os.environ):
        for name in [n for n in os.environ if n.startswith("PREFECT_")]:
            del os.environ[name]
        prepare_environment(folder / "prefect")
        server = TemporaryServer(folder / "prefect")
        del os.environ["PREFECT_LOCAL_STORAGE_PATH"]  # each home keeps its own
        os.environ |= more | {"PREFECT_API_URL": server.api_url, "MATTERS_STORE": store,
                              "MATTERS_STORE_LEASE_S": str(LEASE_S)}  # fmt: skip
        try:
            server.wait()
            yield server
        finally:
            server.stop()


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    with home.with_suffix(".log").open("a") as log:
        return subprocess.Popen([str(MATTERS), "--home", str(home), *arguments],
                                stdout=subprocess.PIPE, stderr=log, text=True)  # fmt: skip


def claims(store: ObjectStore) -> list[str]:
    return [name for name in store.names(JOBS) if "/claim-" in name]


@pytest.mark.prefect
def test_a_meeting_whose_worker_is_killed_is_taken_by_the_other(tmp_path: Path) -> None:
    """And nothing of it is left on the store, nor on the worker that made it."""
    tiny_meetings.make(tmp_path / "inbox", 0, sayings=4)
    with s3() as server:
        address = server.make_bucket()
        with settings_of(tmp_path, address, server.settings):
            store = ObjectStore(address)
            workers = [start(tmp_path / "worker-1", "worker", POOL)]
            batch = start(tmp_path / "home", "process", str(tmp_path / "inbox"), "--engine",
                          "captions", "--workers", POOL, "--json")  # fmt: skip
            try:
                while not claims(store) and batch.poll() is None:
                    time.sleep(0.1)
                workers[0].send_signal(signal.SIGKILL)
                workers.append(start(tmp_path / "worker-2", "worker", POOL))
                report = json.loads(batch.communicate()[0])
            finally:
                for each in (*workers, batch):
                    each.kill()
                    each.wait()
            left = store.names(JOBS) | store.names(INPUTS)
            kept = held(store)

    (told,) = report["meetings"]
    assert (told["meeting_id"], told["outcome"]) == (tiny_meetings.meeting_id(0), "done")
    assert Record(tmp_path / "home").meeting_ids() == list(kept) == [told["meeting_id"]]
    assert left == {}
    folders = [tmp_path / "worker-2" / name for name in ("inputs", "cache", "record", "work")]
    assert [p for folder in folders for p in folder.rglob("*") if p.is_file()] == []
