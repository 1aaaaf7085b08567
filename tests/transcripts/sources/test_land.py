"""A meeting lands whole or not at all, and only what is new of it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError, TransientError
from transcripts.collect import collect
from transcripts.meeting import AgendaItem, Person
from transcripts.sources.inbox import Inbox
from transcripts.sources.land import CHANGED, FAILED, NEW, SAME, UNHEARD, Landed, land
from transcripts.sources.landed import read_landed
from transcripts.sources.meeting import Saved, SourceFile, SourceMeeting

DAY = datetime.date(2026, 6, 11)
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n"


class Shelf:
    """A source whose files lie in memory; what is not there yet, or never was, says so."""

    name, council = "shelf", "Aldermere Borough Council"

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.unread: list[str] = []
        self.unfinished = False
        self.held: dict[str, bytes | Exception] = {}
        self.read: list[str] = []

    def meetings(self, since: datetime.date, until: datetime.date) -> Iterator[SourceMeeting]:
        """None: the tests make their own."""
        return iter(())

    def describe(self) -> list[str]:
        """Nothing to ask."""
        return []

    def save(self, file: SourceFile, to: Path, known: Saved) -> Saved:
        """Writes what is held; raises what is held instead."""
        self.read.append(file.address)
        data = self.held[file.address]
        if isinstance(data, Exception):
            raise data
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == known.sha256:
            return replace(known, unchanged=True)
        to.write_bytes(data)
        return Saved(sha256=sha256, size=len(data))


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    made.held |= {"june.mp3": b"sound", "june.vtt": VTT, "june.xml": b"<meeting/>"}
    return made


def file(kind: str, address: str, suffix: str) -> SourceFile:
    return SourceFile(kind, address, source="shelf", suffix=suffix)


RECORDING = file("recording", "june.mp3", ".mp3")
CAPTIONS = file("captions", "june.vtt", ".vtt")
MINUTES = file("minutes", "june.xml", ".xml")
MEETING = SourceMeeting(
    keys=("shelf:5101",),
    council="Aldermere Borough Council",
    committee="Safer Communities Scrutiny Committee",
    committee_code="SCSC",
    date=DAY,
    start="18:30",
    chair="Councillor Helen Penrose",
    people=(Person("Councillor Helen Penrose", role="Chair", attendance="present"),),
    agenda=(AgendaItem("1", "Cameras", begins_s=61.5), AgendaItem("2", "Contract", True)),
    files=(RECORDING, CAPTIONS),
)


def put(inbox: Path, meeting: SourceMeeting, shelf: Shelf) -> Landed:
    return land(meeting, "aldermere", Inbox.open(inbox), {"shelf": shelf})


def put_all(inbox: Path, *meetings: SourceMeeting, shelf: Shelf) -> list[Landed]:
    """One run in which a source tells of all of these."""
    made = Inbox.open(inbox)
    for meeting in meetings:
        made.offer("aldermere", meeting.keys)
    return [land(m, "aldermere", made, {"shelf": shelf}) for m in meetings]


def contents(inbox: Path) -> dict[str, bytes]:
    found = (p for p in inbox.rglob("*") if p.is_file() and p.name != ".landed.json")
    return {str(p.relative_to(inbox)): p.read_bytes() for p in found}


def test_a_landed_meeting_is_one_that_can_be_processed(tmp_path: Path, shelf: Shelf) -> None:
    landed = put(tmp_path, MEETING, shelf)

    (candidate,) = collect([tmp_path])
    meeting = candidate.meeting
    assert meeting is not None
    assert (landed.what, landed.ready, landed.changed) == (NEW, True, ("recording", "captions"))
    assert (meeting.id, meeting.date, meeting.chair) == (
        "aldermere-scsc-2026-06-11",
        DAY,
        "Councillor Helen Penrose",
    )
    assert (meeting.people, meeting.agenda) == (MEETING.people, MEETING.agenda)
    assert Path(meeting.recordings[0].path).read_bytes() == b"sound"
    assert Path(meeting.recordings[0].captions).read_bytes() == VTT


def test_what_is_there_is_not_written_again(tmp_path: Path, shelf: Shelf) -> None:
    put(tmp_path, MEETING, shelf)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()}

    landed = put(tmp_path, MEETING, shelf)

    assert (landed.what, landed.changed) == (SAME, ())
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()} == before


def test_minutes_that_appear_join_the_meeting(tmp_path: Path, shelf: Shelf) -> None:
    put(tmp_path, MEETING, shelf)

    landed = put(tmp_path, replace(MEETING, files=(*MEETING.files, MINUTES)), shelf)

    (held,) = read_landed(landed.folder).of_kind("minutes")
    assert (landed.what, landed.changed) == (CHANGED, ("minutes",))
    assert (landed.folder / held.name).read_bytes() == b"<meeting/>"


def test_a_new_cut_under_the_old_address_leaves_the_old_one_until_the_next_run(
    tmp_path: Path, shelf: Shelf
) -> None:
    """Somebody may be reading it."""
    put(tmp_path, MEETING, shelf)
    shelf.held["june.mp3"] = b"sound, cut anew"

    landed = put(tmp_path, MEETING, shelf)

    (meeting,) = [c.meeting for c in collect([tmp_path]) if c.meeting]
    assert (landed.what, landed.changed) == (CHANGED, ("recording", "meeting"))
    assert Path(meeting.recordings[0].path).read_bytes() == b"sound, cut anew"
    assert len(list(landed.folder.glob("*.mp3"))) == 2
    put(tmp_path, MEETING, shelf)
    assert len(list(landed.folder.glob("*.mp3"))) == 1


@pytest.mark.parametrize("address", ["june.mp3", "june-again.mp3"])
def test_no_new_cut_comes_in_the_place_of_a_recording_whose_time_is_over(
    tmp_path: Path, shelf: Shelf, address: str
) -> None:
    """An empty file tells that it was let go; who deletes that file has it fetched again."""
    folder = put(tmp_path, MEETING, shelf).folder
    (held,) = folder.glob("*.mp3")
    held.write_bytes(b"")
    shelf.held[address], shelf.read = b"sound, cut anew", []
    cut = replace(MEETING, files=(replace(RECORDING, address=address), CAPTIONS))

    assert put(tmp_path, cut, shelf).what == SAME
    assert (shelf.read, [p.stat().st_size for p in folder.glob("*.mp3")]) == (["june.vtt"], [0])
    held.unlink()
    assert put(tmp_path, cut, shelf).changed == ("recording", "meeting")


def test_a_meeting_without_sound_waits_and_is_no_meeting_yet(tmp_path: Path, shelf: Shelf) -> None:
    landed = put(tmp_path, replace(MEETING, files=()), shelf)

    assert (landed.what, landed.ready) == (NEW, False)
    assert [c.meeting for c in collect([tmp_path])] == [None]
    later = put(tmp_path, MEETING, shelf)
    assert (later.folder, later.ready) == (landed.folder, True)
    assert not (landed.folder / "waiting.toml").exists()


@pytest.mark.parametrize(
    ("meeting", "told"),
    [
        (replace(MEETING, files=(), webcast=True), True),
        (replace(MEETING, files=()), False),
        (replace(MEETING, webcast=True), False),  # a source brings its sound
        (replace(MEETING, files=(), webcast=True, date=datetime.date(2999, 1, 1)), False),
    ],
)
def test_what_was_webcast_and_is_brought_by_no_source_is_told(
    tmp_path: Path, shelf: Shelf, meeting: SourceMeeting, told: bool
) -> None:
    assert (UNHEARD in put(tmp_path, meeting, shelf).notes) == told


def test_a_meeting_that_is_cancelled_waits_no_more_until_it_is_not(
    tmp_path: Path, shelf: Shelf
) -> None:
    coming = replace(MEETING, files=())
    folder = put(tmp_path, coming, shelf).folder

    cancelled = put(tmp_path, replace(coming, cancelled=True, status="Cancelled"), shelf)

    assert (cancelled.what, (folder / "waiting.toml").exists()) == ("cancelled", False)
    assert put(tmp_path, coming, shelf).what == CHANGED
    assert (folder / "waiting.toml").exists()


@pytest.mark.parametrize("missing", ["june.mp3", "june.vtt"])
def test_nothing_lands_of_a_meeting_whose_sound_breaks_off(
    tmp_path: Path, shelf: Shelf, missing: str
) -> None:
    shelf.held[missing] = TransientError("it broke off")

    landed = put(tmp_path, MEETING, shelf)

    assert (landed.what, landed.notes) == (FAILED, ("it broke off",))
    assert contents(tmp_path) == {}


def test_a_disk_that_takes_nothing_leaves_what_was_there(tmp_path: Path, shelf: Shelf) -> None:
    put(tmp_path, MEETING, shelf)
    before = contents(tmp_path)
    shelf.held["june.mp3"] = OSError(28, "No space left on device")

    with pytest.raises(Exception, match="No space left on device"):
        put(tmp_path, MEETING, shelf)

    assert contents(tmp_path) == before


def test_a_recording_that_is_not_offered_is_a_note_beside_its_captions(
    tmp_path: Path, shelf: Shelf
) -> None:
    shelf.held["june.mp3"] = BadInputError("the download is not offered")

    landed = put(tmp_path, MEETING, shelf)

    assert (landed.what, landed.ready) == (NEW, True)
    assert landed.notes == ("recording: the download is not offered",)


def test_a_server_that_is_down_costs_a_held_recording_nothing(tmp_path: Path, shelf: Shelf) -> None:
    """And the minutes that are there all the same are taken."""
    put(tmp_path, MEETING, shelf)
    shelf.held["june.mp3"] = TransientError("it is down")

    landed = put(tmp_path, replace(MEETING, files=(*MEETING.files, MINUTES)), shelf)

    assert (landed.what, landed.changed) == (CHANGED, ("minutes",))
    assert landed.notes == ("recording: it is down",)


def test_a_webcast_that_was_taken_down_stays_in_the_inbox(tmp_path: Path, shelf: Shelf) -> None:
    before = put(tmp_path, MEETING, shelf)

    landed = put(tmp_path, replace(MEETING, files=()), shelf)

    assert (landed.what, landed.ready) == (SAME, True)
    assert len(list(before.folder.glob("*.mp3"))) == 1


def test_a_meeting_file_that_a_person_changed_is_theirs(tmp_path: Path, shelf: Shelf) -> None:
    folder = put(tmp_path, MEETING, shelf).folder
    mine = (folder / "meeting.toml").read_text() + "\n# checked by hand\n"
    (folder / "meeting.toml").write_text(mine)

    landed = put(tmp_path, replace(MEETING, title="A title"), shelf)

    assert (folder / "meeting.toml").read_text() == mine
    assert 'title = "A title"' in (folder / "meeting.fetched.toml").read_text()
    assert "was changed by hand and left alone" in landed.notes[0]
    assert put(tmp_path, replace(MEETING, title="A title"), shelf).what == SAME


def test_a_day_that_was_put_right_stays_one_meeting(tmp_path: Path, shelf: Shelf) -> None:
    folder = put(tmp_path, MEETING, shelf).folder

    landed = put(tmp_path, replace(MEETING, date=datetime.date(2026, 6, 12)), shelf)

    assert (landed.folder, landed.what, landed.changed) == (folder, CHANGED, ("meeting",))


def test_a_key_that_moved_is_found_by_committee_and_day(tmp_path: Path, shelf: Shelf) -> None:
    folder = put(tmp_path, MEETING, shelf).folder

    landed = put(tmp_path, replace(MEETING, keys=("web:9",)), shelf)

    assert landed.folder == folder
    assert read_landed(folder).keys == ("shelf:5101", "web:9")


def test_two_sittings_of_one_day_are_told_apart_by_the_hour(tmp_path: Path, shelf: Shelf) -> None:
    first = put(tmp_path, replace(MEETING, start="10:00"), shelf)
    second = put(tmp_path, replace(MEETING, keys=("shelf:5102",)), shelf)

    assert (first.id, second.id) == ("aldermere-scsc-2026-06-11", "aldermere-scsc-2026-06-11-1830")


def test_two_sittings_close_to_each_other_are_two_while_both_are_told(
    tmp_path: Path, shelf: Shelf
) -> None:
    """Where the first is told no more, its id has moved."""
    later = replace(MEETING, keys=("shelf:5102",), start="19:30")
    ids = [m.id for m in put_all(tmp_path, MEETING, later, shelf=shelf)]

    assert ids == ["aldermere-scsc-2026-06-11", "aldermere-scsc-2026-06-11-1930"]
    moved = replace(MEETING, keys=("shelf:7",))
    assert put(tmp_path, moved, shelf).id == "aldermere-scsc-2026-06-11"


def test_a_meeting_that_nobody_could_process_is_not_put_there(tmp_path: Path, shelf: Shelf) -> None:
    landed = put(tmp_path, replace(MEETING, link="https://webcast.example/{uid}"), shelf)

    assert landed.what == FAILED
    assert "no other braces" in landed.notes[0]
    assert contents(tmp_path) == {}


def test_an_id_that_leads_out_of_the_inbox_is_no_id() -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        replace(MEETING, id="../../elsewhere")
