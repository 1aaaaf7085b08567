"""Taking back: in words, one decision after the other, and also what was decided long before."""

from __future__ import annotations

import html
import re

import pytest

from tests.matters_arising.desk.support import ANN, BEN, MADE, MEETING, REFERENCE, Clerk, Desk
from transcripts.ledger import Decision, Ledger, now, those_standing

REGISTER = f"/desk/register/{REFERENCE}"


def lines(desk: Desk) -> list[Decision]:
    """What people decided."""
    home = desk.app.state.desk.home
    return [line for line in Ledger(home).all_lines() if line.who != "matters"]


def decide(clerk: Clerk, verdict: str = "reject") -> str:
    """Answers the doubt of a finding that is shown, and goes on; gives its address."""
    (address, *_) = re.findall(r'<form id="answer" action="([^"]+)"', clerk.page)
    address = html.unescape(address)
    clerk.send(address, verdict=verdict)
    clerk.open(clerk.answer.headers["location"])
    return address


def undo(clerk: Clerk) -> None:
    """Presses the one button that takes something back."""
    clerk.send("/desk/undo")
    clerk.open(clerk.answer.headers["location"])


def begin(clerk: Clerk) -> None:
    clerk.open("/desk/review?kind=finding")
    clerk.open(clerk.links("/desk/review/")[0])


def test_a_second_undo_takes_back_the_decision_before_and_none_is_redone(
    desk: Desk, ann: Clerk
) -> None:
    begin(ann)
    decide(ann)
    decide(ann)
    undo(ann)
    first_undo = ann.words
    undo(ann)
    after = ann.page

    kinds = [(line.kind, line.verdict) for line in lines(desk)]
    one, two = (line.id for line in lines(desk)[:2])
    assert kinds[2:] == [("undo", two), ("undo", one)]
    assert those_standing(lines(desk)) == []
    assert "Before that you decided" in first_undo
    assert "/desk/undo" not in after


def test_what_was_taken_back_is_told_in_words_and_leads_to_its_doubt(
    desk: Desk, ann: Clerk
) -> None:
    begin(ann)
    decided = decide(ann)
    quote = lines(desk)[0].words
    undo(ann)
    banner = ann.words.split("Taken back", 1)[1][:400]
    (again,) = re.findall('<a href="([^"]+)">Decide it again</a>', ann.page)
    ann.open(again)

    assert quote in banner
    assert "is no finding" in banner
    assert again == decided
    assert '<form id="answer"' in ann.page


@pytest.mark.parametrize("earlier", ["of another", "before the log-in"])
def test_an_undo_goes_back_over_nothing_of_others_or_of_another_day(
    desk: Desk, ann: Clerk, earlier: str
) -> None:
    who, when = (BEN, now()) if earlier == "of another" else (ANN, "2026-07-01T10:00:00+01:00")
    Ledger(desk.app.state.desk.home).append(
        [Decision(kind="note", verdict="earlier", who=who, when=when, reference=REFERENCE)]
    )
    begin(ann)
    decide(ann)
    undo(ann)

    assert "/desk/undo" not in ann.page
    assert [line.verdict for line in those_standing(lines(desk))] == ["earlier"]


def test_an_answer_of_several_lines_is_taken_back_whole(desk: Desk, ann: Clerk) -> None:
    ann.open(REGISTER)
    ann.send(REGISTER, verb="split", parts="Print the schedule\nPost it")
    ann.open(REGISTER)
    ann.send(REGISTER, verb="note", text="never mind")
    ann.open(ann.answer.headers["location"])
    undo(ann)
    undo(ann)

    assert [line.kind for line in lines(desk)] == ["entry", "entry", "split", "note"] + ["undo"] * 4
    assert those_standing(lines(desk)) == []


@pytest.mark.parametrize("page", ["/desk", "/desk/audit?who=&kind=note&about=", REGISTER])
def test_a_decision_of_before_is_taken_back_from_wherever_it_is_listed(
    desk: Desk, ann: Clerk, page: str
) -> None:
    for words in ("the first", "the second"):
        ann.open(REGISTER)
        ann.send(REGISTER, verb="note", text=words)
    first = lines(desk)[0]
    ann.open(page)
    (link,) = [
        html.unescape(a)
        for a in re.findall(rf'<a href="([^"]+)">Take line {first.id} back</a>', ann.page)
    ]
    ann.open(f"{page}{link}" if link.startswith("?") else link)
    asked = ann.words
    undo(ann)

    assert "the first" in asked.split("Undo")[0]
    assert [line.verdict for line in those_standing(lines(desk))] == ["the second"]
    assert "Taken back" in ann.words


def test_what_cannot_be_taken_back_here_has_no_link(desk: Desk, ann: Clerk) -> None:
    told = {"who": ANN, "when": "2026-07-01T10:00:00+01:00", "meeting_id": MEETING}
    made = Ledger(desk.app.state.desk.home).append(
        [
            Decision(kind="expire", verdict="audio", **told),
            Decision(kind="undo", verdict="0123456789ab", **told),
            Decision(kind="redact", verdict="redacted", recording_sha256=MADE.recording_sha256,
                     start_s=0.0, end_s=1.0, **told),
        ]
    )  # fmt: skip
    ann.open("/desk/audit")
    linked = [line.kind for line in made if f"Take line {line.id} back" in ann.page]
    shown = [ann.open(f"/desk/audit?done={line.id}") for line in made]

    assert linked == []
    assert not any('action="/desk/undo"' in page for page in shown)
