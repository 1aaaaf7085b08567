"""Nothing that somebody typed at the desk is lost, cut short, or shown to others unawares."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from matters_arising.web.desk.corrections import Corrections
from tests.matters_arising.desk.support import (
    ANN,
    ASKED,
    BEN,
    MADE,
    MEETING,
    PASSWORD,
    REFERENCE,
    Clerk,
    Desk,
    served,
)
from transcripts.ledger import Decision, Ledger

REGISTER = f"/desk/register/{REFERENCE}"
PUBLIC = "shown to everybody on the public pages, with your name"


def lines(desk: Desk) -> list[Decision]:
    home = desk.app.state.desk.home
    return [line for line in Ledger(home).all_lines() if line.who != "matters"]


def worst(clerk: Clerk, kind: str) -> str:
    clerk.open(f"/desk/review?kind={kind}")
    address = clerk.links("/desk/review/")[0]
    clerk.open(address)
    return address


def rejected(desk: Desk) -> None:
    """Ann rejects the finding that became the recommendation, and the archive follows."""
    told = {"recording_sha256": MADE.recording_sha256, "words": ASKED.quote, "meeting_id": MEETING}
    desk.app.state.desk.keeper.keep(
        [
            Decision(
                kind="finding", verdict="rejected", who=ANN, when="2026-07-20T10:00:00+01:00",
                why="only a joke", finding_id=ASKED.id, start_s=ASKED.start_s, end_s=ASKED.end_s,
                **told,
            )
        ]
    )  # fmt: skip
    desk.settled()


def test_what_was_sent_of_a_recommendation_that_went_meanwhile_is_kept(desk: Desk) -> None:
    """And can be sent again as soon as the decision that took it out is taken back."""
    ben = desk.clerk(BEN)
    ben.open(REGISTER)
    rejected(desk)
    gone = ben.client.get(REGISTER).status_code
    ben.send(REGISTER, verb="note", text="the chair will raise it", why="as agreed")
    status, words, page = ben.status, ben.words, ben.page
    (done,) = lines(desk)
    ben.open(f"/desk/audit?done={done.id}")
    ben.send("/desk/undo")
    desk.settled()
    ben._kept(ben.client.get("/desk"))
    ben.page = page
    ben.send(REGISTER)
    asked_again = ben.status
    ben.send(REGISTER, verb="note", text="the chair will raise it", why="as agreed")

    assert (gone, status) == (410, 409)
    assert "At the desk:" in words
    assert all(told in words for told in ("is no finding", ANN, "only a joke"))
    assert "the chair will raise it" in words
    assert f"Take line {done.id} back" in words
    assert (asked_again, ben.status) == (409, 303)
    assert [line.kind for line in lines(desk)] == ["finding", "undo", "note"]


def test_a_reference_that_never_was_is_still_not_found(open_desk: Desk, reader: Clerk) -> None:
    reader.open(REGISTER)
    hidden = reader.form(REGISTER)
    answer = reader.client.post("/desk/register/SCSC/1", data={**hidden, "verb": "reopen"})

    assert answer.status_code == 404


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_name_that_is_chosen_is_not_passed_over(desk: Desk, ann: Clerk, verdict: str) -> None:
    address = worst(ann, "voice")
    ann.send(address, verdict=verdict, name="Dr Grace Okoro")

    assert ann.status == 400
    assert "'Dr Grace Okoro' is chosen from the list, and another answer was given" in ann.words
    assert '<option value="Dr Grace Okoro" selected>' in ann.page
    assert lines(desk) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"verb": "respond", "state": "accepted", "quote": "x" * 4800},
         "The quotation may have 4,000 letters and has 4,800; shorten it"),
        ({"verb": "refer", "recipient": "x" * 301}, "The recipient may have 300 letters"),
        ({"verb": "note", "text": "a note", "why": "x" * 4001}, "The reason may have 4,000"),
    ],
)  # fmt: skip
def test_what_is_too_long_stays_in_the_form_of_the_register(
    open_desk: Desk, reader: Clerk, fields: dict[str, str], sentence: str
) -> None:
    reader.open(REGISTER)
    reader.send(REGISTER, **fields)

    assert reader.status == 400
    assert sentence in reader.words
    assert "At the desk:" in reader.words
    typed = [value for name, value in fields.items() if name not in ("verb", "state")]
    assert all(value in reader.page for value in typed)


def test_a_reason_that_is_too_long_stays_beside_the_doubt(desk: Desk, ann: Clerk) -> None:
    address = worst(ann, "finding")
    ann.send(address, verdict="reject", why="y" * 1001)

    assert ann.status == 400
    assert "The reason may have 1,000 letters and has 1,001" in ann.words
    assert "y" * 1001 in ann.page
    assert lines(desk) == []


def test_ends_of_lines_count_as_the_page_counted_them(desk: Desk, ann: Clerk) -> None:
    """A browser sends two characters for what its field counts as one."""
    words = "\r\n".join(["x" * 99] * 40)
    ann.open(REGISTER)
    ann.send(REGISTER, verb="note", text=words)

    assert ann.status == 303
    assert lines(desk)[0].verdict == words.replace("\r\n", "\n")


def fields_of(page: str) -> dict[str, str]:
    """The visible fields of a page by id, each with its tag."""
    tags = re.findall(r'<(?:textarea|input) class="govuk[^>]*>', page)
    return {re.findall(r' id="([^"]+)"', tag)[0]: tag for tag in tags}


@pytest.mark.parametrize(
    ("open_page", "most"),
    [
        (lambda c: c.open(REGISTER), {"respond-quote": 4000, "respond-body": 300,
         "respond-url": 2000, "note-text": 4000, "note-why": 4000, "merge-into": 300}),
        (lambda c: worst(c, "finding"), {"why": 1000}),
        (lambda c: c.open("/desk/corrections"), {"withheld-name": 200, "withheld-why": 1000}),
    ],
)  # fmt: skip
def test_fields_tell_the_browser_how_long_they_may_be(
    reader: Clerk, open_page: Callable[[Clerk], object], most: dict[str, int]
) -> None:
    open_page(reader)
    found = fields_of(reader.page)

    assert {name for name, tag in found.items()
            if "maxlength" not in tag and 'type="date"' not in tag} == set()  # fmt: skip
    assert all(f'maxlength="{longest}"' in found[name] for name, longest in most.items())


@pytest.mark.parametrize(
    "fault", [{"reason": ""}, {"reference": "SCSC/1"}, {"line": "0123456789ab"}]
)
def test_a_correction_that_is_not_closed_keeps_all_that_was_typed(
    desk: Desk, ann: Clerk, fault: dict[str, str]
) -> None:
    kept = Corrections(desk.app.state.desk.home).add("wrong", "", "")
    (line,) = Ledger(desk.app.state.desk.home).append(
        [Decision(kind="note", verdict="x", who=BEN, when="2026-07-01", reference=REFERENCE)]
    )
    sent = {"reason": "asked them", "reference": REFERENCE, "line": line.id} | fault
    ann.open("/desk/corrections")
    ann.send("/desk/corrections", correction=kept.id, **sent)

    assert ann.status == 400
    assert f">{sent['reason']}</textarea>" in ann.page
    assert all(f'value="{sent[name]}"' in ann.page for name in ("reference", "line"))


def test_what_was_typed_to_close_a_correction_that_another_closed_is_shown(desk: Desk) -> None:
    ann, ben = desk.clerk(), desk.clerk(BEN)
    kept = Corrections(desk.app.state.desk.home).add("wrong", "", "")
    for clerk in (ann, ben):
        clerk.open("/desk/corrections")
    ann.send("/desk/corrections", correction=kept.id, reason="it is right as it is")
    ben.send("/desk/corrections", correction=kept.id, reason="Mr Pety\nrang", reference=REFERENCE)
    written = html.unescape(ben.page.split("You had written", 1)[1])

    assert ben.status == 409
    assert "Mr Pety\nrang" in written
    assert REFERENCE in written


def test_a_doubt_is_answered_though_the_program_was_started_again(home: Path) -> None:
    with served(home) as desk:
        ann = desk.clerk()
        address = worst(ann, "finding")
        page, cookies = ann.page, ann.client.cookies
    with served(home) as again:
        clerk = Clerk(again.client(cookies=cookies))
        clerk.page = page
        clerk.send(address, verdict="reject", why="typed before")

        assert clerk.status == 303
        assert [line.why for line in lines(again)] == ["typed before"]


@pytest.mark.parametrize(
    ("address", "fields", "back"),
    [
        (f"{REGISTER}", {"verb": "note", "text": "x"}, REGISTER),
        ("/desk/review/0123456789ab?kind=voice", {"verdict": "reject"},
         "/desk/review/0123456789ab?kind=voice"),
        ("/desk/corrections", {"reason": "x"}, "/desk/corrections"),
        ("/desk/names", {"name": "x"}, "/desk/corrections"),
        ("/desk/undo", {"line": "x", "to": "/desk/audit?kind=note"}, "/desk/audit?kind=note"),
        ("/desk/undo", {"line": "x", "to": "https://elsewhere.example/"}, "/desk"),
        ("/desk/undo", {"line": "x", "to": "//elsewhere.example/"}, "/desk"),
    ],
)  # fmt: skip
def test_whoever_is_logged_out_while_typing_is_told_and_led_back(
    open_desk: Desk, address: str, fields: dict[str, str], back: str
) -> None:
    clerk = Clerk(open_desk.client())
    log_in = clerk.client.post(address, data=fields)
    clerk.open(log_in.headers["location"])
    told = clerk.words
    clerk.send("/desk/log-in", name=ANN, password=PASSWORD[ANN])

    assert log_in.status_code == 303
    assert "Nothing was written" in told
    assert "no longer logged in" in told
    assert clerk.answer.headers["location"] == back


def test_whoever_only_looks_or_logs_out_late_lost_nothing(open_desk: Desk) -> None:
    clerk = Clerk(open_desk.client())
    clerk.open("/desk/audit")
    looked = clerk.words
    clerk.open(clerk.client.post("/desk/log-out").headers["location"])

    assert "Nothing was written" not in looked + clerk.words


def test_every_form_says_where_its_words_are_shown(desk: Desk, ann: Clerk) -> None:
    Corrections(desk.app.state.desk.home).add("wrong", "", "")
    ann.open(REGISTER)
    forms = re.findall(r'<details class="govuk-details verb".*?</form>', ann.page, re.S)
    ann.open("/desk/corrections")
    closing = re.findall(r'-reference-hint">([^<]+)<', ann.page)
    worst(ann, "link")

    assert len(forms) > 8
    assert [form for form in forms if PUBLIC not in form] == []
    assert PUBLIC in closing[0]
    assert PUBLIC in ann.words


def test_each_column_that_is_set_right_says_what_it_takes(reader: Clerk) -> None:
    reader.open(REGISTER)
    told = dict(
        re.findall(
            r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", reader.page.split("What each column takes")[1]
        )
    )

    assert told["due kind"] == "constitution rule, stated by committee, estimated"
    assert told["action due"] == "a day, such as 2026-09-30"
    assert told["recommendation"].startswith("floated, agreed, ")
    assert told["recipient"] == "any words"
