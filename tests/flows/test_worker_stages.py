"""What a worker heard outlives it; machines may do one stage only. Real workers, store, server."""

from __future__ import annotations

import json
import os
import signal
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
pytestmark = pytest.mark.prefect


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


def test_what_a_killed_worker_recognised_is_not_recognised_again(
    inbox: Path, calm: Path, server: TemporaryServer, store: ObjectStore, tmp_path: Path
) -> None:
    running = [start(tmp_path / "worker-1", "worker", "killed"),
               start(tmp_path / "home", "process", str(inbox), "--engine", "sphinx",
                     "--workers", "killed", "--json")]  # fmt: skip
    try:
        until(lambda: pieces(store))
        running[0].send_signal(signal.SIGKILL)
        kept = len(store.names(FOLDER))
        before = set(stages_done(server, "piece"))
        running.append(start(tmp_path / "worker-2", "worker", "killed"))
        told = json.loads(running[1].communicate(timeout=600)[0])
    finally:
        for each in running:
            each.kill()
            each.wait()

    after = [n for run, n in stages_done(server, "piece").items() if run not in before]
    assert [m["outcome"] for m in told["meetings"]] == ["done"]
    assert kept == 4  # the decoding, the regions, the turns, the piece
    assert set(sum(after, Counter())) == {"Cached"}
    assert versions(tmp_path / "home") == versions(calm)
    assert not [name for name in store.names("") if name.startswith(("jobs", "inputs", FOLDER))]


def test_one_machine_recognises_and_another_makes_the_rest(
    inbox: Path, calm: Path, server: TemporaryServer, store: ObjectStore, tmp_path: Path
) -> None:
    running = [start(tmp_path / stage, "worker", "parted", "--stage", stage)
               for stage in ("recognise", "rest")]  # fmt: skip
    before = set(stages_done(server, "piece"))
    running.append(start(tmp_path / "home", "process", str(inbox), "--engine", "sphinx",
                         "--workers", "parted", "--json"))  # fmt: skip
    try:
        told = json.loads(running[-1].communicate(timeout=600)[0])
    finally:
        for each in running:
            each.kill()
            each.wait()

    after = [n for run, n in stages_done(server, "piece").items() if run not in before]
    assert [m["outcome"] for m in told["meetings"]] == ["done"]
    assert (len(after) > 1, sum(after, Counter())["Completed"]) == (True, 1)
    assert versions(tmp_path / "home") == versions(calm)
    left = [p for stage in ("recognise", "rest") for f in ("inputs", "cache", "record", "work")
            for p in (tmp_path / stage / f).rglob("*") if p.is_file()]  # fmt: skip
    assert left == []
