"""ModernGov's service, with the faults that its installs have."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import Asked, CouncilServer, Reply
from tests.transcripts.sources.fetching import fetched, settled
from tests.transcripts.sources.moderngov_support import (
    CABINET,
    CONFIG,
    JUNE,
    SCSC,
    SERVICE,
    attendee,
    council,
    councillor,
    listed,
    meeting,
    private_words,
    replies,
    roster,
    xml,
)
from transcripts.manifest import read_meeting
from transcripts.meeting import AgendaItem, Person
from transcripts.minutes_from.document import read_document
from transcripts.sources.config import read_config
from transcripts.sources.landed import read_landed
from transcripts.sources.run import fetch_all

LIST = f"{SERVICE}/GetAllMeetingsByDate"
MEETING = f"{SERVICE}/GetMeeting"
ROSTER = f"{SERVICE}/GetCouncillorsByWard"


@pytest.fixture
def place(server: CouncilServer, tmp_path: Path) -> Path:
    council(server)
    return settled(tmp_path, CONFIG.format(base=server.base))


def but(place: Path, old: str, new: str) -> Path:
    """The same place, one line of its matters.toml changed."""
    return settled(place, (place / "matters.toml").read_text().replace(old, new))


def waiting(place: Path) -> Path:
    (found,) = place.rglob("waiting.toml")
    return found


def test_a_meeting_comes_with_its_agenda_and_those_who_were_there(place: Path) -> None:
    report = fetched(place)

    held = read_meeting(waiting(place))
    assert (report.faults, report.count("new")) == ((), 1)
    assert (held.id, held.date, held.start, held.committee, held.committee_code, held.chair) == (
        "aldermere-scsc-2026-06-11",
        datetime.date(2026, 6, 11),
        "18:30",
        SCSC,
        "SCSC",
        "Councillor Helen Penrose",
    )
    assert held.agenda == (
        AgendaItem("1", "Apologies & declarations"),
        AgendaItem("2", "Live facial recognition"),
        AgendaItem("3", "CCTV contract", restricted=True),
    )


def test_people_have_roles_parties_and_attendance_and_only_those_in_office(place: Path) -> None:
    """The absent are left out; a member of the council who was not listed may be called."""
    fetched(place)

    people = read_meeting(waiting(place)).people
    assert people == (
        Person("Councillor Helen Penrose", "Chair", party="Labour", ward="Castle").__class__(
            name="Councillor Helen Penrose",
            role="Chair",
            party="Labour",
            ward="Castle",
            attendance="present",
        ),
        Person(
            name="Councillor Joan Fletcher",
            role="Committee Member",
            party="Labour",
            ward="Castle",
            attendance="substitute",
        ),
        Person(
            name="Councillor David Fletcher",
            role="Committee Member",
            party="Labour",
            ward="Priory",
            attendance="apologies",
        ),
        Person(
            name="Rachel Dawson",
            role="Officer",
            kind="officer",
            party="Labour",
            attendance="in attendance",
        ),
        Person(
            name="Councillor Sanjay Malik",
            role="Deputy Mayor",
            party="Liberal Democrats",
            ward="Market",
        ),
    )


def test_nothing_private_is_written_anywhere(place: Path, server: CouncilServer) -> None:
    """Neither by a good answer nor by one that breaks off within an address."""
    whole = roster()
    server.routes[ROSTER] = replies(whole, Reply(whole.body, cut=900))
    server.routes[MEETING] = replies(meeting(), meeting(minutes=True, decided=True))
    for _ in range(3):
        fetched(place)

    assert private_words(place) == []
    assert len(list(place.rglob("minutes-*.xml"))) == 1


def test_days_are_asked_for_as_the_service_takes_them(place: Path, server: CouncilServer) -> None:
    """Others are silently ignored."""
    fetched(place)

    (asked,) = (a for a in server.asked if a.path == LIST)
    assert asked.query == {
        "lcommitteeid": "-1",
        "sfromdate": "01/06/2026",
        "stodate": "30/06/2026",
        "bisascendingdateorder": "true",
    }


def test_each_run_looks_ninety_days_back_and_fourteen_ahead(
    place: Path, server: CouncilServer
) -> None:
    fetch_all(read_config(place / "matters.toml"))

    (asked,) = (a for a in server.asked if a.path == LIST)
    first, last = (
        datetime.datetime.strptime(asked.query[k], "%d/%m/%Y").date()
        for k in ("sfromdate", "stodate")
    )
    assert (last - first).days == 104
    assert abs((last - datetime.date.today()).days - 14) <= 1  # it may be midnight


def test_what_has_not_changed_is_read_again_and_written_no_more(place: Path) -> None:
    fetched(place)
    before = {p: p.stat().st_mtime_ns for p in (place / "inbox" / "aldermere").rglob("*")}

    report = fetched(place)

    assert report.count("up to date") == 1
    assert {p: p.stat().st_mtime_ns for p in (place / "inbox" / "aldermere").rglob("*")} == before


def test_minutes_join_when_they_appear_and_read_as_minutes_do(
    place: Path, server: CouncilServer
) -> None:
    fetched(place)
    server.routes[MEETING] = meeting(minutes=True)

    report = fetched(place)

    (landed,) = report.landed
    (held,) = read_landed(landed.folder).of_kind("minutes")
    paper = read_document((landed.folder / held.name).read_bytes(), held.name)
    (section,) = (s for s in paper.sections if s.paragraphs)
    assert (landed.what, landed.changed, held.status) == ("changed", ("minutes",), "draft")
    assert (section.title, section.minute_no) == ("Live facial recognition", "2")
    assert section.link == f"{server.base}/mgAi.aspx?ID=20002"
    assert [p.text for p in section.paragraphs] == [
        "RESOLVED",
        "To recommend that the police give councillors seven days' notice of a deployment. "
        "Write to the clerk.",
    ]
    assert paper.left_out == ("1 restricted item",)


def test_decisions_come_before_the_minutes_do(place: Path, server: CouncilServer) -> None:
    server.routes[MEETING] = meeting(decided=True)
    (landed,) = fetched(place).landed

    (held,) = read_landed(landed.folder).of_kind("decisions")
    paper = read_document((landed.folder / held.name).read_bytes(), held.name)
    assert [s.decision[0].text for s in paper.sections if s.decision] == ["RESOLVED"]


def test_minutes_that_are_a_document_only_are_found_on_the_page(
    place: Path, server: CouncilServer
) -> None:
    server.routes[MEETING] = meeting(minutes=True, body="")
    server.routes["/ieListDocuments.aspx"] = Reply(
        b'<div id="modgov"><a href="documents/g5101/Printed minutes 11th-Jun-2026.pdf?T=1">'
        b"Printed minutes PDF 200 KB</a></div>"
    )
    server.routes["/documents/g5101/Printed%20minutes%2011th-Jun-2026.pdf"] = Reply(b"%PDF-1.7")

    (landed,) = fetched(place).landed

    assert landed.changed == ("minutes",)
    assert server.asked[-1].query == {"t": "1"}


def test_a_cancelled_meeting_is_told_and_not_landed(place: Path, server: CouncilServer) -> None:
    """Status is free text: its beginning counts."""
    server.routes[LIST] = listed((*JUNE[:4], "Cancelled; no quorum"))

    (landed,) = fetched(place).landed

    assert (landed.what, landed.notes) == ("cancelled", ("the council says: Cancelled; no quorum",))
    assert not list(place.rglob("*.toml"))[1:]


def test_a_meeting_that_the_council_does_not_show_is_left_alone(
    place: Path, server: CouncilServer
) -> None:
    hidden = meeting().body.replace(b"<isdisplayallowed>True", b"<isdisplayallowed>False", 1)
    server.routes[MEETING] = Reply(hidden)

    report = fetched(place)

    assert (report.landed, report.faults) == ((), ())


def test_two_councillors_of_one_name_are_told_apart_by_their_wards(
    place: Path, server: CouncilServer
) -> None:
    """Then nobody can be told for the chair by name alone."""
    server.routes[ROSTER] = roster(councillor(8, "Councillor Helen Penrose", "Green"))
    again = attendee(8, "Councillor Helen Penrose", "Committee Member", "Present", "Market")
    body = meeting().body.replace(b"</attendees>", again.encode() + b"</attendees>")
    server.routes[MEETING] = Reply(body)

    report = fetched(place)

    held = read_meeting(waiting(place))
    assert report.count("new") == 1
    assert [p.name for p in held.people if "Penrose" in p.name] == [
        "Councillor Helen Penrose (Castle)",
        "Councillor Helen Penrose (Market)",
    ]
    assert held.chair == ""


def test_committees_can_be_named_by_number(place: Path, server: CouncilServer) -> None:
    def meetings(asked: Asked) -> Reply:
        cid = asked.query["lcommitteeid"]
        held = listed(JUNE).body.decode().split("<meetings>")[1].split("</meetings>")[0]
        inner = f"<committeemeetings>{held}</committeemeetings>" if cid == "7" else ""
        return xml(
            f"<getmeetings><meetingscount>{int(cid == '7')}</meetingscount><committee><committeeid>"
            f"{cid}</committeeid><committeetitle>{SCSC}</committeetitle>{inner}</committee>"
            "</getmeetings>"
        )

    server.routes[f"{SERVICE}/GetMeetings"] = meetings

    report = fetched(but(place, "pause_s = 0.0", "pause_s = 0.0\ncommittee_ids = [7, 8]"))

    assert (report.count("new"), report.faults) == (1, ())
    assert LIST not in server.paths()


def test_meetings_of_committees_nobody_wants_are_not_asked_for(
    place: Path, server: CouncilServer
) -> None:
    server.routes[LIST] = listed(JUNE, (5102, CABINET, "12/06/2026", "10.00 am", "Confirmed"))

    report = fetched(but(place, 'code = "aldermere"', 'code = "aldermere"\nonly_listed = true'))

    assert [m.id for m in report.landed] == ["aldermere-scsc-2026-06-11"]
    assert [a.query["lmeetingid"] for a in server.asked if a.path == MEETING] == ["5101"]
