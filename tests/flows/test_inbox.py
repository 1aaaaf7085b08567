"""The inbox takes what is complete and settled, once, whoever starts it and however it ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.claims import claimed
from flows.inbox import Looks, once, watch
from flows.report import Outcome, Report
from matters_arising.errors import BusyError
from tests import tiny_meetings
from tests.flows.support import MATTERS, matters
from transcripts.collect import Candidate


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def names(candidates: list[Candidate]) -> list[str]:
    return [c.meeting.id for c in candidates if c.meeting]


def test_a_folder_is_taken_when_nothing_in_it_changes_any_more(tmp_path: Path) -> None:
    folder, clock = tiny_meetings.make(tmp_path, 0), Clock()
    looks = Looks(30.0, clock)

    first = looks.look(tmp_path)
    clock.now += 20
    with (folder / "captions.vtt").open("a") as file:
        file.write("\n")
    second = looks.look(tmp_path)
    clock.now += 29
    third = looks.look(tmp_path)
    clock.now += 1
    fourth = looks.look(tmp_path)

    assert [names(ready) for ready, _ in (first, second, third, fourth)] == [
        [], [], [], [folder.name]
    ]  # fmt: skip
    assert "still changing" in third[1][0].why


def test_what_was_there_long_before_is_taken_at_once(tmp_path: Path) -> None:
    folder = tiny_meetings.make(tmp_path, 0)
    for path in folder.iterdir():
        os.utime(path, (time.time() - 3600,) * 2)

    assert names(Looks(30.0).look(tmp_path)[0]) == [folder.name]


def test_a_clock_that_was_set_back_keeps_no_meeting_waiting_for_ever(tmp_path: Path) -> None:
    """Its files are then from the future."""
    folder, clock = tiny_meetings.make(tmp_path, 0), Clock()
    for path in folder.iterdir():
        os.utime(path, (time.time() + 1e6,) * 2)
    looks = Looks(30.0, clock)

    assert names(looks.look(tmp_path)[0]) == []
    clock.now += 31
    assert names(looks.look(tmp_path)[0]) == [folder.name]


def test_a_meeting_waits_for_every_file_that_it_names(tmp_path: Path) -> None:
    folder = tiny_meetings.make(tmp_path, 0)
    captions = (folder / "captions.vtt").read_text()
    (folder / "captions.vtt").unlink()

    ready, waiting = Looks(0.0).look(tmp_path)
    (folder / "captions.vtt").write_text(captions)

    assert (ready, [w.why for w in waiting]) == ([], ["captions.vtt is not there yet"])
    assert names(Looks(0.0).look(tmp_path)[0]) == [folder.name]


def test_what_is_on_its_way_in_a_hidden_folder_is_not_seen(tmp_path: Path) -> None:
    tiny_meetings.make(tmp_path, 0).rename(tmp_path / ".fetching")

    assert Looks(0.0).look(tmp_path) == ([], [])


def test_a_watch_does_nothing_twice_and_tries_what_failed_again_when_it_changes(
    tmp_path: Path,
) -> None:
    inbox, home = tmp_path / "in", tmp_path / "home"
    good, bad = tiny_meetings.make(inbox, 0), tiny_meetings.make(inbox, 1)
    asked: list[list[str]] = []

    def process(candidates: object) -> Report:
        held = [c.where for c in candidates]  # type: ignore[attr-defined]
        asked.append([Path(w).parent.name for w in held])
        if len(asked) == 2:
            (bad / "roster.csv").write_text("name\nA\n")
        made = (Outcome(w, "", "failed" if bad.name in w else "done") for w in held)
        return Report(tuple(made))

    rounds = list(watch(home, inbox, process, every_s=0, settle_s=0, rounds=4))

    assert asked == [[bad.name, good.name], [], [bad.name], []]
    assert len(rounds) == 2


def test_a_second_watch_is_told_who_watches(tmp_path: Path) -> None:
    with claimed(tmp_path, "inbox"), pytest.raises(BusyError, match=rf"process {os.getpid()} on"):
        list(watch(tmp_path, tmp_path, lambda _: Report(()), rounds=1))


@pytest.mark.prefect
@pytest.mark.long
def test_a_watch_and_an_operator_do_the_work_once_and_a_killed_watch_goes_on(
    tmp_path: Path,
) -> None:
    """Each meeting is done by one of them, and the other is told who, or finds it done."""
    inbox, home = tmp_path / "in", tmp_path / "home"
    for n in range(3):
        tiny_meetings.make(inbox, n, sayings=4)
    once = [str(MATTERS), "--home", str(home), "process", str(inbox), "--engine", "captions",
            "--json"]  # fmt: skip
    watching = [str(MATTERS), "--home", str(home), "inbox", str(inbox), "--watch", "--every", "1",
                "--settle", "0", "--engine", "captions", "--json"]  # fmt: skip
    operator = subprocess.Popen(once, stdout=subprocess.PIPE, text=True)
    first = subprocess.Popen(watching, stdout=subprocess.PIPE, text=True)
    assert first.stdout
    told = [json.loads(first.stdout.readline()), json.loads(operator.communicate(timeout=300)[0])]
    first.send_signal(signal.SIGKILL)
    first.wait()

    outcomes: dict[str, list[str]] = {}
    for outcome in (o for report in told for o in report["meetings"]):
        outcomes.setdefault(outcome["meeting_id"], []).append(outcome["outcome"])
        if outcome["outcome"] == "in work":
            assert "is at it" in outcome["message"]
            assert any(f"process {p.pid} on" in outcome["message"] for p in (operator, first))
    assert [o.count("done") for o in outcomes.values()] == [1] * 3, outcomes
    assert all(set(o) <= {"done", "in work", "up to date"} for o in outcomes.values())
    assert any("in work" in o for o in outcomes.values()), outcomes

    tiny_meetings.make(inbox, 3, sayings=4)
    second = subprocess.Popen(watching, stdout=subprocess.PIPE, text=True)
    try:
        assert second.stdout
        went_on = json.loads(second.stdout.readline())
    finally:
        second.terminate()
        second.wait()
    assert (went_on["done"], went_on["up to date"], went_on["failed"]) == (1, 3, 0)
    assert matters(home, "doctor", "--deep").returncode == 0


def test_looking_once_waits_for_what_has_just_come(tmp_path: Path) -> None:
    folder = tiny_meetings.make(tmp_path, 0)
    taken: list[str] = []

    def process(candidates: object) -> Report:
        taken.extend(Path(c.where).parent.name for c in candidates)  # type: ignore[attr-defined]
        return Report(())

    made = once(tmp_path, process, settle_s=0.2)

    assert (taken, made.waiting) == ([folder.name], ())
