"""What the network failed at is tried again within a run, and what is damaged stops nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import Asked, CouncilServer, Reply
from tests.transcripts.sources.fetching import JUNE_FIRST, JUNE_LAST, fetched
from tests.transcripts.sources.moderngov_support import (
    CABINET,
    JUNE,
    SERVICE,
    listed,
    meeting,
    replies,
    roster,
)
from tests.transcripts.sources.public_i_support import FEED, VIDEO, webcast
from transcripts.manifest import read_meeting
from transcripts.sources.config import read_config
from transcripts.sources.land import NEW
from transcripts.sources.run import FetchReport, fetch_all

LIST = f"{SERVICE}/GetAllMeetingsByDate"
MEETING, ROSTER = f"{SERVICE}/GetMeeting", f"{SERVICE}/GetCouncillorsByWard"
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


def test_a_meeting_and_the_roster_are_asked_for_again_and_nothing_else(
    place: Path, server: CouncilServer
) -> None:
    """What was answered is known by then; the people come to the meeting that was read first."""
    other = (5102, CABINET, "12/06/2026", "10.00 am", "Confirmed")
    server.routes[LIST] = listed(JUNE, other)
    server.routes[ROSTER] = replies(*[DOWN] * 6, roster())  # type: ignore[assignment]
    broken = [DOWN] * 6

    def answer(asked: Asked) -> Reply:
        number = int(asked.query["lmeetingid"])
        return broken.pop() if number == 5102 and broken else meeting(number)

    server.routes[MEETING] = answer

    report = fetched_with_pauses(place, (0.0, 0.0, 60.0))

    scsc, cabinet = sorted(report.landed, key=lambda m: m.folder, reverse=True)
    numbers = [a.query["lmeetingid"] for a in server.asked if a.path == MEETING]
    assert (report.faults, scsc.what, cabinet.what) == ((), NEW, NEW)
    people = [read_meeting(next(m.folder.glob("*.toml"))).people for m in (scsc, cabinet)]
    assert [len(p) for p in people] == [5, 5]
    assert (numbers.count("5101"), numbers.count("5102")) == (1, 7)
    assert (server.paths().count(LIST), server.paths().count(FEED)) == (1, 1)


def test_what_the_network_fails_at_to_the_end_is_named(place: Path, server: CouncilServer) -> None:
    server.routes[LIST] = listed(JUNE, (5102, CABINET, "12/06/2026", "10.00 am", "Confirmed"))
    server.routes[MEETING] = lambda asked: (
        meeting() if asked.query["lmeetingid"] == "5101" else DOWN
    )

    report = fetched_with_pauses(place, (0.0, 0.0))

    (fault,) = report.faults
    assert fault.startswith("aldermere, moderngov: meeting 5102 of Cabinet: ")
    assert server.paths().count(MEETING) == 1 + 3 * 3


def test_printed_minutes_that_broke_off_are_fetched_again(
    place: Path, server: CouncilServer
) -> None:
    """Both the page that links to them and they themselves."""
    server.routes[MEETING] = meeting(minutes=True, body="")
    page = Reply(b'<div id="modgov"><a href="minutes.pdf">Printed minutes</a></div>')
    server.routes["/ieListDocuments.aspx"] = replies(*[DOWN] * 3, page)  # type: ignore[assignment]
    paper = Reply(b"%PDF-1.7")
    server.routes["/minutes.pdf"] = replies(*[DOWN] * 3, paper)  # type: ignore[assignment]

    report = fetched_with_pauses(place, (0.0, 0.0, 60.0))

    (landed,) = report.landed
    assert (report.faults, landed.notes, landed.what) == ((), (), NEW)
    assert "minutes" in landed.changed
    assert server.paths().count(MEETING) == 1


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
