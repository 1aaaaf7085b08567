"""A Prefect server, an S3 server and commands that find both, as machines of a pool do."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import httpx

from flows.server import TemporaryServer, prepare_environment
from tests.flows.migrated import with_a_database
from tests.flows.support import MATTERS
from transcripts.objects.jobs import JOBS
from transcripts.objects.store import ObjectStore

POOL = "heavy"
LEASE_S = 2


@contextmanager
def settings_of(
    folder: Path, store: str, more: dict[str, str], *, lease_s: int = LEASE_S
) -> Iterator[TemporaryServer]:
    """A Prefect server, and an environment in which every command finds it and the store."""
    with patch.dict(os.environ):
        for name in [n for n in os.environ if n.startswith("PREFECT_")]:
            del os.environ[name]
        prepare_environment(folder / "prefect")
        with_a_database(folder / "prefect")
        server = TemporaryServer(folder / "prefect")
        del os.environ["PREFECT_LOCAL_STORAGE_PATH"]  # each home keeps its own
        os.environ |= more | {"PREFECT_API_URL": server.api_url, "MATTERS_STORE": store,
                              "MATTERS_STORE_LEASE_S": str(lease_s)}  # fmt: skip
        try:
            server.wait()
            yield server
        finally:
            server.stop()


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """A command that runs beside the test; its log lies beside its home."""
    with home.with_suffix(".log").open("a") as log:
        return subprocess.Popen([str(MATTERS), "--home", str(home), *arguments],
                                stdout=subprocess.PIPE, stderr=log, text=True)  # fmt: skip


def claims(store: ObjectStore) -> list[str]:
    """The claims that are on a store."""
    return [name for name in store.names(JOBS) if "/claim-" in name]


def stages_done(server: TemporaryServer, stage: str) -> dict[str, Counter[str]]:
    """Flow run → how its tasks of a stage ended, as Prefect counted: Completed, or Cached."""
    asked = {"task_runs": {"name": {"any_": [stage]}}, "limit": 200}
    runs = httpx.post(f"{server.api_url}/task_runs/filter", json=asked).raise_for_status().json()
    found: dict[str, Counter[str]] = {}
    for run in runs:
        found.setdefault(run["flow_run_id"], Counter())[run["state_name"]] += 1
    return found
