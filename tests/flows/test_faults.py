"""What breaks around a run is named, costs nobody else theirs, and the next run goes on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from flows.run import run_batch
from models.toolbox import Toolbox
from tests import tiny_meetings
from tests.flows.support import MATTERS
from tests.sample_home import JULY, JUNE
from transcripts.collect import Candidate
from transcripts.meeting import Meeting
from transcripts.record import Record


@pytest.mark.prefect
def test_a_server_that_is_killed_under_a_run_costs_no_meeting(tmp_path: Path) -> None:
    """It is started again, and the meeting that was in work is done again."""
    inbox, home = tmp_path / "in", tmp_path / "home"
    tiny_meetings.make(inbox, 0, sayings=4)
    process = subprocess.Popen(
        [str(MATTERS), "--home", str(home), "process", str(inbox), "--engine", "captions",
         "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while process.poll() is None and not list(home.glob("cache/*/captions-*")):
        time.sleep(0.02)
    servers = [pid for pid in _children(process.pid) if "flows.server" in _command(pid)]
    for pid in servers:
        os.kill(pid, signal.SIGKILL)
    out, _ = process.communicate(timeout=300)

    assert len(servers) == 1
    assert [m["outcome"] for m in json.loads(out)["meetings"]] == ["done"]


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")


def test_a_home_that_cannot_be_is_named_in_one_sentence(tmp_path: Path) -> None:
    folder = tiny_meetings.make(tmp_path / "in", 0)
    (tmp_path / "taken").write_text("")

    done = subprocess.run(
        [str(MATTERS), "--home", str(tmp_path / "taken" / "home"), "process", str(folder),
         "--engine", "captions", "--json"], capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "is no folder" in done.stderr


def test_a_damaged_record_of_one_meeting_stops_no_other(sample_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    next((home / "record" / JUNE).glob("findings-*")).write_text("half")
    keys = {m: Record(home).run_key(m) for m in (JUNE, JULY)}
    shutil.rmtree(home / "matters.duckdb", ignore_errors=True)
    for path in home.glob("matters*.duckdb"):
        path.unlink()
    candidates = [Candidate(m, _as_planned(home, m)) for m in (JUNE, JULY)]

    report = run_batch(candidates, Toolbox(speech="captions", offline=True), home=home, jobs=1)

    told = {o.meeting_id: o for o in report.outcomes}
    assert keys == {m: Record(home).run_key(m) for m in (JUNE, JULY)}
    assert told[JUNE].outcome == "failed"
    assert "restore it from a backup" in told[JUNE].message
    assert told[JULY].outcome == "up to date"


def _as_planned(home: Path, meeting_id: str) -> Meeting:
    meeting = Record(home).meeting(meeting_id)
    return replace(meeting, recordings=tuple(replace(r, sha256="") for r in meeting.recordings))
