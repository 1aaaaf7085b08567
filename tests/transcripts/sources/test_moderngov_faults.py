"""ModernGov's service with the faults that its installs have: each is told, and stops no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import CouncilServer, Reply
from tests.transcripts.sources.fetching import fetched
from tests.transcripts.sources.moderngov_support import (
    CABINET,
    CONFIG,
    JUNE,
    SCSC,
    attendee,
    councillor,
    listed,
    meeting,
    roster,
    xml,
)
from tests.transcripts.sources.test_moderngov import LIST, MEETING, ROSTER, place, waiting
from transcripts.manifest import read_meeting
from transcripts.sources.landed import read_landed

__all__ = ["place"]  # the fixture


def test_an_id_that_moved_is_the_same_meeting(place: Path, server: CouncilServer) -> None:
    """A council that set its system up anew."""
    fetched(place)
    server.routes[LIST] = listed((77, *JUNE[1:]))

    report = fetched(place)

    (landed,) = report.landed
    assert len(list(place.rglob("waiting.toml"))) == 1
    assert read_landed(landed.folder).keys == ("moderngov:5101", "moderngov:77")


def test_an_answer_about_another_meeting_is_not_taken(place: Path, server: CouncilServer) -> None:
    server.routes[LIST] = listed(JUNE, (5102, CABINET, "12/06/2026", "10.00 am", "Confirmed"))
    server.routes[MEETING] = meeting(5101)

    report = fetched(place)

    assert [m.id for m in report.landed] == ["aldermere-scsc-2026-06-11"]
    assert len(report.faults) == 1
    assert "meeting 5102 of Cabinet: " in report.faults[0]
    assert "answers with meeting 5101: not taken" in report.faults[0]


def test_a_service_that_does_not_heed_days_is_filtered_and_told(
    place: Path, server: CouncilServer
) -> None:
    old = (41, SCSC, "02/01/2019", "7.00 pm", "Confirmed")
    server.routes[LIST] = listed(old, count=5000)
    (fault,) = fetched(place).faults
    assert "5000 meetings were answered and none is from 2026-06-01 to 2026-06-30" in fault

    server.routes[LIST] = listed(old, JUNE)
    assert [m.id for m in fetched(place).landed] == ["aldermere-scsc-2026-06-11"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"<!-- x -->\n<script>window.location = 1</script>"), "a page of HTML"),
        (Reply(b"<html><body>Sorry, something went wrong</body></html>"), "a page of HTML"),
        (Reply(b""), "it is empty"),
        (Reply(listed(JUNE).body[:200]), "does not answer with whole XML"),
        (xml("<councillorsbyward/>"), "answers with <councillorsbyward> where <getmeetingsbydate>"),
        (Reply(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'), "whole XML"),
        (Reply(b"", 403), "refuses programs (403)"),
        (Reply(b"", 404), "there is nothing at"),
    ],
)
def test_what_is_no_list_of_meetings_is_told_with_the_way_out(
    place: Path, server: CouncilServer, reply: Reply, said: str
) -> None:
    server.routes[LIST] = reply

    report = fetched(place)

    (fault,) = report.faults
    assert fault.startswith("aldermere, moderngov: ")
    assert said in fault
    assert "write pages = true for it in matters.toml" in fault


def test_a_roster_that_fails_is_told_and_the_meeting_has_those_who_attended(
    place: Path, server: CouncilServer
) -> None:
    server.routes[ROSTER] = Reply(b"<html>SharePoint error</html>")

    report = fetched(place)

    assert len(read_meeting(waiting(place)).people) == 4
    assert "the roster of councillors: " in report.faults[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_names_are_read_in_whichever_encoding_they_come(
    place: Path, server: CouncilServer, encoding: str
) -> None:
    text = roster(councillor(8, "Councillor Siân O’Neill", "Plaid Cymru")).body.decode()
    text = text if encoding != "iso-8859-1" else text.replace("’", "'")
    server.routes[ROSTER] = Reply(text.encode(encoding))

    fetched(place)

    names = {p.name.replace("’", "'") for p in read_meeting(waiting(place)).people}
    assert "Councillor Siân O'Neill" in names


def test_an_envelope_round_an_answer_is_seen_through(place: Path, server: CouncilServer) -> None:
    inner = re.sub(r"<\?xml.*?\?>", "", listed(JUNE).body.decode())
    server.routes[LIST] = xml(
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
        '<GetAllMeetingsByDateResponse xmlns="http://moderngov.co.uk/namespaces">'
        f"<GetAllMeetingsByDateResult>{inner}</GetAllMeetingsByDateResult>"
        "</GetAllMeetingsByDateResponse></soap:Body></soap:Envelope>"
    )

    assert fetched(place).count("new") == 1


def test_one_meeting_that_breaks_off_stops_no_other(place: Path, server: CouncilServer) -> None:
    server.routes[LIST] = listed(JUNE, (5102, CABINET, "12/06/2026", "10.00 am", "Confirmed"))
    broken = Reply(meeting(5102).body, cut=300)
    server.routes[MEETING] = lambda asked: (
        meeting() if asked.query["lmeetingid"] == "5101" else broken
    )

    report = fetched(place)

    assert report.count("new") == 1
    assert "meeting 5102 of Cabinet: " in report.faults[0]


def test_two_councils_of_which_one_is_down(place: Path, server: CouncilServer) -> None:
    path = place / "matters.toml"
    again = CONFIG.format(base=f"{server.base}/nowhere").split("\n", 2)[2]
    path.write_text(path.read_text() + again.replace('"aldermere"', '"tarnbeck"'))

    report = fetched(place)

    assert report.count("new") == 1
    assert [f.split(",")[0] for f in report.faults] == ["tarnbeck"]


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_page_that_is_refused_costs_the_meeting_its_printed_minutes_alone(
    place: Path, server: CouncilServer, status: int
) -> None:
    server.routes[MEETING] = meeting(minutes=True, body="")
    server.routes["/ieListDocuments.aspx"] = Reply(b"", status)

    report = fetched(place)

    (landed,) = report.landed
    assert (report.faults, len(read_meeting(waiting(place)).agenda)) == ((), 3)
    assert landed.notes[0].startswith("its printed minutes could not be looked for: ")


def test_a_meeting_without_a_day_or_an_id_is_named(place: Path, server: CouncilServer) -> None:
    server.routes[LIST] = listed(JUNE, (5102, CABINET, "to be confirmed", "", "Provisional"))

    report = fetched(place)

    assert report.count("new") == 1
    assert report.faults == (
        "aldermere, moderngov: all committees: a meeting of Cabinet was left out: its id ('5102') "
        "or its day ('to be confirmed') cannot be read",
    )


def test_a_councillor_who_was_absent_is_no_voice_of_the_meeting(
    place: Path, server: CouncilServer
) -> None:
    """Though the roster has them."""
    server.routes[ROSTER] = roster(councillor(5, "Councillor Anita Rowley", "Green"))

    fetched(place)

    names = [p.name for p in read_meeting(waiting(place)).people]
    assert "Councillor Sanjay Malik" in names
    assert "Councillor Anita Rowley" not in names


def test_a_seat_that_is_vacant_is_nobody(place: Path, server: CouncilServer) -> None:
    """Unless it is only part of somebody's name."""
    seats = ("Vacancy", "Councillor Vacant", "VACANT SEAT", "Vacancy Vacancy", "Vacant (Quay)")
    more = (*seats, "Councillor Noel Vacant", "Councillor Vacancy-Jones")
    server.routes[ROSTER] = roster(*(councillor(20 + n, name, "") for n, name in enumerate(more)))
    there = attendee(40, "Vacancy", "Committee Member", "Expected")
    body = meeting().body.replace(b"</attendees>", there.encode() + b"</attendees>")
    server.routes[MEETING] = Reply(body)

    fetched(place)

    names = [p.name for p in read_meeting(waiting(place)).people]
    assert [n for n in names if "vacan" in n.lower()] == [
        "Councillor Noel Vacant",
        "Councillor Vacancy-Jones",
    ]
