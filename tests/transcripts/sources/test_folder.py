"""A folder with a CSV, for the councils that nobody has written an adapter for."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import CouncilServer, Reply, marked
from transcripts.manifest import read_meeting
from transcripts.sources.config import read_config
from transcripts.sources.run import FetchReport, fetch_all

CONFIG = """
[[council]]
name = "Aldermere Borough Council"
code = "aldermere"
[[council.committee]]
name = "Safer Communities Scrutiny Committee"
code = "SCSC"
[[council.source]]
kind = "folder"
folder = "recordings"
enabled = true
"""
HEAD = "title,committee,date,start,recording,captions,agenda,roster,minutes\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n"
ROSTER = (
    "name,role,party,home address,phone,email\n"
    "Councillor Helen Penrose,Chair,Labour,1 Private Lane,01632 960123,helen@home.example\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "matters.toml").write_text(CONFIG)
    made = tmp_path / "recordings"
    made.mkdir()
    (made / "june.mp3").write_bytes(b"sound")
    (made / "june.vtt").write_text(VTT)
    (made / "roster.csv").write_text(ROSTER)
    (made / "agenda.csv").write_text("item,title\n1,Apologies\n2,Live facial recognition\n")
    (made / "minutes.txt").write_text("RESOLVED that the report be noted.")
    return made


def fetched(folder: Path) -> FetchReport:
    day = datetime.date(2026, 11, 30)
    return fetch_all(read_config(folder.parent / "matters.toml"), until=day, since=day.replace(1))


def test_a_row_is_a_meeting_with_its_files(folder: Path) -> None:
    (folder / "meetings.csv").write_text(
        HEAD + "June,SCSC,11/06/2026,6.30 pm,june.mp3,june.vtt,agenda.csv,roster.csv,minutes.txt\n"
    )

    report = fetched(folder)

    (landed,) = report.landed
    assert (report.faults, landed.id) == ((), "aldermere-scsc-2026-06-11")
    assert sorted(p.name.split("-")[0] for p in landed.folder.glob("*-*")) == [
        "captions",
        "minutes",
        "recording",
    ]
    text = (landed.folder / "meeting.toml").read_text()
    assert 'committee = "Safer Communities Scrutiny Committee"' in text
    assert 'chair = "Councillor Helen Penrose"' in text
    assert [m.what for m in fetched(folder).landed] == ["up to date"]


def test_addresses_and_telephones_of_a_roster_stay_where_they_were(folder: Path) -> None:
    (folder / "meetings.csv").write_text(HEAD + "June,SCSC,2026-06-11,,june.mp3,,,roster.csv,\n")

    fetched(folder)

    written = b"".join(p.read_bytes() for p in (folder.parent / "inbox").rglob("*") if p.is_file())
    assert b"Penrose" in written
    assert [w for w in (b"Private Lane", b"01632", b"home.example") if w in written] == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("June,SCSC,11.6.26,,june.mp3,,,,", "date '11.6.26' is no date"),
        ("June,SCSC,2026-06-31,,june.mp3,,,,", "date '2026-06-31' is no date"),
        ("June,,2026-06-11,,june.mp3,,,,", "it names no committee"),
        ("June,SCSC,2026-06-11,,july.mp3,,,,", "there is no file 'july.mp3'"),
        ("June,SCSC,2026-06-11,,../matters.toml,,,,", "lies outside"),
        ("June,SCSC,2026-06-11,,june.mp3,june.vtt;june.vtt,,,", "more captions than recordings"),
        ("June,SCSC,2026-06-11,,june.mp3,,roster.csv,,", "has no column 'item'"),
        ("June,SCSC,2026-06-11,evening,june.mp3,,,,", "start 'evening' is no time; write it as"),
        ("June,SCSC,2026-06-11,25:30,june.mp3,,,,", "start '25:30' is no time"),
        ("June,SCSC,2026-06-11,6.30 - 8.30 pm,june.mp3,,,,", "start '6.30 - 8.30 pm' is no time"),
    ],
)
def test_a_faulty_row_is_named_with_its_line_and_stops_no_other(
    folder: Path, row: str, said: str
) -> None:
    good = "July,SCSC,2026-07-16,,june.mp3,,,,"
    (folder / "meetings.csv").write_text(f"{HEAD}{row}\n{good}\n")

    report = fetched(folder)

    assert [m.id for m in report.landed] == ["aldermere-scsc-2026-07-16"]
    (fault,) = report.faults
    assert "meetings.csv line 2: " in fault
    assert said in fault


@pytest.mark.parametrize(
    ("told", "start"),
    [
        ("6.30 pm", "18:30"),
        ("7pm", "19:00"),
        ("7 p.m.", "19:00"),
        ("12.15 am", "00:15"),
        ("12 pm", "12:00"),
        ("18:30:00", "18:30"),
        ("9.05", "09:05"),
        ("", ""),
    ],
)
def test_a_start_is_read_with_its_half_of_the_day(folder: Path, told: str, start: str) -> None:
    (folder / "meetings.csv").write_text(f"{HEAD}June,SCSC,2026-06-11,{told},june.mp3,,,,\n")

    (landed,) = fetched(folder).landed

    assert read_meeting(landed.folder / "meeting.toml").start == start


@pytest.mark.parametrize(
    ("again", "said"),
    [
        ("June,SCSC,2026-06-11,,june.mp3,,,,", "line 2 is of the same committee, day and hour"),
        (
            "June,Safer Communities Scrutiny Committee,11/06/2026,,june.mp3,,,,",
            "line 2 is of the same committee, day and hour",
        ),
    ],
)
def test_two_rows_of_one_sitting_are_told_with_both_lines(
    folder: Path, again: str, said: str
) -> None:
    row = "June,SCSC,2026-06-11,,june.mp3,,,,"
    (folder / "meetings.csv").write_text(f"{HEAD}{row}\n{again}\n")

    report = fetched(folder)

    assert [m.id for m in report.landed] == ["aldermere-scsc-2026-06-11"]
    (fault,) = report.faults
    assert "meetings.csv line 3: " in fault
    assert said in fault
    assert "parted by ;" in fault


def test_two_rows_of_one_id_are_told(folder: Path) -> None:
    rows = "id,committee,date,recording\na,SCSC,2026-06-11,june.mp3\na,SCSC,2026-06-12,june.mp3\n"
    (folder / "meetings.csv").write_text(rows)

    (fault,) = fetched(folder).faults

    assert "line 3: line 2 has the id 'a' too" in fault


def test_two_rows_of_one_day_are_told_apart_by_their_start(folder: Path) -> None:
    rows = [f"June,SCSC,2026-06-11,{start},june.mp3,,,," for start in ("10am", "7pm")]
    (folder / "meetings.csv").write_text(HEAD + "\n".join(rows))

    report = fetched(folder)

    assert report.faults == ()
    assert [m.id for m in report.landed] == [
        "aldermere-scsc-2026-06-11",
        "aldermere-scsc-2026-06-11-1900",
    ]


@pytest.mark.parametrize(("told", "before"), [("6.30 pm", "06:30"), ("7pm", "")])
def test_what_was_landed_before_its_hour_was_read_keeps_its_folder(
    folder: Path, told: str, before: str
) -> None:
    (folder / "meetings.csv").write_text(f"{HEAD}June,SCSC,2026-06-11,{before},june.mp3,,,,\n")
    (landed,) = fetched(folder).landed
    (folder / "meetings.csv").write_text(f"{HEAD}June,SCSC,2026-06-11,{told},june.mp3,,,,\n")

    (again,) = fetched(folder).landed

    assert (again.folder, again.what) == (landed.folder, "changed")


def test_a_recording_may_be_an_address_on_a_host_that_is_configured(
    folder: Path, server: CouncilServer
) -> None:
    server.routes |= {"/a/june.mp3": marked(b"sound", '"v1"'), "/min": Reply(b"<html>gone</html>")}
    row = f"June,SCSC,2026-06-11,,{server.base}/a/june.mp3?x=1,june.vtt,,,{server.base}/min"
    (folder / "meetings.csv").write_text(f"{HEAD}{row}\n")
    config = folder.parent / "matters.toml"
    assert "add its host to the source's hosts" in fetched(folder).faults[0]
    more = 'hosts = ["127.0.0.1"]\nprivate = true\npause_s = 0.0\n'
    config.write_text('contact = "clerk@aldermere.example"\n' + config.read_text() + more)

    (landed,) = fetched(folder).landed

    assert landed.changed == ("recording", "captions")
    assert "minutes: " in landed.notes[0]
    assert next(landed.folder.glob("*.mp3")).read_bytes() == b"sound"
    assert [m.what for m in fetched(folder).landed] == ["up to date"]


def test_recordings_of_a_known_committee_need_no_csv(folder: Path) -> None:
    config = folder.parent / "matters.toml"
    config.write_text(config.read_text() + 'committee = "SCSC"\n')
    (folder / "june.mp3").rename(folder / "2026-06-11.mp3")
    (folder / "june.vtt").rename(folder / "2026-06-11.vtt")

    report = fetched(folder)

    assert [(m.id, m.changed) for m in report.landed] == [
        ("aldermere-scsc-2026-06-11", ("recording", "captions"))
    ]


def test_a_recording_of_nobody_is_told(folder: Path) -> None:
    (fault,) = fetched(folder).faults

    assert "belongs to no committee that is known" in fault


def test_two_runs_at_once_do_not_meet(folder: Path) -> None:
    from filelock import FileLock

    from matters_arising.errors import BusyError

    inbox = folder.parent / "inbox"
    inbox.mkdir()
    with FileLock(inbox / ".fetching.lock"), pytest.raises(BusyError, match="another run"):
        fetched(folder)
