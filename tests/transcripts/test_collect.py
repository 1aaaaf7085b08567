"""What is found under what a person named."""

from __future__ import annotations

from pathlib import Path

import pytest

from matters_arising.errors import BadInputError
from transcripts.collect import collect

TOML = """
id = "{id}"
council = "Aldermere Borough Council"
committee = "Safer Communities Scrutiny Committee"
date = 2026-06-11
[[recordings]]
file = "a.opus"
"""


def meeting_in(folder: Path, name: str) -> Path:
    """A folder with a meeting file and its recording."""
    folder.mkdir(parents=True)
    (folder / "meeting.toml").write_text(TOML.format(id=name))
    (folder / "a.opus").touch()
    return folder


def test_a_folder_gives_its_meetings_and_the_recordings_nobody_speaks_for(tmp_path: Path) -> None:
    """Captions go with the recording of their name; captions alone are a meeting too."""
    meeting_in(tmp_path / "june", "june")
    for name in ("2026-07-01.mp4", "2026-07-01.vtt", "2026-08-01.srt", "notes.txt"):
        (tmp_path / name).touch()

    found = collect([tmp_path])

    assert [c.meeting.id for c in found if c.meeting] == ["june", "2026-07-01", "2026-08-01"]
    assert found[2].meeting.recordings[0].path == ""  # type: ignore[union-attr]


def test_one_faulty_meeting_does_not_hide_the_others(tmp_path: Path) -> None:
    """Its fault is kept beside them."""
    meeting_in(tmp_path / "a", "a")
    (meeting_in(tmp_path / "b", "b") / "meeting.toml").write_text("id = ")

    found = collect([tmp_path])

    assert [(bool(c.meeting), bool(c.fault)) for c in found] == [(True, False), (False, True)]


def test_two_meetings_of_one_id_are_told_apart_by_a_fault(tmp_path: Path) -> None:
    """The second would have overwritten the first."""
    meeting_in(tmp_path / "a", "same")
    meeting_in(tmp_path / "b", "same")

    faults = [str(c.fault) for c in collect([tmp_path]) if c.fault]
    assert len(faults) == 1
    assert "same id 'same'" in faults[0]


def test_an_empty_folder_and_a_missing_file_say_so(tmp_path: Path) -> None:
    """Neither is passed over in silence."""
    found = collect([tmp_path, tmp_path / "gone.mp3"])

    assert ["holds no meeting" in str(found[0].fault), "there is no" in str(found[1].fault)] == [
        True,
        True,
    ]


def test_captions_for_two_recordings_are_refused(tmp_path: Path) -> None:
    """They can belong to one only."""
    with pytest.raises(BadInputError, match="exactly one file"):
        collect([tmp_path / "a.mp3", tmp_path / "b.mp3"], captions=tmp_path / "c.vtt")


def test_a_described_recording_keeps_the_seat_log_its_meeting_file_names(tmp_path: Path) -> None:
    """With the clock by which the log is laid on it; else the one that lies beside the file."""
    (tmp_path / "talk.mp3").touch()
    (tmp_path / "talk.seats.csv").write_text("name,on,off\n")
    described = (
        'id = "m"\ncouncil = "Brackwell"\ncommittee = "Scrutiny"\ndate = 2026-06-11\n'
        '[[recordings]]\nfile = "other.mp3"\noffset_s = 4.0\n'
    )
    (tmp_path / "m.toml").write_text(described)
    beside = collect([tmp_path / "talk.mp3"], manifest=tmp_path / "m.toml")[0].meeting
    (tmp_path / "m.toml").write_text(described + 'seat_log = "l.csv"\nseat_log_zero = "10:00"\n')
    named = collect([tmp_path / "talk.mp3"], manifest=tmp_path / "m.toml")[0].meeting

    assert beside is not None
    assert named is not None
    assert Path(beside.recordings[0].seat_log).name == "talk.seats.csv"
    assert Path(named.recordings[0].seat_log).name == "l.csv"
    assert (named.recordings[0].seat_log_zero, named.recordings[0].offset_s) == ("10:00", 4.0)


def test_captions_alone_take_the_seat_log_beside_them(tmp_path: Path) -> None:
    """A webcast's captions and the chamber's log are a meeting without its sound."""
    (tmp_path / "2026-06-11.vtt").write_text("WEBVTT\n")
    (tmp_path / "2026-06-11.seats.csv").write_text("name,on,off\n")

    found = collect([tmp_path / "2026-06-11.vtt"])[0].meeting

    assert found is not None
    assert Path(found.recordings[0].seat_log).name == "2026-06-11.seats.csv"


def test_a_link_that_leads_nowhere_is_a_fault_and_not_passed_over(tmp_path: Path) -> None:
    """Such as into a disk that is not mounted: the meeting would be missed without a word."""
    (tmp_path / "june.mp4").symlink_to("/nowhere/june.mp4")

    (found,) = collect([tmp_path])

    assert isinstance(found.fault, BadInputError)
    assert str(found.fault) == (
        f"{tmp_path}/june.mp4 leads to /nowhere/june.mp4, which is not there; mount it or copy the "
        "file here"
    )
