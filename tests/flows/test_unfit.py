"""A worker that cannot make what is asked for ends; the meetings are for the others to take."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from prefect.states import Failed
from pydantic import TypeAdapter

from flows.plan import make_plan
from flows.process_meeting import hear
from flows.unfit import NAME, end_worker, while_fit
from flows.worker import end_if_unfit, meeting_elsewhere, take_up
from matters_arising.errors import EngineError, StoreError, UnfitError
from matters_arising.settings import Settings
from models.toolbox import Toolbox
from tests import tiny_meetings
from transcripts.manifest import read_meeting
from transcripts.objects.jobs import DONE, INPUTS, JOB, Job, files_of, folder_of, hand_out, moved
from transcripts.objects.store import ObjectStore

MEETING = tiny_meetings.meeting_id(0)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    monkeypatch.setenv("MATTERS_STORE", f"file://{tmp_path}/store")
    monkeypatch.setenv("MATTERS_HOME", str(tmp_path / "worker"))
    (tmp_path / "worker").mkdir()
    return ObjectStore(f"file://{tmp_path}/store", patience_s=0.1)


@pytest.fixture
def job(store: ObjectStore, tmp_path: Path) -> Job:
    """A meeting that is handed out."""
    folder = tiny_meetings.make(tmp_path / "inbox", 0)
    tools = Toolbox(speech="captions", offline=True)
    plan = make_plan(read_meeting(folder / "meeting.toml"), tools)
    files = files_of(plan.meeting)
    meeting = moved(plan.meeting, {path: it.place for path, it in files.items()})
    made = Job(meeting, plan.key, tuple(files.values()), "captions", tuple(tools.engines()))
    hand_out(store, made, files)
    return made


def of_another_version(job: Job) -> Job:
    return replace(job, engines=tuple(replace(e, version="0.0") for e in job.engines))


def of_another_program(job: Job) -> Job:
    return replace(job, meeting=replace(job.meeting, title="as a later version reads it"))


@pytest.mark.parametrize(
    ("other", "why"),
    [(of_another_version, "install the same there"), (of_another_program, "the same version on")],
)
def test_a_machine_that_would_make_another_meeting_ends_and_fails_none(
    store: ObjectStore, job: Job, other: object, why: str, tmp_path: Path
) -> None:
    asked = other(job)  # type: ignore[operator]
    folder = folder_of(MEETING, job.key)
    store.put(f"{folder}/{JOB}", TypeAdapter(Job).dump_json(asked))

    with pytest.raises(UnfitError, match=why) as fault:
        meeting_elsewhere.fn(MEETING, job.key)
    end_if_unfit(None, None, Failed(data=fault.value))

    assert why in (tmp_path / "worker" / NAME).read_text()
    assert store.get(f"{folder}/{DONE}") is None


def test_a_machine_that_may_not_write_on_the_store_ends_and_fails_none(
    store: ObjectStore, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: ObjectStore, name: str, data: bytes) -> bool:
        raise StoreError("the store does not let us in")

    monkeypatch.setattr(ObjectStore, "create", refused)

    with pytest.raises(StoreError) as fault:
        meeting_elsewhere.fn(MEETING, job.key)
    end_if_unfit(None, None, Failed(data=fault.value))

    assert "does not let us in" in (tmp_path / "worker" / NAME).read_text()


def test_what_is_wrong_with_a_meeting_is_told_of_it_and_the_worker_goes_on(
    store: ObjectStore, job: Job, tmp_path: Path
) -> None:
    store.put(next(iter(store.names(INPUTS))), b"damaged")
    worker = tmp_path / "worker"

    take_up(store, worker, MEETING, job.key, Settings())

    told = json.loads(store.get(f"{folder_of(MEETING, job.key)}/{DONE}") or b"{}")
    assert "is not what was handed over" in told["failed"]
    assert not (worker / NAME).exists()


def test_what_a_machine_could_not_recognise_is_not_told_as_heard(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise EngineError("a process that recognised its speech was killed")

    monkeypatch.setattr("flows.process_meeting.listen", killed)
    meeting = read_meeting(tmp_path / "inbox" / MEETING / "meeting.toml")

    with pytest.raises(EngineError, match="was killed"):
        hear(make_plan(meeting, Toolbox(speech="captions", offline=True)), tmp_path)


def test_the_worker_says_why_it_ended(tmp_path: Path) -> None:
    async def works() -> None:
        working = asyncio.ensure_future(while_fit(asyncio.sleep(60), tmp_path))
        await asyncio.sleep(0)  # it clears what an earlier one was told, and begins
        end_worker(tmp_path, UnfitError("records-2 has nothing for speech"))
        await working

    with pytest.raises(UnfitError, match=r"has nothing for speech; this worker has ended"):
        asyncio.run(works())
