"""Two workers with folders of their own, an S3 server over HTTP, a Prefect server, one archive."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from tests import tiny_meetings
from tests.flows.workers_support import POOL, claims, settings_of, start
from tests.s3_server import s3
from transcripts.objects.jobs import INPUTS, JOBS
from transcripts.objects.mirror import held
from transcripts.objects.store import ObjectStore
from transcripts.record import Record


@pytest.mark.prefect
@pytest.mark.long
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
