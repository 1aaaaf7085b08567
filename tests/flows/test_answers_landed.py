"""Decisions that an executive published land as answers, for a person to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.load import decide, load_meeting, rebuild
from flows.minutes import add_minutes
from flows.minutes_landed import take_minutes
from matters_arising.cli import main
from matters_arising.errors import BadInputError
from matters_arising.web.desk.cards import card
from models.vectors import MiniLM
from tests.warehouse import register_builders as r
from transcripts.ledger import Ledger
from transcripts.life import Life
from transcripts.record import Record
from transcripts.sources.landed import LandedFile, LandedState, write_landed
from warehouse import store
from warehouse.deciding import By, linked
from warehouse.publish import live_generation
from warehouse.reader import open_reader
from warehouse.register import life, proposals
from warehouse.waiting import cases

CABINET = "aldermere-cabinet-2026-09-15"
ADDRESS = "https://democracy.aldermere.example/mgWebService.asmx/GetMeeting?lMeetingId=5230"
CITED = "https://democracy.aldermere.example/mgAi.aspx?ID=21001"
WAITING = f"""
id = "{CABINET}"
council = "Aldermere Borough Council"
committee = "{{committee}}"
date = 2026-09-15
[[people]]
name = "Joan Petty-Smith"
kind = "public"
"""
IN_PRINCIPLE = (
    "RESOLVED that Cabinet:",
    "(1) accept in principle the recommendation of the Safer Communities Scrutiny Committee; and",
    "(2) thank Joan Petty-Smith for her petition.",
)
TITLE = "Referral from scrutiny: a schedule before any deployment"
LATER = date(2026, 10, 1)


def xml(said: Sequence[str] = IN_PRINCIPLE, *, part: str = "decision", title: str = TITLE) -> str:
    body = escape("".join(f'<p class="MsoNormal">{p}</p>' for p in said))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<meeting address="{ADDRESS}"><meetingid>5230</meetingid><meetingdate>15/09/2026</meetingdate>
<decisionpublished>True</decisionpublished><agendaitems><agendaitem>
<agendaitemid>21001</agendaitemid><agendaitemtitle>{title}</agendaitemtitle>
<fulldisplaynumberformat>4.</fulldisplaynumberformat><minutesitemnumber>31</minutesitemnumber>
<{part}nonemptyhtmlbody>{body}</{part}nonemptyhtmlbody>
</agendaitem></agendaitems></meeting>"""


def land(folder: Path, text: str, kind: str = "decisions", committee: str = "Cabinet") -> None:
    """What ``matters fetch`` leaves of a meeting that nobody recorded."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "waiting.toml").write_text(WAITING.format(committee=committee), encoding="utf-8")
    path = folder / f"{kind}.xml"
    path.write_text(text, encoding="utf-8")
    status = "draft" if kind == "minutes" else ""
    file = LandedFile(path.name, kind, ADDRESS, "moderngov", status=status)
    write_landed(folder, LandedState(id=CABINET, keys=("k",), files=(file,)))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive in which the committee's recommendation is numbered."""
    home = tmp_path / "home"
    made = r.june()
    Record(home).save(made, key="k")
    load_meeting(home, made)
    return home


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    land(tmp_path / "inbox" / "cabinet" / CABINET, xml())
    return tmp_path / "inbox"


def told(home: Path) -> Life:
    with open_reader(home) as reader:
        return life(reader, r.REFERENCE, today=LATER)


def accept(home: Path) -> None:
    with open_reader(home) as reader:
        (link,) = proposals(reader)
        by = By("A. Clerk", "as published")
        made = linked(reader, link.reference, by, link.claim_id, "accept")
    decide(home, [made])


def test_a_published_decision_is_proposed_and_changes_nothing(home: Path, inbox: Path) -> None:
    taken = take_minutes(home, inbox)

    found = told(home)
    with open_reader(home) as reader:
        (link,) = proposals(reader)
    assert taken.told == (f"{CABINET}: published decisions taken from decisions.xml",)
    assert taken.faults == ()
    assert (found.entry.response, found.entry.proposed) == ("none_found", 1)
    assert (link.state, link.who, link.link) == ("accepted_in_principle", "Cabinet", CITED)
    assert link.quote.startswith(
        "that Cabinet: accept in principle the recommendation of the Safer"
    )
    assert store.check(home) == []


def test_once_a_person_confirms_it_it_is_the_answer_with_its_address_and_day(
    home: Path, inbox: Path
) -> None:
    take_minutes(home, inbox)
    accept(home)

    found = told(home).entry
    assert (found.response, found.response_date) == ("accepted_in_principle", "2026-09-15")
    assert CITED in found.evidence_urls
    (step,) = [e for e in told(home).events if e.state == "accepted_in_principle"]
    assert (step.standing, step.by, step.evidence.accessed) == (
        "claimed",
        "A. Clerk",
        date.today().isoformat(),
    )


def test_the_desk_shows_an_answer_in_print_with_its_page(home: Path, inbox: Path) -> None:
    take_minutes(home, inbox)

    with open_reader(home) as reader:
        shown = [card(reader, c, []) for c in cases(reader, CABINET)]
    ((line,),) = shown[0].passages
    assert [c.sound for c in shown] == [""]
    assert shown[0].says == "May say that it is accepted in principle"
    assert (line.speaker, line.link, line.own) == ("Cabinet", CITED, True)


