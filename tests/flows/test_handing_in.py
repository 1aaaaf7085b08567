"""Of what a worker keeps, what was dear to make goes on the store, as long as its job is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from prefect.results import ResultStore

from flows.handing_in import HandedIn, hand_in_all
from flows.plan import make_plan
from flows.process_meeting import Understood
from flows.worker import _forget_closed
from models.toolbox import Toolbox
from tests import tiny_meetings
from tests.sample_home import processed_by
from transcripts.manifest import read_meeting
from transcripts.objects import heard
from transcripts.objects.jobs import JOB
from transcripts.objects.store import ObjectStore
from transcripts.open_session import WHY as CLOSED
from transcripts.processed import Gap, ProcessedMeeting
from transcripts.words import Turn

FOLDER = "jobs/june/k1"
SHA = "a1" * 32
TURNS = [Turn("V1", 0.1, 1 / 3)]
KEY = f"{SHA[:32]}/turns-0c"


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    made = ObjectStore(f"file://{tmp_path}/store", patience_s=0.1)
    made.put(f"{FOLDER}/{JOB}", b"{}")
    return made


def kept(home: Path, address: str) -> ResultStore:
    """The results of a worker's home, as the stages write them."""
    storage = HandedIn(basepath=str(home.absolute() / "cache"), store=address, job=FOLDER)
    return ResultStore(result_storage=storage, cache_result_in_memory=False)


def test_what_is_kept_is_handed_in_at_once_and_the_rest_is_not(
    store: ObjectStore, tmp_path: Path
) -> None:
    results = kept(tmp_path / "worker", store.address)
    results.write(TURNS, key=KEY)
    results.write([1.0], key=f"{SHA[:32]}/vectors-0f")

    assert heard.read(store, SHA) == {KEY: TURNS}
    assert results.read(KEY).result == TURNS


def test_nothing_is_put_for_a_job_that_was_taken_back(store: ObjectStore, tmp_path: Path) -> None:
    store.remove([f"{FOLDER}/{JOB}"])

    kept(tmp_path / "worker", store.address).write(TURNS, key=KEY)
    hand_in_all(store, tmp_path / "worker", FOLDER, [SHA])

    assert store.names("") == {}


def test_what_could_not_be_handed_in_is_kept_and_handed_in_at_the_end(
    store: ObjectStore, tmp_path: Path
) -> None:
    (tmp_path / "full").write_text("no folder can be made under this")

    kept(tmp_path / "worker", f"file://{tmp_path}/full/store").write(TURNS, key=KEY)
    before = heard.read(store, SHA)
    hand_in_all(store, tmp_path / "worker", FOLDER, [SHA])

    assert (before, heard.read(store, SHA)) == ({}, {KEY: TURNS})


@pytest.mark.parametrize(("why", "left"), [(CLOSED, 0), ("the sound is torn", 1)])
def test_what_was_heard_of_a_closed_session_is_taken_out_before_it_is_gathered(
    store: ObjectStore, tmp_path: Path, why: str, left: int
) -> None:
    folder = tiny_meetings.make(tmp_path, 0, sayings=1)
    plan = make_plan(
        read_meeting(folder / "meeting.toml"), Toolbox(speech="captions", offline=True)
    )
    part = processed_by(plan)
    coverage = replace(part.transcript.coverage, gaps=(Gap(1.0, 2.0, why),))
    part = replace(part, transcript=replace(part.transcript, coverage=coverage))
    sha = part.transcript.recording_sha256
    heard.put(store, f"{sha[:32]}/turns-0c", TURNS)

    _forget_closed(store, Understood(ProcessedMeeting(plan.meeting, (part,)), []))

    assert len(heard.read(store, sha)) == left
