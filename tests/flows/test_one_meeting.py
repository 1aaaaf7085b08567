"""What is wrong with one meeting is told of that meeting, and a batch goes on with the others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.deliveries import Deliveries
from flows.inbox import watch
from flows.plan import Plan, Source, make_plan
from flows.process_batch import _guarded
from flows.report import Outcome, Report
from flows.run import run_batch
from matters_arising.errors import NewerSchemaError, StoreError
from models.toolbox import Toolbox
from tests import tiny_meetings
from tests.sample_home import JULY, JUNE, processed_by
from transcripts.collect import Candidate, collect
from transcripts.home import FORMAT
from transcripts.manifest import read_meeting
from transcripts.meeting import Meeting, Recording
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record

UNREADABLE = Path("/proc/self/mem")  # a file that is there, and at which reading fails as on a disk
TOOLS = Toolbox(speech="captions", offline=True)


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


def known(home: Path, meeting_id: str) -> Meeting:
    meeting = Record(home).meeting(meeting_id)
    return replace(meeting, recordings=tuple(replace(r, sha256="") for r in meeting.recordings))


def told(home: Path, *meetings: Meeting) -> dict[str, tuple[str, str]]:
    """Meeting id → what became of it, and why."""
    candidates = [Candidate(m.id, m) for m in meetings]
    report = run_batch(candidates, TOOLS, home=home, jobs=1)
    return {o.meeting_id: (o.outcome, o.message) for o in report.outcomes}


def torn(home: Path, meeting_id: str) -> None:
    (home / "record" / meeting_id / "current.json").write_text("")


def without_its_run(home: Path, meeting_id: str) -> None:
    (home / "record" / meeting_id / "current.json").write_text("{}")


def gone(home: Path, meeting_id: str) -> None:
    next((home / "record" / meeting_id).glob("run-*")).unlink()


@pytest.mark.parametrize("damage", [torn, without_its_run, gone])
def test_a_damaged_record_is_told_of_its_meeting(
    home: Path, damage: Callable[[Path, str], None]
) -> None:
    july = known(home, JULY)
    damage(home, JUNE)

    found = told(home, known(home, JUNE), july)

    assert found[JUNE][0] == "failed"
    assert "restore it from a backup" in found[JUNE][1]
    assert found[JULY] == ("up to date", "")


def test_a_record_that_is_damaged_under_a_batch_is_told_of_its_meeting(home: Path) -> None:
    plan = make_plan(known(home, JUNE), TOOLS)
    torn(home, JUNE)

    outcome = _guarded(None, "june", plan, home)

    assert (outcome.outcome, "current.json cannot be read" in outcome.message) == ("failed", True)


@pytest.mark.skipif(not UNREADABLE.is_file(), reason="no file at which reading fails")
def test_a_recording_that_cannot_be_read_is_told_of_its_meeting(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "recording.wav"
    path.symlink_to(UNREADABLE)
    broken = replace(known(home, JUNE), recordings=(Recording(str(path)),))

    found = told(home, broken, known(home, JULY))

    assert found[JUNE][0] == "failed"
    assert found[JUNE][1].startswith(f"{path} cannot be read (Input/output error)")
    assert found[JULY] == ("up to date", "")


@pytest.mark.skipif(not UNREADABLE.is_file(), reason="no file at which reading fails")
def test_a_meeting_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    good = tiny_meetings.make(tmp_path, 0)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "meeting.toml").symlink_to(UNREADABLE)

    found, broken = collect([tmp_path])

    assert "cannot be read (Input/output error)" in str(broken.fault)
    assert found.where == str(good / "meeting.toml")


def test_a_watch_tells_the_fault_of_a_round_once_and_goes_on(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    folder = tiny_meetings.make(inbox, 0)
    faults = [StoreError("the ledger is gone"), StoreError("the ledger is gone"), OSError(5, "EIO")]

    def process(candidates: object) -> Report:
        if faults:
            raise faults.pop(0)
        return Report(tuple(Outcome(c.where, "", "done") for c in candidates))  # type: ignore[attr-defined]

    rounds = list(watch(tmp_path / "home", inbox, process, every_s=0, settle_s=0, rounds=5))

    said = [(o.where, o.outcome, o.message) for r in rounds for o in r.report.outcomes]
    assert said[0] == (str(inbox), "failed", "the ledger is gone")
    assert said[1][2].startswith(f"{inbox} cannot be read or written (EIO)")
    assert said[2:] == [(str(folder / "meeting.toml"), "done", "")]


def test_a_program_that_was_replaced_by_a_newer_one_writes_no_more(home: Path) -> None:
    """As where a watch was left running through an upgrade, or a batch is long."""
    plan = make_plan(known(home, JUNE), TOOLS)
    (home / "home.json").write_text(json.dumps({"format": FORMAT + 1}))

    with pytest.raises(NewerSchemaError, match="update the program"):
        told(home, known(home, JULY))
    with pytest.raises(NewerSchemaError, match="update the program"):
        list(watch(home, home, lambda _: _refused(home), rounds=1))
    with pytest.raises(NewerSchemaError, match="update the program"):
        _guarded(None, "june", plan, home)


def _refused(home: Path) -> Report:
    return run_batch([], TOOLS, home=home, jobs=1)


def test_captions_delivered_again_under_another_id_are_not_taken(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tiny_meetings.make(tmp_path / "in", 0)
    meeting = read_meeting(folder / "meeting.toml")
    plan = make_plan(meeting, TOOLS)
    Record(home).save(ProcessedMeeting(plan.meeting, (processed_by(plan),)), plan.key)

    found = told(home, meeting, replace(meeting, id="again"))

    assert found[meeting.id] == ("up to date", "")
    assert found["again"][0] == "failed"
    assert f"are those of {meeting.id}, of the same committee and day" in found["again"][1]


def test_a_second_delivery_of_a_sitting_is_told_from_a_second_sitting(tmp_path: Path) -> None:
    first = Meeting("a", "Aldermere", "Housing", "HSC", date(2026, 6, 11),
                    recordings=(Recording("x", "ab" * 32),))  # fmt: skip
    deliveries = Deliveries(Record(tmp_path))

    def twin(**other: object) -> str:
        meeting = replace(first, **other)  # type: ignore[arg-type]
        sources = tuple(Source("speech", r) for r in meeting.recordings)
        return deliveries.twin(Plan(meeting, sources, TOOLS, "key"))

    later = (Recording("x", "ab" * 32, offset_s=3600.0),)
    assert twin() == ""
    assert twin(id="b") == "a"
    assert twin(id="c", committee="Licensing") == ""
    assert twin(id="d", recordings=later) == ""
    assert twin() == ""
