"""ModernGov's pages, where the web service is turned off."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import Asked, CouncilServer, Reply
from tests.transcripts.sources.fetching import (
    JULY_LAST,
    JUNE_FIRST,
    JUNE_LAST,
    fetched,
    settled,
)
from tests.transcripts.sources.moderngov_support import CONFIG, private_words, replies
from transcripts.manifest import read_meeting
from transcripts.minutes_from.document import read_document
from transcripts.sources.check import check_sources
from transcripts.sources.config import read_config
from transcripts.sources.landed import read_landed
from transcripts.sources.run import fetch_all

PAGE = Path(__file__).resolve().parents[2] / "minutes" / "tuned" / "page.html"
COMMITTEES = b"""<ul class="mgBulletList">
<li><a href="mgCommitteeDetails.aspx?ID=12">Adult Care Select Committee</a></li>
<li><a href="mgCommitteeDetails.aspx?ID=13">Licensing</a></li>
<li><a href="mgCommitteeDetails.aspx?ID=12">Adult Care Select Committee</a></li></ul>"""
MEETINGS = b"""<h1>Browse meetings - Adult Care Select Committee</h1><ul>
<li><a href="ieListDocuments.aspx?CId=12&amp;MId=510&amp;Ver=4">18 Jun 2026 7.00 pm</a></li>
<li><a href="ieListDocuments.aspx?CId=12&amp;MId=511&amp;Ver=4">9 Jul 2026 7.00 pm</a> -
Cancelled</li>
<li><a href="ieListDocuments.aspx?CId=12&amp;MId=200&amp;Ver=4">18 Jun 2019 7.00 pm</a></li></ul>"""
ATTENDANCE = b"""<table><tr><th>Attendee</th><th>Role</th><th>Attendance</th></tr>
<tr><td><a href="mgUserInfo.aspx?UID=31">Cllr Odile Farrant</a></td><td>Chair</td>
<td>Present</td></tr>
<tr><td><a href="mgUserInfo.aspx?UID=32">Councillor Piers Loam</a></td><td>Committee Member</td>
<td>Apologies</td></tr>
<tr><td><a href="mgUserInfo.aspx?UID=33">Councillor Wren Ash</a></td><td>Committee Member</td>
<td>Absent</td></tr></table>"""


@pytest.fixture
def place(server: CouncilServer, tmp_path: Path) -> Path:
    def listing(asked: Asked) -> Reply:
        return Reply(MEETINGS if asked.query["cid"] == "12" else b"<p>No meetings</p>")

    server.routes |= {
        "/mgListCommittees.aspx": Reply(COMMITTEES),
        "/ieListMeetings.aspx": listing,
        "/ieListDocuments.aspx": Reply(PAGE.read_bytes()),
        "/mgMeetingAttendance.aspx": Reply(ATTENDANCE),
    }
    text = CONFIG.format(base=server.base).replace("pause_s = 0.0", "pause_s = 0.0\npages = true")
    return settled(tmp_path, text)


def test_a_page_that_was_down_is_asked_for_again_and_no_other(
    place: Path, server: CouncilServer
) -> None:
    down = Reply(b"", 500)
    server.routes["/mgMeetingAttendance.aspx"] = replies(  # type: ignore[assignment]
        *[down] * 3, Reply(ATTENDANCE)
    )
    config = read_config(place / "matters.toml")

    report = fetch_all(config, since=JUNE_FIRST, until=JUNE_LAST, pauses_s=(0.0, 60.0))

    assert (report.faults, report.count("new")) == ((), 1)
    asked = server.paths()
    assert [asked.count(p) for p in ("/mgListCommittees.aspx", "/ieListMeetings.aspx")] == [1, 2]
    assert asked.count("/ieListDocuments.aspx") == 1


def test_pages_give_the_meeting_its_people_and_its_minutes(place: Path) -> None:
    report = fetched(place, until=JULY_LAST)

    first, second = report.landed
    held = read_meeting(first.folder / "waiting.toml")
    assert (report.faults, first.what, second.what) == ((), "new", "cancelled")
    assert (held.committee, held.date, held.start, held.chair) == (
        "Adult Care Select Committee",
        datetime.date(2026, 6, 18),
        "19:00",
        "Councillor Odile Farrant",
    )
    assert [(p.name, p.attendance) for p in held.people] == [
        ("Councillor Odile Farrant", "present"),
        ("Councillor Piers Loam", "apologies"),
    ]
    assert [(a.item, a.title) for a in held.agenda] == [
        ("1", "Apologies"),
        ("2", "Support for carers"),
        ("3", "Care home fees"),
    ]


def test_minutes_of_a_page_read_as_the_page_itself_does(place: Path, server: CouncilServer) -> None:
    """Kept in the form of the service, item by item with its address."""
    first = fetched(place, until=JULY_LAST).landed[0]

    (held,) = read_landed(first.folder).of_kind("minutes")
    address = f"{server.base}/ieListDocuments.aspx?CId=12&MId=510&Ver=4"
    page = read_document(PAGE.read_bytes(), "page.html", address=address)
    kept = read_document((first.folder / held.name).read_bytes(), held.name)

    def words(paper: object) -> list[object]:
        return [
            (s.item, s.title, s.link, [(p.label, p.text) for p in (*s.paragraphs, *s.decision)])
            for s in paper.sections  # type: ignore[attr-defined]
        ]

    assert words(kept) == words(page)
    assert private_words(place) == []


def row(number: int, title: str, reasons: str, minuted: str = "") -> str:
    """An item of the page, with a link to the reasons why something of it is not public."""
    text = (
        f'<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>{minuted}</p></div>'
    )
    return (
        f'<tr><td><p class="mgAiTitleTxt"><a name="AI5{number}"></a>{number}.</p></td><td>'
        f'<p class="mgAiTitleTxt">{title}</p><a href="mgReasonsRestricted.aspx?{reasons}">Why</a>'
        f"{text if minuted else ''}</td></tr>"
    )


def page_with(*rows: str) -> Reply:
    return Reply(PAGE.read_bytes().replace(b"</table>", f"{''.join(rows)}</table>".encode()))


PAPER = "OID=777&amp;OT=A"


@pytest.mark.parametrize(
    ("rows", "restricted"),
    [
        ([row(4, "CCTV contract", "OID=54&amp;OT=I")], ["4"]),
        ([row(4, "CCTV contract", "OID=54&amp;OT=X")], ["4"]),
        ([row(4, "CCTV contract", PAPER)], []),  # a paper of an item that is public
        ([row(4, "CCTV contract (exempt)", PAPER)], ["4"]),
        ([row(4, "Exclusion", PAPER, "RESOLVED that the public be excluded."),
          row(5, "CCTV contract", PAPER)], ["5"]),
    ],
)  # fmt: skip
def test_items_that_are_not_public_are_told_as_restricted(
    place: Path, server: CouncilServer, rows: list[str], restricted: list[str]
) -> None:
    """What is said of them is cut from the recording."""
    server.routes["/ieListDocuments.aspx"] = page_with(*rows)

    first = fetched(place, until=JULY_LAST).landed[0]

    agenda = read_meeting(first.folder / "waiting.toml").agenda
    assert [a.item for a in agenda if a.restricted] == restricted


def test_words_about_a_restricted_item_are_not_kept(place: Path, server: CouncilServer) -> None:
    secret = row(4, "CCTV contract", "OID=54&amp;OT=I", "the bid that won")
    server.routes["/ieListDocuments.aspx"] = page_with(secret)

    fetched(place, until=JULY_LAST)

    written = b"".join(p.read_bytes() for p in place.rglob("*") if p.is_file())
    assert b"the bid that won" not in written


def test_a_check_counts_the_committees_of_the_pages(place: Path, server: CouncilServer) -> None:
    (row,) = check_sources(read_config(place / "matters.toml"))

    assert row["state"] == "answers"
    assert row["lines"][0] == f"{server.base}: 2 committees"


def test_a_page_that_is_none_of_a_meeting_is_told(place: Path, server: CouncilServer) -> None:
    server.routes["/ieListDocuments.aspx"] = Reply(b"<html><body>Sorry</body></html>")

    report = fetched(place, until=JULY_LAST)

    assert "is not the page of a meeting" in report.faults[0]


def test_a_meeting_whose_day_the_page_does_not_tell_is_named(
    place: Path, server: CouncilServer
) -> None:
    undated = b'<li><a href="ieListDocuments.aspx?CId=12&amp;MId=512">To be confirmed</a></li></ul>'
    again = b'<a href="ieListDocuments.aspx?CId=12&amp;MId=510">Agenda</a>'
    listing = MEETINGS.replace(b"</ul>", undated) + again
    server.routes["/ieListMeetings.aspx"] = Reply(listing)

    text = (place / "matters.toml").read_text()
    one = text.replace("pages = true", "pages = true\ncommittee_ids = [12]")
    report = fetched(settled(place, one), until=JULY_LAST)

    assert len(report.landed) == 2
    (fault,) = report.faults
    assert "a meeting of Adult Care Select Committee was left out: " in fault
    assert fault.endswith("tells no day of number 512")


def test_a_list_without_committees_is_told_with_the_way_out(
    place: Path, server: CouncilServer
) -> None:
    server.routes["/mgListCommittees.aspx"] = Reply(b"<html>moved</html>")

    (fault,) = fetched(place, until=JULY_LAST).faults

    assert "lists no committee: give committee_ids in matters.toml" in fault
