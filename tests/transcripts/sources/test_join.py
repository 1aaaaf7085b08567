"""What several sources tell of one sitting becomes one meeting, or stays apart with a sentence."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from transcripts.meeting import AgendaItem
from transcripts.sources.committees import Committees
from transcripts.sources.join import joined
from transcripts.sources.meeting import SourceFile, SourceMeeting

NAME = "Safer Communities Scrutiny Committee"
COMMITTEES = {NAME: ("SCSC", ("Safer Communities Panel",)), "Cabinet": ("CAB", ())}
REGISTER = SourceMeeting(
    keys=("moderngov:5101",),
    council="Aldermere Borough Council",
    committee=NAME,
    date=datetime.date(2026, 6, 11),
    start="18:30",
    agenda=(AgendaItem("1", "Apologies"),),
    files=(SourceFile("minutes", "m"),),
)
WEBCAST = SourceMeeting(
    keys=("public-i:9",),
    council="Aldermere Borough Council",
    committee="Safer Communities Scrutiny Committee - Thursday 11 June 2026, 6.30pm",
    date=datetime.date(2026, 6, 11),
    link="https://webcast.aldermere.example/9/{start_ms}",
    start="18:32",
    files=(SourceFile("recording", "v"), SourceFile("captions", "c")),
)


def both(
    *told: tuple[str, SourceMeeting],
) -> tuple[list[SourceMeeting], list[str]]:
    return joined(told, Committees(COMMITTEES))


def test_a_webcast_joins_the_meeting_it_is_of() -> None:
    (meeting,), faults = both(("register", REGISTER), ("webcast", WEBCAST))

    assert (meeting.keys, meeting.committee_code) == (("moderngov:5101", "public-i:9"), "SCSC")
    assert [f.kind for f in meeting.files] == ["recording", "captions", "minutes"]
    assert (meeting.start, meeting.link, meeting.agenda) == (
        "18:30",
        WEBCAST.link,
        REGISTER.agenda,
    )
    assert faults == []


@pytest.mark.parametrize(
    "other",
    [
        replace(WEBCAST, committee="Cabinet"),
        replace(WEBCAST, date=datetime.date(2026, 6, 12)),
        replace(WEBCAST, start="10:00"),
    ],
)
def test_another_committee_day_or_hour_is_another_meeting(other: SourceMeeting) -> None:
    meetings, _ = both(("register", REGISTER), ("webcast", other))

    assert len(meetings) == 2


def test_of_two_sittings_on_one_day_the_nearer_hour_is_meant() -> None:
    later = replace(REGISTER, keys=("moderngov:5102",), start="20:00")

    meetings, _ = both(("register", REGISTER), ("register", later), ("webcast", WEBCAST))

    assert [m.keys for m in meetings] == [("moderngov:5101", "public-i:9"), ("moderngov:5102",)]


def test_where_no_hour_tells_nothing_is_joined() -> None:
    later = replace(REGISTER, keys=("moderngov:5102",), start="20:00")

    meetings, faults = both(
        ("register", REGISTER), ("register", later), ("webcast", replace(WEBCAST, start=""))
    )

    assert [m.keys for m in meetings] == [("moderngov:5101",), ("moderngov:5102",)]
    assert "public-i:9 fits 2 meetings" in faults[0]


def test_one_sitting_has_the_sound_of_one_source() -> None:
    video = replace(WEBCAST, keys=("videos:x",), files=(SourceFile("recording", "y"),))

    (meeting,), _ = both(("webcast", WEBCAST), ("videos", video))

    assert [f.address for f in meeting.files] == ["v", "c"]
    assert meeting.notes == ("videos:x has a recording of it too, which is not taken",)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Safer Communities Scrutiny Committee", NAME),
        ("SAFER COMMUNITIES SCRUTINY COMMITTEE (11/06/2026)", NAME),
        ("Safer Communities Panel, 11th June 2026 - part 2", NAME),
        ("scsc", NAME),
        ("Safer Communities Scrutiny Committee Part 1", NAME),
        ("Planning & Licensing Committee - 4 May 2026", "Planning & Licensing Committee"),
        ("Cabinet Member Decisions", "Cabinet Member Decisions"),
    ],
)
def test_a_committee_is_known_by_what_sources_call_it(told: str, name: str) -> None:
    assert Committees(COMMITTEES).of(told)[0] == name
