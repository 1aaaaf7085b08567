"""A source that tells nothing for a while takes nothing away from a meeting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import CouncilServer, Reply
from tests.transcripts.sources.fetching import fetched
from tests.transcripts.sources.moderngov_support import SERVICE, meeting, xml
from tests.transcripts.sources.public_i_support import FEED, webcast
from tests.transcripts.sources.test_land import CAPTIONS, MEETING, RECORDING, Shelf
from transcripts.manifest import read_meeting
from transcripts.meeting import Person
from transcripts.sources.inbox import Inbox
from transcripts.sources.land import CHANGED, SAME, Landed, land
from transcripts.sources.landed import read_landed
from transcripts.sources.meeting import SourceMeeting

DOWN, NOTHING = Reply(b"", 500), xml("<rss><channel></channel></rss>")


@pytest.fixture
def place(server: CouncilServer, tmp_path: Path) -> Path:
    return webcast(server, tmp_path)


@pytest.mark.parametrize(
    ("route", "reply"),
    [
        (f"{SERVICE}/GetAllMeetingsByDate", DOWN),
        (f"{SERVICE}/GetMeeting", DOWN),
        (f"{SERVICE}/GetCouncillorsByWard", DOWN),
        (FEED, DOWN),
        (FEED, NOTHING),  # the webcast was taken down
    ],
)
def test_a_source_that_is_down_changes_nothing_of_a_meeting(
    place: Path, server: CouncilServer, route: str, reply: Reply
) -> None:
    (first,) = fetched(place).landed
    before = (first.folder / "meeting.toml").read_bytes()
    up = server.routes[route]
    server.routes[route] = reply

    for _ in range(2):  # what is kept is kept the next night too
        assert [m.what for m in fetched(place).landed] == [SAME]
    assert (first.folder / "meeting.toml").read_bytes() == before
    server.routes[route] = up
    assert [m.what for m in fetched(place).landed] == [SAME]


def test_what_changes_at_one_source_is_taken_while_the_other_is_silent(
    place: Path, server: CouncilServer
) -> None:
    """The seconds of items that are as they were stay with them."""
    (first,) = fetched(place).landed
    renamed = meeting().body.replace(b"CCTV contract", b"CCTV tender")
    server.routes |= {FEED: NOTHING, f"{SERVICE}/GetMeeting": replace(meeting(), body=renamed)}

    (landed,) = fetched(place).landed

    held = read_meeting(first.folder / "meeting.toml")
    assert landed.what == CHANGED
    assert [(a.title, a.begins_s) for a in held.agenda[1:]] == [
        ("Live facial recognition", 60.0),
        ("CCTV tender", None),
    ]
    assert "{start_ms}" in held.link


def told(source: str, made: SourceMeeting = MEETING) -> SourceMeeting:
    files = tuple(replace(f, source=source) for f in made.files)
    gave = {name: source for name in ("title", "people", "chair", "agenda") if getattr(made, name)}
    return replace(made, keys=(f"{source}:1",), files=files, origins=gave)


def put(inbox: Path, made: SourceMeeting, *configured: str) -> Landed:
    shelf = Shelf()
    shelf.held |= {"june.mp3": b"sound", "june.vtt": b"WEBVTT\n", "other.mp3": b"other"}
    return land(made, "aldermere", Inbox.open(inbox), dict.fromkeys(configured, shelf))


def test_what_a_source_under_an_old_name_gave_makes_way_for_what_is_told_now(
    tmp_path: Path,
) -> None:
    folder = put(tmp_path, told("old"), "old").folder
    people = (Person("Councillor Sanjay Malik"),)
    now = replace(told("new"), people=people, chair="", agenda=())

    put(tmp_path, now, "new")

    held = read_meeting(folder / "meeting.toml")
    assert (held.people, held.agenda) == (people, MEETING.agenda)


def test_the_sound_of_a_source_that_is_silent_is_not_replaced_by_anothers(tmp_path: Path) -> None:
    folder = put(tmp_path, told("webcast"), "webcast", "video").folder
    other = replace(MEETING, files=(replace(RECORDING, address="other.mp3"), CAPTIONS))

    landed = put(tmp_path, told("video", other), "webcast", "video")

    assert landed.what == SAME
    assert {f.source for f in read_landed(folder).files} == {"webcast"}


def test_a_folder_of_an_earlier_program_keeps_what_nobody_tells_now(tmp_path: Path) -> None:
    """It does not say which source gave what."""
    folder = put(tmp_path, replace(told("old"), origins={}), "old", "new").folder

    put(tmp_path, replace(told("new"), people=(), chair="", title="A title"), "old", "new")

    held = read_meeting(folder / "meeting.toml")
    assert (held.title, held.people, held.chair) == ("A title", MEETING.people, MEETING.chair)
