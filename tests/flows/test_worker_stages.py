"""What a worker heard outlives it; machines may do one stage only. Real workers, store, server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.server import TemporaryServer
from tests.flows.support import make_meeting, matters
from tests.flows.workers_support import settings_of, stages_done, start
from tests.s3_server import s3
from transcripts.objects.heard import FOLDER
from transcripts.objects.store import ObjectStore
from transcripts.record import Record

MEETING = "june"
pytestmark = [pytest.mark.prefect, pytest.mark.long]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a minute of sound, which is recognised in one piece."""
    folder = tmp_path_factory.mktemp("inbox")
    make_meeting(folder / MEETING, MEETING, 205.0, 235.0)
    return folder


@pytest.fixture(scope="module")
def calm(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of one machine."""
    home = tmp_path_factory.mktemp("calm") / "home"
    done = matters(home, "process", str(inbox), "--engine", "sphinx")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemporaryServer]:
    with s3() as of_objects:
        address = of_objects.make_bucket()
        folder = tmp_path_factory.mktemp("server")
        with settings_of(folder, address, of_objects.settings, lease_s=10) as server:
            yield server


@pytest.fixture
def store(server: TemporaryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """A place of its own on the store, which every command of the test uses."""
    address = f"{os.environ['MATTERS_STORE']}-{tmp_path.name}"
    monkeypatch.setenv("MATTERS_STORE", address)
    return ObjectStore(address)


def versions(home: Path) -> set[str]:
    """What a meeting consists of: every name holds the hash of what is in it."""
    return Record(home).files_of(MEETING)


def pieces(store: ObjectStore) -> list[str]:
    return [name for name in store.names(FOLDER) if "/piece-" in name]


def until(so: Callable[[], object], *, most_s: float = 600.0) -> None:
    deadline = time.monotonic() + most_s
    while not so():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)


@pytest.fixture
def running() -> Iterator[list[subprocess.Popen[str]]]:
    """What a test started, ended with it."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for each in started:
        each.kill()
        each.wait()


def batch(inbox: Path, home: Path, pool: str) -> subprocess.Popen[str]:
    return start(home, "process", str(inbox), "--engine", "sphinx", "--workers", pool, "--json")


def outcomes(of: subprocess.Popen[str]) -> list[str]:
    told = json.loads(of.communicate(timeout=600)[0])
    return [meeting["outcome"] for meeting in told["meetings"]]


def test_what_a_killed_worker_recognised_is_not_recognised_again(
    inbox: Path,
    calm: Path,
    server: TemporaryServer,
    store: ObjectStore,
    tmp_path: Path,
    running: list[subprocess.Popen[str]],
) -> None:
    first = start(tmp_path / "worker-1", "worker", "killed")
    asked = batch(inbox, tmp_path / "home", "killed")
    running += [first, asked]
    until(lambda: pieces(store) and stages_done(server, "piece"))
    first.send_signal(signal.SIGKILL)
    kept = len(store.names(FOLDER))
    before = set(stages_done(server, "piece"))
    running.append(start(tmp_path / "worker-2", "worker", "killed"))

    assert outcomes(asked) == ["done"]
    after = [n for run, n in stages_done(server, "piece").items() if run not in before]
    assert kept == 4  # the decoding, the regions, the turns, the piece
    assert set(sum(after, Counter())) == {"Cached"}
    assert versions(tmp_path / "home") == versions(calm)
    assert not [name for name in store.names("") if name.startswith(("jobs", "inputs", FOLDER))]


def test_one_machine_recognises_and_another_makes_the_rest(
    inbox: Path,
    calm: Path,
    server: TemporaryServer,
    store: ObjectStore,
    tmp_path: Path,
    running: list[subprocess.Popen[str]],
) -> None:
    stages = ("recognise", "rest")
    before = set(stages_done(server, "piece"))
    running += [start(tmp_path / stage, "worker", "parted", "--stage", stage) for stage in stages]
    running.append(batch(inbox, tmp_path / "home", "parted"))

    def left() -> list[Path]:
        folders = [tmp_path / s / f for s in stages for f in ("inputs", "cache", "record", "work")]
        return [p for folder in folders for p in folder.rglob("*") if p.is_file()]

    assert outcomes(running[-1]) == ["done"]
    after = [n for run, n in stages_done(server, "piece").items() if run not in before]
    assert (len(after) > 1, sum(after, Counter())["Completed"]) == (True, 1)
    assert versions(tmp_path / "home") == versions(calm)
    until(lambda: not left(), most_s=60.0)  # a worker forgets last
