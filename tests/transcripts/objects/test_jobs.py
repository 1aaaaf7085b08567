"""What is handed over: files by their content, and nothing left on the machine that had them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError, NewerSchemaError
from transcripts.meeting import Meeting, Recording
from transcripts.objects.jobs import (
    Job,
    fetched,
    files_of,
    hand_out,
    moved,
    read_job,
    sweep,
    take_back,
    take_back_all,
)
from transcripts.objects.store import ObjectStore
from transcripts.objects.tidy import tidy


def job_of(
    folder: Path, key: str = "k1", meeting_id: str = "june"
) -> tuple[Job, dict[Path, object]]:
    folder.mkdir(exist_ok=True)
    (folder / "june.vtt").write_text("WEBVTT\n")
    (folder / "june.opus").write_bytes(b"sound")
    files = (Recording(str(folder / "june.opus"), captions=str(folder / "june.vtt"),
                       seat_log=str(folder / "gone.csv")),)  # fmt: skip
    meeting = Meeting(meeting_id, "Aldermere", "Scrutiny", "SCSC", date(2026, 6, 11),
                      recordings=files)  # fmt: skip
    inputs = files_of(meeting)
    there = moved(meeting, {path: each.place for path, each in inputs.items()})
    return Job(there, key, tuple(inputs.values()), "captions", ()), dict(inputs)


def test_a_meeting_is_fetched_with_its_files_as_they_were(
    store: ObjectStore, tmp_path: Path
) -> None:
    job, files = job_of(tmp_path / "in")
    hand_out(store, job, files)  # type: ignore[arg-type]

    read = read_job(store, "june", "k1")
    assert read == job
    meeting = fetched(store, job, tmp_path / "worker")

    (recording,) = meeting.recordings
    assert Path(recording.path).read_bytes() == b"sound"
    assert Path(recording.captions).name == "june.vtt"
    assert Path(recording.captions).is_relative_to(tmp_path / "worker")
    assert recording.seat_log == str(tmp_path / "in" / "gone.csv")  # was not there before either


def test_a_damaged_input_is_named_and_not_used(store: ObjectStore, tmp_path: Path) -> None:
    job, files = job_of(tmp_path / "in")
    hand_out(store, job, files)  # type: ignore[arg-type]
    store.put(job.inputs[0].place, b"s0und")

    with pytest.raises(BadInputError, match=r"june.opus is not what was handed over"):
        fetched(store, job, tmp_path / "worker")
    assert not [p for p in (tmp_path / "worker").rglob("*") if p.is_file()]


def test_what_is_gathered_goes_and_what_another_job_needs_stays(
    store: ObjectStore, tmp_path: Path
) -> None:
    for meeting_id in ("june", "july"):  # a recording of both
        job, files = job_of(tmp_path / "in", meeting_id=meeting_id)
        hand_out(store, job, files)  # type: ignore[arg-type]

    take_back(store, "june", "k1")
    still = len(store.names("inputs"))
    took = take_back_all(store, "july")

    assert (still, took) == (2, 1)
    assert store.names("") == {}


def test_what_a_late_worker_puts_for_no_job_is_swept_away(
    store: ObjectStore, tmp_path: Path
) -> None:
    job, files = job_of(tmp_path / "in")
    hand_out(store, job, files)  # type: ignore[arg-type]
    store.put("jobs/july/k9/made/transcript-1.json", b"{}")

    assert sweep(store) == 1
    assert {n.split("/")[1] for n in store.names("jobs")} == {"june"}


def test_a_worker_goes_on_with_what_is_asked_for_and_forgets_the_rest(
    store: ObjectStore, tmp_path: Path
) -> None:
    job, files = job_of(tmp_path / "in")
    hand_out(store, job, files)  # type: ignore[arg-type]
    worker, sha = tmp_path / "worker", job.inputs[0].sha256
    fetched(store, job, worker)
    for name in (f"cache/{sha[:32]}/piece", "cache/0ther/piece", "cache/failure",
                 f"inputs/{'0' * 64}/old.opus", "work/old.pcm"):  # fmt: skip
        (worker / name).parent.mkdir(parents=True, exist_ok=True)
        (worker / name).write_bytes(b"x")

    tidy(store, worker)
    kept = {p.relative_to(worker).parts[0] for p in worker.rglob("*") if p.is_file()}
    pieces = [p.name for p in (worker / "cache").rglob("*") if p.is_file()]
    take_back(store, "june", "k1")
    tidy(store, worker)

    assert (kept, pieces) == ({"cache", "inputs"}, ["piece"])
    assert [p for p in worker.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("name", ["../../etc/passwd", ".hidden", "a/b", ""])
def test_a_job_cannot_write_outside_a_workers_folder(
    store: ObjectStore, tmp_path: Path, name: str
) -> None:
    job, _ = job_of(tmp_path / "in")
    bad = replace(job, inputs=(replace(job.inputs[0], name=name),))

    with pytest.raises(BadInputError, match="which is no name of a file"):
        fetched(store, bad, tmp_path / "worker")


def test_a_job_of_a_newer_program_is_refused(store: ObjectStore, tmp_path: Path) -> None:
    job, files = job_of(tmp_path / "in")
    hand_out(store, replace(job, format=99), files)  # type: ignore[arg-type]

    with pytest.raises(NewerSchemaError, match="update it on this machine"):
        read_job(store, "june", "k1")
