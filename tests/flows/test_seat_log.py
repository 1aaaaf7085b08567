"""A meeting with the log of its chamber's microphones, as an operator processes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.flows.support import SAMPLE, matters

pytestmark = pytest.mark.prefect

BEGINS_S, LOGGED_S = 205.0, 240.0  # the minute within its meeting; where the log breaks off
WITH_LOG = 'file = "recording.wav"\nseat_log = "seats.csv"\nseat_log_zero = "18:33:25"'


def seats() -> str:
    """A log of the first half of the minute, by the clock on the wall, one row a speech."""
    rows = ["Seat;Delegate;Mic on;Mic off"]
    for line in (SAMPLE / "truth.rttm").read_text().splitlines():
        start, length, name = float(line.split()[3]), float(line.split()[4]), line.split()[7]
        if start >= BEGINS_S and start + length <= LOGGED_S:
            rows.append(f"1;{name.replace('_', ' ')};{clock(start)};{clock(start + length)}")
    return "\n".join(rows)


def clock(seconds: float) -> str:
    """Seconds of the meeting, which began at half past six."""
    return f"18:{30 + int(seconds // 60)}:{seconds % 60:06.3f}"


@pytest.mark.long
def test_a_log_names_voices_the_sound_tells_the_rest_and_nothing_is_recognised_twice(
    tmp_path: Path, minute: Path
) -> None:
    """First a log that cannot be read, which stops nothing; then one of half the minute."""
    folder, home = tmp_path / "june", tmp_path / "home"
    shutil.copytree(minute, folder)
    described = (folder / "meeting.toml").read_text()
    (folder / "meeting.toml").write_text(described.replace('file = "recording.wav"', WITH_LOG))
    (folder / "seats.csv").write_text("seat,party\n1,Independent\n")
    first = matters(home, "process", str(folder), "--engine", "sphinx", "--json")
    pieces = {p.name: p.stat().st_mtime_ns for p in (home / "cache").rglob("piece-*")}
    (folder / "seats.csv").write_text(seats())
    second = matters(home, "process", str(folder), "--engine", "sphinx", "--json")
    speakers = json.loads(matters(home, "speakers", "june", "--json").stdout)

    unread, read = (json.loads(told.stdout)["meetings"][0] for told in (first, second))
    assert (unread["outcome"], read["outcome"]) == ("done", "done")
    assert "has no columns for a time on" in unread["message"]
    assert [e for e in unread["engines"] if "turns" in e] == ["turns: embedded resemblyzer"]
    assert read["message"] == ""
    assert [e.split()[1] for e in read["engines"] if "turns" in e] == ["seat-log", "embedded"]
    assert pieces
    assert {p.name: p.stat().st_mtime_ns for p in (home / "cache").rglob("piece-*")} == pieces
    by_log = {s["person"] for s in speakers if any("seat-log" in r for r in s["reasons"])}
    assert by_log == {
        "Superintendent Paul Hartley", "Councillor Joan Fletcher", "Councillor Helen Penrose",
    }  # fmt: skip
    assert len(speakers) > len(by_log)
