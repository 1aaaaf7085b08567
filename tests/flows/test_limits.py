"""The limit on recognition holds over runs, and over a server that is killed and started again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.server import TemporaryServer, prepare_environment
from tests.flows.support import ROOT, until

pytestmark = pytest.mark.prefect
LIMIT, RUNS, PIECES = 2, 3, 4
# one run: several threads that recognise at once, each writing down when it begins and ends
RUN = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from flows.limits import may_recognise
told = Path(sys.argv[1])
def note(word):
    with told.open("a") as file:
        file.write(word + "\\n")
def piece(_):
    with may_recognise():
        note("begins")
        time.sleep(float(sys.argv[3]))
        note("ends")
with ThreadPoolExecutor(4) as pool:
    list(pool.map(piece, range(int(sys.argv[2]))))
"""
SET = """
import asyncio, sys
from flows.deploying import set_limit
asyncio.run(set_limit(int(sys.argv[1])))
"""
# how many slots the storage that the server reads gives back when their time is over
HELD = """
import asyncio
from prefect.server.concurrency.lease_storage import get_concurrency_lease_storage
async def held():
    storage = get_concurrency_lease_storage()
    leases = [await storage.read_lease(n) for n in await storage.read_active_lease_ids()]
    return sum(lease.metadata.slots for lease in leases if lease and lease.metadata)
print(asyncio.run(held()))
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TemporaryServer]:
    """A server with a limit; what is settled for Prefect here goes with it."""
    with patch.dict(os.environ):
        for name in [n for n in os.environ if n.startswith("PREFECT_")]:
            del os.environ[name]
        prepare_environment(tmp_path / "home")
        server = TemporaryServer(tmp_path / "home")
        try:
            server.wait()
            os.environ["PREFECT_API_URL"] = server.api_url
            subprocess.run(
                [sys.executable, "-c", SET, str(LIMIT)], cwd=ROOT, check=True, timeout=200
            )
            yield server
        finally:
            server.stop()


def started(told: Path, pieces: int, seconds: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, str(told), str(pieces), str(seconds)]
    return subprocess.Popen(command, cwd=ROOT)


def most_at_once(told: Path) -> int:
    at_once = most = 0
    for line in told.read_text().split():
        at_once += 1 if line == "begins" else -1
        most = max(most, at_once)
    return most


@pytest.mark.long
def test_three_runs_share_one_limit_and_all_are_served(
    tmp_path: Path, server: TemporaryServer
) -> None:
    told = tmp_path / "told"
    runs = [started(told, PIECES, 0.2) for _ in range(RUNS)]
    ended = [run.wait(400) for run in runs]

    assert ended == [0] * RUNS
    assert most_at_once(told) == LIMIT
    assert told.read_text().split().count("ends") == RUNS * PIECES


@pytest.mark.long
def test_the_slots_of_a_killed_run_are_known_to_a_server_started_again(
    tmp_path: Path, server: TemporaryServer
) -> None:
    """With leases in memory, as Prefect has them, nobody would ever give the slots back."""
    told = tmp_path / "told"
    run = started(told, PIECES, 600.0)
    try:
        until(lambda: told.exists() and told.read_text().count("begins") == LIMIT)
    finally:
        run.kill()
        run.wait()
    server.process.kill()
    server.process.wait()
    until(lambda: server.process.poll() is None)
    server.wait()

    held = subprocess.run([sys.executable, "-c", HELD], cwd=ROOT, check=True, capture_output=True)
    assert held.stdout.split() == [str(LIMIT).encode()]
