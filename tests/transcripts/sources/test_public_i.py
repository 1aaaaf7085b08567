"""Webcasts with index points and captions, from a feed and a vendor that have their faults."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import webvtt

from tests.transcripts.sources.council_server import CouncilServer, Reply, marked
from tests.transcripts.sources.fetching import fetched
from tests.transcripts.sources.public_i_support import (
    CAPTIONS,
    FEED,
    POINTS,
    SOUND,
    STORE,
    VIDEO,
    feed,
    webcast,
)
from transcripts.captions import read_captions
from transcripts.manifest import read_meeting
from transcripts.meeting import AgendaItem, Meeting
from transcripts.sources.check import check_sources
from transcripts.sources.config import read_config
from transcripts.sources.landed import read_landed


@pytest.fixture
def place(server: CouncilServer, tmp_path: Path) -> Path:
    return webcast(server, tmp_path)


def held(place: Path) -> Meeting:
    (path,) = place.rglob("meeting.toml")
    return read_meeting(path)


def test_a_webcast_joins_the_meeting_that_the_council_tells_of(place: Path) -> None:
    report = fetched(place)

    (landed,) = report.landed
    meeting = held(place)
    (recording,) = meeting.recordings
    assert (report.faults, landed.changed, landed.notes) == (
        (),
        ("recording", "captions", "chapters"),
        (),
    )
    assert (meeting.id, meeting.start) == ("aldermere-scsc-2026-06-11", "18:30")
    assert Path(recording.path).read_bytes() == SOUND
    assert read_captions(Path(recording.captions))[0].speaker == "Councillor Helen Penrose"
    assert meeting.link_to(75.5) == (
        "https://aldermere.public-i.example/core/portal/webcast_interactive/9000101"
        "/start_time/75500"
    )


def test_index_points_are_kept_as_chapters_and_told_apart(place: Path) -> None:
    (landed,) = fetched(place).landed

    (chapters,) = read_landed(landed.folder).of_kind("chapters")
    cues = webvtt.read(str(landed.folder / chapters.name)).captions
    assert [(c.identifier, c.start, c.text) for c in cues] == [
        ("item 1", "00:00:12.000", "1. Apologies"),
        ("item 2", "00:01:00.000", "2. Live facial recognition"),
        ("speaker 3", "00:01:05.000", "Councillor Helen Penrose, Chair"),
        ("point 4", "00:05:00.000", "Vote"),
    ]


def test_the_councils_agenda_gets_the_seconds_at_which_its_items_begin(place: Path) -> None:
    """By their titles; an item that no point names has none."""
    fetched(place)

    assert [(a.item, a.begins_s) for a in held(place).agenda] == [
        ("1", 12.0),
        ("2", 60.0),
        ("3", None),
    ]


def test_without_another_source_the_points_are_the_agenda(
    place: Path, server: CouncilServer
) -> None:
    text = (place / "matters.toml").read_text().replace("enabled = true", "", 1)
    (place / "matters.toml").write_text(text)

    fetched(place)

    assert held(place).agenda == (
        AgendaItem("1", "Apologies", begins_s=12.0),
        AgendaItem("2", "Live facial recognition", begins_s=60.0),
    )
    assert not any("mgWebService" in p for p in server.paths())


@pytest.mark.parametrize(
    "times",
    [("12", "60", "65", "300"), ("12000", "60000", "65000", "50000000"), ("0:12", "1:00", "1:05")],
)
def test_times_come_in_seconds_thousandths_or_as_a_clock(
    place: Path, server: CouncilServer, times: tuple[str, ...]
) -> None:
    server.routes[FEED] = feed(*((t, text) for t, (_, text) in zip(times, POINTS, strict=False)))

    (landed,) = fetched(place).landed

    (chapters,) = landed.folder.glob("chapters-*.vtt")
    assert [c.start for c in webvtt.read(str(chapters)).captions][:3] == [
        "00:00:12.000",
        "00:01:00.000",
        "00:01:05.000",
    ]


def test_points_whose_times_do_not_rise_are_no_points(place: Path, server: CouncilServer) -> None:
    server.routes[FEED] = feed(("60", "1. Apologies"), ("12", "2. Facial recognition"))

    (landed,) = fetched(place).landed

    assert landed.notes == ("its index points do not rise: left out",)
    assert not list(landed.folder.glob("chapters*"))


def test_the_second_run_asks_by_marks_and_fetches_nothing(
    place: Path, server: CouncilServer
) -> None:
    fetched(place)
    before = len(server.asked)

    report = fetched(place)

    asked = {a.path: a.headers.get("If-None-Match") for a in server.asked[before:]}
    assert report.count("up to date") == 1
    assert (asked[STORE], asked[CAPTIONS]) == ('"v1"', '"c1"')


@pytest.mark.parametrize(
    ("reply", "status", "note"),
    [
        (Reply(b"", 404), "none", ""),
        (Reply(b"", 403), "blocked", "refuses programs (403)"),
        (Reply(b"<!DOCTYPE html><html>Sign in</html>"), "blocked", "is a page of HTML"),
        (Reply(b"WEBVTT\n"), "blocked", "nothing that reads like captions"),
    ],
)
def test_captions_that_are_not_there_are_told_from_those_not_handed_out(
    place: Path, server: CouncilServer, reply: Reply, status: str, note: str
) -> None:
    server.routes[CAPTIONS] = reply

    (landed,) = fetched(place).landed

    assert (landed.what, landed.ready) == ("new", True)
    assert read_landed(landed.folder).captions == {1: status}
    assert note in "".join(landed.notes)
    assert bool(landed.notes) == bool(note)


def test_a_recording_that_is_not_offered_leaves_its_captions(
    place: Path, server: CouncilServer
) -> None:
    server.routes[VIDEO] = Reply(b"", 302, {"Location": "/core/not-available.html"})

    (landed,) = fetched(place).landed

    (recording,) = held(place).recordings
    assert (recording.path, bool(recording.captions)) == ("", True)
    assert "is not offered" in landed.notes[0]


def test_a_page_in_place_of_a_recording_is_no_recording(place: Path, server: CouncilServer) -> None:
    server.routes[STORE] = Reply(b"<html><body>Please wait</body></html>")

    (landed,) = fetched(place).landed

    assert "is a page of HTML, not the recording" in landed.notes[0]
    assert not list(landed.folder.glob("*.mp4"))


def test_a_new_cut_of_a_recording_takes_the_old_ones_place(
    place: Path, server: CouncilServer
) -> None:
    fetched(place)
    server.routes[STORE] = marked(SOUND + b"more", '"v2"')

    (landed,) = fetched(place).landed

    assert landed.changed == ("recording", "meeting")
    assert Path(held(place).recordings[0].path).read_bytes() == SOUND + b"more"


def test_recordings_can_be_left_where_they_are(place: Path, server: CouncilServer) -> None:
    path = place / "matters.toml"
    path.write_text(path.read_text().replace('feed = "2041"', 'feed = "2041"\nrecordings = false'))

    fetched(place)

    assert held(place).recordings[0].path == ""
    assert VIDEO not in server.paths()


def test_the_feed_is_found_on_the_councils_own_page(place: Path, server: CouncilServer) -> None:
    path = place / "matters.toml"
    path.write_text(path.read_text().replace('feed = "2041"', ""))
    server.routes["/core/portal/magic_rss"] = Reply(
        b'<form><input type="hidden" name="ds_id" value="2041"></form>'
    )
    assert fetched(place).count("new") == 1

    server.routes["/core/portal/magic_rss"] = Reply(b"<form></form>")
    _, row = check_sources(read_config(path))
    assert "write it as feed = " in row["fault"]


def test_a_feed_that_goes_by_greenwich_tells_the_hour_of_the_room(
    place: Path, server: CouncilServer
) -> None:
    text = (place / "matters.toml").read_text().replace("enabled = true", "", 1)
    (place / "matters.toml").write_text(text)
    server.routes[FEED] = feed(live="Thu, 11 Jun 2026 23:31:00 GMT")

    fetched(place)

    assert (held(place).date, held(place).start) == (datetime.date(2026, 6, 12), "00:31")


def test_a_webcast_without_a_day_is_told_and_stops_no_other(
    place: Path, server: CouncilServer
) -> None:
    server.routes[FEED] = feed(live="soon")

    (fault,) = fetched(place).faults

    assert "'Safer Communities Scrutiny Committee' tells no day ('soon')" in fault


def test_a_check_says_what_is_taken_and_by_whose_leave(place: Path) -> None:
    _, row = check_sources(read_config(place / "matters.toml"))

    assert "1 webcasts in its feed; takes recordings and captions" in row["lines"][0]
    assert "*.public-i.tv; permission: agreed with the democratic services" in row["lines"][1]
