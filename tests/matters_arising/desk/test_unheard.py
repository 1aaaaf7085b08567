"""Minuted words that nothing said was matched to: they wait, are decided, and can be taken back."""

from __future__ import annotations

import re

import pytest

from tests.matters_arising.desk.support import ANN, MEETING, REFERENCE, Clerk, Desk
from transcripts.ledger import Decision, Ledger, those_standing

WORDS = "That a briefing note be circulated"
NEXT = "SCSC/2026-27/03"  # two were heard


def lines(desk: Desk) -> list[Decision]:
    """What people decided, as far as it stands."""
    home = desk.app.state.desk.home
    return [line for line in those_standing(Ledger(home).all_lines()) if line.who != "matters"]


def opened(clerk: Clerk) -> str:
    """The doubt, by the link from where it is listed."""
    page = clerk.open("/desk/review")
    (address,) = re.findall(r'<a href="(/desk/review/[^"]+)">Decide what it is', page)
    clerk.open(address)
    return str(address)


def waits(clerk: Clerk) -> bool:
    return f"“{WORDS}”" in clerk.open("/desk/review")


def test_it_waits_with_its_words_and_what_it_may_be(reader: Clerk) -> None:
    opened(reader)

    assert WORDS in reader.words
    assert "Minute 32 of the draft minutes" in reader.words
    assert "Nothing that was said was matched to it" in reader.words
    assert f'<option value="{REFERENCE}">{REFERENCE}: ' in reader.page
    assert {"accept", "reject", "name"} <= set(
        re.findall('name="verdict" value="([a-z]+)"', reader.page)
    )


def test_one_that_nobody_heard_enters_the_register(desk: Desk, ann: Clerk) -> None:
    address = opened(ann)
    ann.send(address, verdict="accept", why="it was agreed by e-mail")
    entry, wording = lines(desk)
    desk.settled()
    ann.open(f"/desk/register/{NEXT}")
    told = ann.client.get(f"/recommendation/{NEXT}.json").json()["entry"]

    assert (entry.kind, entry.verdict, entry.reference, entry.who) == ("entry", WORDS, NEXT, ANN)
    assert (entry.meeting_id, entry.point_id) == (MEETING, "p2")
    assert (wording.kind, wording.verdict, wording.reference) == ("minuted", "accepted", NEXT)
    assert WORDS in ann.words
    assert (told["text_minuted"], told["minute_no"]) == (WORDS, "32")
    assert told["kind"] == "action"
    assert (told["recommendation"], told["meeting_date"]) == ("minuted_draft", "2026-06-02")
    assert not waits(ann)


def test_undo_takes_entry_and_wording_back_and_it_waits_again(desk: Desk, ann: Clerk) -> None:
    address = opened(ann)
    ann.send(address, verdict="accept")
    ann.open(ann.answer.headers["location"])
    ann.send("/desk/undo")
    desk.settled()

    assert lines(desk) == []
    assert waits(ann)
    assert ann.client.get(f"/recommendation/{NEXT}.json").status_code == 410


def test_it_may_be_one_that_was_heard_in_other_words(desk: Desk, ann: Clerk) -> None:
    address = opened(ann)
    ann.send(address, verdict="name", name=REFERENCE)
    (line,) = lines(desk)
    desk.settled()
    told = ann.client.get(f"/recommendation/{REFERENCE}.json").json()["entry"]

    assert (line.kind, line.verdict, line.reference) == ("minuted", "accepted", REFERENCE)
    assert told["text_minuted"] == WORDS
    assert not waits(ann)


def test_it_may_be_nothing_to_follow(desk: Desk, ann: Clerk) -> None:
    address = opened(ann)
    ann.send(address, verdict="reject", why="a note of the clerk's own")
    (line,) = lines(desk)
    desk.settled()
    page = ann.open("/desk/audit")

    assert (line.kind, line.verdict, line.point_id) == ("point", "nothing to follow", "p2")
    assert not waits(ann)
    assert "is nothing to follow here" in page
    assert ann.client.get(f"/recommendation/{NEXT}.json").status_code == 404


@pytest.mark.parametrize("chosen", ["", "SCSC/2026-27/77", "p2"])
def test_it_is_tied_to_nothing_that_is_not_offered(desk: Desk, ann: Clerk, chosen: str) -> None:
    address = opened(ann)
    ann.send(address, verdict="name", name=chosen)

    assert ann.status == 400
    assert f"(there is: {REFERENCE}, " in ann.words
    assert lines(desk) == []


def test_two_who_decide_at_once_write_one_answer(desk: Desk, ann: Clerk) -> None:
    ben = desk.clerk()
    address = opened(ann)
    opened(ben)
    ann.send(address, verdict="accept")
    ben.send(address, verdict="reject")

    assert ben.status == 409
    assert [line.kind for line in lines(desk)] == ["entry", "minuted"]


def test_a_number_that_was_given_meanwhile_is_not_given_twice(
    desk: Desk, ann: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the reading of the ledger and its writing the night may number another."""
    address = opened(ann)
    home = desk.app.state.desk.home
    taken = Decision(
        kind="reference", verdict=NEXT, who="matters", when="2026-07-01T10:00:00+01:00",
        finding_id="f9",
    )  # fmt: skip
    before = list(desk.app.state.desk.lines.all())
    Ledger(home).append([taken])
    monkeypatch.setattr(desk.app.state.desk.lines, "all", lambda: before)
    ann.send(address, verdict="accept")

    assert ann.status == 400
    assert f"{NEXT} was given meanwhile" in ann.words
    assert lines(desk) == []


def test_the_line_that_gave_a_number_has_no_button_and_is_not_undone(
    desk: Desk, ann: Clerk
) -> None:
    home = desk.app.state.desk.home
    given = next(d for d in Ledger(home).all_lines() if d.kind == "reference")
    shown = f"/desk/register/{given.verdict}?done={given.id}"
    (token, *_) = re.findall('name="token" value="([^"]+)"', ann.open(shown))
    answer = ann.client.post("/desk/undo", data={"token": token, "line": given.id, "to": shown})

    assert "/desk/undo" not in ann.open(shown)
    assert answer.status_code == 400
    assert "is given for ever" in answer.text
    assert "Undo" not in answer.text
    assert lines(desk) == []