def test_a_reference_in_print_is_a_key(home: Path, inbox: Path) -> None:
    said = ("RESOLVED", "That scrutiny's recommendation SCSC/2026-27/01 be not accepted.")
    land(inbox / "cabinet" / CABINET, xml(said))
    take_minutes(home, inbox)

    assert told(home).entry.response == "rejected"
    assert told(home).entry.proposed == 0


def test_the_same_decision_is_taken_once_and_rebuilt_the_same(home: Path, inbox: Path) -> None:
    take_minutes(home, inbox)
    accept(home)
    before, generation = told(home), live_generation(home)
    again = take_minutes(home, inbox)
    same = live_generation(home) == generation
    rebuild(home)

    assert (again.told, again.faults, same) == ((), (), True)
    assert told(home) == before


def test_minutes_take_the_place_of_decisions_and_what_was_confirmed_stays(
    home: Path, inbox: Path
) -> None:
    take_minutes(home, inbox)
    accept(home)
    said = ("It was RESOLVED that the recommendation of the Scrutiny Committee be noted.",)
    land(inbox / "cabinet" / CABINET, xml(said, part="minutes"), "minutes")
    take_minutes(home, inbox)

    found = told(home)
    assert [m.state for m in Record(home).minutes(CABINET)] == ["decisions", "draft"]
    assert found.entry.response == "accepted_in_principle"
    with open_reader(home) as reader:
        assert [link.state for link in proposals(reader)] == ["noted_only"]


def test_names_of_the_public_are_hidden_in_what_was_published(home: Path, inbox: Path) -> None:
    said = (
        "RESOLVED",
        "That the recommendation of the Safer Communities Scrutiny Committee, moved by "
        "Joan Petty-Smith, be accepted.",
    )
    land(inbox / "cabinet" / CABINET, xml(said))
    take_minutes(home, inbox)

    with open_reader(home) as reader:
        (link,) = proposals(reader)
    assert "Petty" not in link.quote
    assert b"Petty-Smith" not in (home / "matters.duckdb").read_bytes()


@pytest.mark.parametrize(
    ("said", "committee"),
    [
        (IN_PRINCIPLE, "Licensing Committee"),
        (("RESOLVED", "That the recommendations in the officer's report be agreed."), "Cabinet"),
    ],
)
def test_what_answers_nobody_is_not_proposed(
    home: Path, inbox: Path, said: Sequence[str], committee: str
) -> None:
    land(inbox / "cabinet" / CABINET, xml(said, title="Car parks"), committee=committee)
    take_minutes(home, inbox)

    with open_reader(home) as reader:
        assert proposals(reader) == []
    assert (CABINET in Record(home).meeting_ids()) == (committee == "Cabinet")


def test_a_purged_meeting_of_the_executive_does_not_come_back(home: Path, inbox: Path) -> None:
    line = r.line("purge", "purged", meeting_id=CABINET, reference="")
    Ledger(home).append([line])

    assert take_minutes(home, inbox).told == ()
    assert CABINET not in Record(home).meeting_ids()


def test_a_fault_in_one_document_stops_no_other(home: Path, inbox: Path) -> None:
    broken = inbox / "cabinet" / "a-broken-one"
    land(broken, "<meeting><agendaitems>")
    taken = take_minutes(home, inbox)

    assert len(taken.told) == 1
    assert "is not whole XML" in taken.faults[0]


def test_decisions_of_a_scrutiny_committee_are_no_answer(home: Path, tmp_path: Path) -> None:
    (tmp_path / "d.xml").write_text(xml(), encoding="utf-8")
    with pytest.raises(BadInputError, match="are taken of an executive, which answers"):
        add_minutes(str(tmp_path / "d.xml"), "june", home=home, vectors=MiniLM(), state="decisions")


SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "moderngov"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of ModernGov are not beside this")
def test_the_sample_cabinet_accepts_the_recommendation_and_not_the_notice_protocol() -> None:
    from models.minutes.points import points_of
    from transcripts.minutes_from.document import read_document

    data = (SAMPLES / "getmeeting-cabinet-response.xml").read_bytes()
    points = points_of(read_document(data, "sample"), "m", "Mayor and Cabinet")

    assert [p.answer for p in points] == ["accepted", ""]
    assert "15 July 2025" in points[0].about


def test_processing_an_inbox_takes_what_was_landed_in_it(home: Path, inbox: Path) -> None:
    told = CliRunner().invoke(
        main, ["--home", str(home), "process", str(inbox), "--engine", "captions"]
    )

    assert (
        f"  minutes     {CABINET}: published decisions taken from decisions.xml"
        in told.output.splitlines()
    )


def test_a_document_that_nobody_thought_of_stops_no_other(home: Path, inbox: Path) -> None:
    broken = inbox / "cabinet" / "a-broken-one"
    land(broken, "x")
    with (broken / "waiting.toml").open("a") as file:
        file.write("[[recordings]]\nfile = 1\n")

    taken = take_minutes(home, inbox)

    assert len(taken.told) == 1
    assert taken.faults[0].startswith("a-broken-one: a fault in this program, please report it: ")
