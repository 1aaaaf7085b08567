"""Meeting files, rosters and agendas: read whole, or refused in one clear sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matters_arising.errors import ManifestError
from transcripts.manifest import bare_meeting, initials, read_meeting, read_roster

MEETING = """
id = "aldermere-2026-06-11"
council = "Aldermere Borough Council"
committee = "Safer Communities Scrutiny Committee"
date = 2026-06-11
chair = "Councillor Ann Ford"
link = "https://webcast.aldermere.example/1?t={start_s}"
roster = "roster.csv"
[[attendance]]
name = "Councillor Tom Ford"
status = "apologies"
[[agenda]]
item = "1"
title = "Apologies"
[[recordings]]
file = "recording.opus"
offset_s = 12.5
"""
ROSTER = """name,role,kind,party,ward,aliases,home_address,mobile
Councillor Ann Ford,Chair,councillor,Independent,Quayside,Cllr Ford;Ann,1 Hidden Lane,07000 000000
Councillor Tom Ford,Member,councillor,Independent,Mill End,,2 Hidden Lane,07000 000001
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A meeting with its roster."""
    (tmp_path / "meeting.toml").write_text(MEETING)
    (tmp_path / "roster.csv").write_text(ROSTER)
    return tmp_path


def test_a_meeting_is_read_with_its_roster_agenda_and_recordings(folder: Path) -> None:
    """Everything the file says is there."""
    meeting = read_meeting(folder / "meeting.toml")

    assert meeting.date == date(2026, 6, 11)
    assert meeting.municipal_year == "2026-27"
    assert meeting.committee_code == "SCSC"
    assert [p.may_speak for p in meeting.people] == [True, False]
    assert meeting.people[0].aliases == ("Cllr Ford", "Ann")
    assert meeting.recordings[0].offset_s == 12.5
    assert meeting.link_to(75.9) == "https://webcast.aldermere.example/1?t=75"


def test_home_addresses_and_telephones_are_dropped_at_import(folder: Path) -> None:
    """Nothing of them is anywhere in what was read."""
    text = repr(read_meeting(folder / "meeting.toml"))

    assert "Hidden" not in text
    assert "07000" not in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "aldermere', 'id = "../aldermere', "letters, digits"),
        ("date = 2026-06-11", 'date = "11/06/2026"', "2026-06-11"),
        ('committee = "Safer Communities Scrutiny Committee"', "", "committee"),
        ('chair = "Councillor Ann Ford"', 'chair = "Councillor Best"', "not on its roster"),
        ('name = "Councillor Tom Ford"', 'name = "Councillor Best"', "not on the roster"),
        ('status = "apologies"', 'status = "asleep"', "asleep"),
        ("{start_s}", "{start}", "braces"),
        ('file = "recording.opus"', "", "names no file"),
        ("[[agenda]]", "[[agendum]]", "agendum"),
        ("id = ", "id = = ", "TOML"),
    ],
)
def test_a_faulty_meeting_file_is_refused_with_what_is_wrong(
    folder: Path, old: str, new: str, said: str
) -> None:
    """One sentence that names the file and the fault."""
    (folder / "meeting.toml").write_text(MEETING.replace(old, new, 1))

    with pytest.raises(ManifestError, match=said) as caught:
        read_meeting(folder / "meeting.toml")

    assert "meeting.toml" in str(caught.value)


def test_a_roster_that_repeats_a_line_is_read_once(tmp_path: Path) -> None:
    """The same line twice is a slip of the spreadsheet."""
    (tmp_path / "r.csv").write_text("name,role\nAnn Ford,Chair\nAnn Ford,Chair\n")

    assert [p.name for p in read_roster(tmp_path / "r.csv")] == ["Ann Ford"]


def test_a_roster_with_two_people_of_one_name_is_refused(tmp_path: Path) -> None:
    """Nobody could tell which of them spoke."""
    (tmp_path / "r.csv").write_text("name,ward\nAnn Ford,Quayside\nAnn Ford,Mill End\n")

    with pytest.raises(ManifestError, match="line 3 has 'Ann Ford' a second time"):
        read_roster(tmp_path / "r.csv")


def test_a_roster_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """Byte order mark, odd case in the header, empty lines."""
    (tmp_path / "r.csv").write_bytes("\ufeffName,Kind\r\nSiân Bell,Officer\r\n,\r\n".encode())

    (person,) = read_roster(tmp_path / "r.csv")
    assert (person.name, person.kind) == ("Siân Bell", "officer")


def test_a_recording_alone_takes_its_date_from_its_name(tmp_path: Path) -> None:
    """And the captions that lie beside it."""
    recording = tmp_path / "Scrutiny 2026-06-11.mp4"
    recording.touch()
    recording.with_suffix(".vtt").touch()

    meeting = bare_meeting(recording)
    assert (meeting.id, meeting.date) == ("scrutiny-2026-06-11", date(2026, 6, 11))
    assert meeting.recordings[0].captions.endswith(".vtt")


def test_a_committee_without_a_code_gets_its_initials() -> None:
    """Small words do not count."""
    assert initials("Overview and Scrutiny Committee") == "OSC"


def test_a_seat_log_is_named_for_the_meeting_or_a_recording_or_lies_beside_it(folder: Path) -> None:
    """What a recording says of itself comes first; the zero may be written as a time."""
    (folder / "recording.seats.csv").write_text("name,on,off\n")
    beside = read_meeting(folder / "meeting.toml").recordings[0]
    (folder / "meeting.toml").write_text('seat_log = "all.csv"\n' + MEETING)
    of_all = read_meeting(folder / "meeting.toml").recordings[0]
    named = 'seat_log = "own.csv"\nseat_log_zero = 10:00:05\n'
    (folder / "meeting.toml").write_text('seat_log = "all.csv"\n' + MEETING + named)
    own = read_meeting(folder / "meeting.toml").recordings[0]

    assert Path(beside.seat_log).name == "recording.seats.csv"
    assert Path(of_all.seat_log) == folder / "all.csv"
    assert (Path(own.seat_log).name, own.seat_log_zero) == ("own.csv", "10:00:05")
    (folder / "recording.opus").touch()
    assert bare_meeting(folder / "recording.opus").recordings[0].seat_log == beside.seat_log
