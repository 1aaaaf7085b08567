"""A run that is killed within a recording leaves no meeting, and the next one brings it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matters_arising.errors import StoreError
from tests.transcripts.sources.council_server import CouncilServer, Reply
from tests.transcripts.sources.fetching import fetched
from tests.transcripts.sources.public_i_support import SOUND, VIDEO, webcast

ROOT = Path(__file__).resolve().parents[3]
DAYS = ["--since", "2026-06-01", "--until", "2026-06-30"]


@pytest.fixture
def place(server: CouncilServer, tmp_path: Path) -> Path:
    return webcast(server, tmp_path, Reply(SOUND * 20, slow_s=0.1))  # ten seconds


def killed(place: Path, server: CouncilServer) -> None:
    """``matters fetch``, killed while the recording is on its way."""
    command = [sys.executable, "-c", "from matters_arising.cli import main; main()", "fetch", *DAYS]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(command, cwd=place, env=env, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not list(place.rglob("recording-1*")) and time.monotonic() < until:
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    assert run.wait(10) == -signal.SIGKILL


def test_nothing_is_half_there_and_the_next_run_brings_the_whole(
    place: Path, server: CouncilServer
) -> None:
    killed(place, server)

    inbox = place / "inbox"
    assert [p for p in inbox.rglob("*.toml") if ".fetching" not in p.parts] == []
    assert list((inbox / ".fetching").rglob("recording-1*")) != []
    server.routes[VIDEO] = Reply(SOUND)
    report = fetched(place)
    assert (report.count("new"), report.faults) == (1, ())
    assert not (inbox / ".fetching").exists() or not list((inbox / ".fetching").iterdir())
    (recording,) = inbox.rglob("*.mp4")
    assert recording.read_bytes() == SOUND


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_inbox_that_may_not_be_written_to_is_told(place: Path) -> None:
    (place / "inbox").mkdir(mode=0o500)

    with pytest.raises(StoreError, match="give this user the right to write there"):
        fetched(place)


def test_an_inbox_that_is_a_file_is_told(place: Path) -> None:
    (place / "inbox").write_text("not a folder")

    with pytest.raises(StoreError, match="nothing can be put into"):
        fetched(place)
