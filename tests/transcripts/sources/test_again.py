"""What the network failed at is tried again within a run, and what is damaged stops nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import CouncilServer, Reply
from tests.transcripts.sources.fetching import JUNE_FIRST, JUNE_LAST, fetched
from tests.transcripts.sources.moderngov_support import CABINET, JUNE, SERVICE, listed, replies
from tests.transcripts.sources.public_i_support import FEED, VIDEO, webcast
from transcripts.manifest import read_meeting
from transcripts.sources.config import read_config
from transcripts.sources.land import NEW
from transcripts.sources.run import FetchReport, fetch_all

LIST = f"{SERVICE}/GetAllMeetingsByDate"
DOWN = Reply(b"", 500)


@pytest.fixture
def place(server: CouncilServer, tmp_path: Path) -> Path:
    return webcast(server, tmp_path)


def fetched_with_pauses(place: Path, pauses_s: tuple[float, ...]) -> FetchReport:
    config = read_config(place / "matters.toml")
    return fetch_all(config, since=JUNE_FIRST, until=JUNE_LAST, pauses_s=pauses_s)


def test_a_source_that_was_down_is_asked_again_and_no_other(
    place: Path, server: CouncilServer
) -> None:
    """What it tells then joins what the others told before."""
    server.routes[LIST] = replies(*[DOWN] * 6, listed(JUNE))  # type: ignore[assignment]

    report = fetched_with_pauses(place, (0.0, 0.0, 60.0))

    (landed,) = report.landed
    held = read_meeting(landed.folder / "meeting.toml")
    assert (report.faults, landed.what, landed.changed) == (
        (),
        NEW,
        ("recording", "captions", "chapters", "meeting"),
    )
    assert (len(held.people), bool(held.link)) == (5, True)
    assert server.paths().count(FEED) == 1


def test_a_recording_that_broke_off_is_fetched_again(place: Path, server: CouncilServer) -> None:
    whole = server.routes[VIDEO]
    answers = [DOWN] * 3

    def video(asked: object) -> Reply:
        return answers.pop() if answers else whole  # type: ignore[return-value]

    server.routes[VIDEO] = video

    report = fetched_with_pauses(place, (0.0,))

    assert [(m.what, m.ready) for m in report.landed] == [(NEW, True)]
    assert server.paths().count(LIST) == 1


def test_what_another_try_cannot_mend_waits_for_the_next_run(
    place: Path, server: CouncilServer
) -> None:
    server.routes[LIST] = Reply(b"", 404)
    began = time.monotonic()

    report = fetched_with_pauses(place, (60.0,))

    assert len(report.faults) == 1
    assert time.monotonic() - began < 30


def test_a_damaged_state_is_named_and_stops_no_other_meeting(
    place: Path, server: CouncilServer
) -> None:
    (landed,) = fetched(place).landed
    (landed.folder / ".landed.json").write_text("{")
    server.routes[LIST] = listed(JUNE, (5102, CABINET, "12/06/2026", "10.00 am", "Confirmed"))

    report = fetched(place)

    failed, cabinet = report.landed
    assert (failed.what, failed.folder, cabinet.what) == ("failed", landed.folder, NEW)
    assert "delete it, and its files are fetched again" in failed.notes[0]
    server.routes[LIST], server.routes[FEED] = listed(), Reply(b"", 404)
    assert sum("delete it, and its files" in f for f in fetched(place).faults) == 1
