"""Folders as Zoom and Teams leave them: one sound and one transcript a call, and no chat."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.transcripts.sources.fetching import JULY_LAST, settled
from tests.transcripts.sources.fetching import fetched as of_sources
from tests.transcripts.sources.test_folder import CONFIG, VTT
from transcripts.captions import read_captions
from transcripts.manifest import read_meeting
from transcripts.sources.exports import exports_in
from transcripts.sources.run import FetchReport

CLOUD = (
    "GMT20260611-173005_Recording_1920x1080.mp4",
    "GMT20260611-173005_Recording.m4a",
    "GMT20260611-173005_Recording.transcript.vtt",
    "GMT20260611-173005_Recording.cc.vtt",
    "GMT20260611-173005_RecordingnewChat.txt",
)


def filled(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(VTT if path.suffix == ".vtt" else "sound")
    return folder


def fetched(place: Path, more: str = "") -> FetchReport:
    return of_sources(settled(place, CONFIG, more), until=JULY_LAST)


def test_zooms_files_are_one_call_by_the_clock_of_the_council(tmp_path: Path) -> None:
    (call,) = exports_in(filled(tmp_path, *CLOUD))

    assert (call.day, call.start, call.title) == (datetime.date(2026, 6, 11), "18:30", "")
    assert call.recording == tmp_path / CLOUD[1]
    assert call.captions == tmp_path / CLOUD[2]


def test_a_zoom_call_is_of_the_committee_that_the_source_names(tmp_path: Path) -> None:
    filled(tmp_path / "recordings", *CLOUD)

    assert "belongs to no committee that is known" in fetched(tmp_path).faults[0]
    (landed,) = fetched(tmp_path, 'committee = "SCSC"\n').landed
    written = b"".join(p.read_bytes() for p in landed.folder.iterdir())
    assert (landed.id, landed.changed) == ("aldermere-scsc-2026-06-11", ("recording", "captions"))
    assert b"Chat" not in written


@pytest.mark.parametrize(
    ("names", "start"),
    [
        (
            (
                "Safer Communities Scrutiny Committee-20260611_183000-Meeting Recording.mp4",
                "Safer Communities Scrutiny Committee-20260611_183000-Meeting Recording.vtt",
            ),
            "18:30",
        ),
        (
            (
                "Safer Communities Scrutiny Committee-20260611_173000UTC-Meeting Recording.mp4",
                "Safer Communities Scrutiny Committee-20260611_173000UTC-Meeting Transcript.vtt",
            ),
            "18:30",
        ),
        (
            (
                "2026-06-11 18.30.05 Safer Communities Scrutiny Committee 81234567890/video1.mp4",
                "2026-06-11 18.30.05 Safer Communities Scrutiny Committee 81234567890/cc.vtt",
                "2026-06-11 18.30.05 Safer Communities Scrutiny Committee 81234567890/chat.txt",
            ),
            "18:30",
        ),
    ],
)
def test_a_call_that_says_whose_it_is_needs_nobody_to_say_so(
    tmp_path: Path, names: tuple[str, ...], start: str
) -> None:
    filled(tmp_path / "recordings", *names)

    report = fetched(tmp_path)

    (landed,) = report.landed
    held = read_meeting(landed.folder / "meeting.toml")
    assert (report.faults, held.committee_code, held.start) == ((), "SCSC", start)
    assert read_captions(Path(held.recordings[0].captions))[0].words[0].text == "Good"
    assert Path(held.recordings[0].path).suffix == ".mp4"


def test_other_recordings_beside_a_call_are_taken_as_before(tmp_path: Path) -> None:
    filled(tmp_path / "recordings", *CLOUD, "2026-07-16.mp3")

    report = fetched(tmp_path, 'committee = "SCSC"\n')

    assert [m.id for m in report.landed] == [
        "aldermere-scsc-2026-06-11",
        "aldermere-scsc-2026-07-16",
    ]
