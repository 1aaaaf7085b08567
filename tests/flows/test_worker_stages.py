"""What a worker heard outlives it; machines may do one stage only. Real workers, store, server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flows.server import TemporaryServer
from tests.flows.support import make_meeting, matters, until
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


@dataclass
class Machines:
    """Those of one test: each a folder, and a process that is ended with the test."""

    folder: Path
    inbox: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def worker(self, name: str, pool: str, *options: str) -> subprocess.Popen[str]:
        return self._start(name, "worker", pool, *options)

    def batch(self, pool: str) -> subprocess.Popen[str]:
        asked = ("--engine", "sphinx", "--workers", pool, "--json")
        return self._start("home", "process", str(self.inbox), *asked)

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[str]:
        self.started.append(start(self.folder / name, *arguments))
        return self.started[-1]


@pytest.fixture
def machines(inbox: Path, tmp_path: Path) -> Iterator[Machines]:
    made = Machines(tmp_path, inbox)
    yield made
    for each in made.started:
        each.kill()
        each.wait()


def outcomes(of: subprocess.Popen[str]) -> list[str]:
    told = json.loads(of.communicate(timeout=600)[0])
    return [meeting["outcome"] for meeting in told["meetings"]]


def test_what_a_killed_worker_recognised_is_not_recognised_again(
    machines: Machines, calm: Path, server: TemporaryServer, store: ObjectStore
) -> None:
    first = machines.worker("worker-1", "killed")
    asked = machines.batch("killed")
    until(lambda: pieces(store) and stages_done(server, "piece"), 600.0)
    first.send_signal(signal.SIGKILL)
    kept = len(store.names(FOLDER))
    before = set(stages_done(server, "piece"))
    machines.worker("worker-2", "killed")

    assert outcomes(asked) == ["done"]
    after = [n for run, n in stages_done(server, "piece").items() if run not in before]
    assert kept == 4  # the decoding, the regions, the turns, the piece
    assert set(sum(after, Counter())) == {"Cached"}
    assert versions(machines.folder / "home") == versions(calm)
    assert not [name for name in store.names("") if name.startswith(("jobs", "inputs", FOLDER))]


def test_one_machine_recognises_and_another_makes_the_rest(
    machines: Machines, calm: Path, server: TemporaryServer, store: ObjectStore
) -> None:
    stages = ("recognise", "rest")
    before = set(stages_done(server, "piece"))
    for stage in stages:
        machines.worker(stage, "parted", "--stage", stage)
    asked = machines.batch("parted")

    def left() -> list[Path]:
        folders = [
            machines.folder / s / f for s in stages for f in ("inputs", "cache", "record", "work")
        ]
        return [p for folder in folders for p in folder.rglob("*") if p.is_file()]

    assert outcomes(asked) == ["done"]
    after = [n for run, n in stages_done(server, "piece").items() if run not in before]
    assert (len(after) > 1, sum(after, Counter())["Completed"]) == (True, 1)
    assert versions(machines.folder / "home") == versions(calm)
    until(lambda: not left(), 60.0)  # a worker forgets last
