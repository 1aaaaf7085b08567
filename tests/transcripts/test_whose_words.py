"""Quoted words are those of whoever said them, never of the clerk who wrote the line."""

from __future__ import annotations

import pytest

from tests.transcripts.lives_support import MADE, REFERENCE, life, line, minuted, told
from transcripts.ledger import Decision
from transcripts.life import wording_is

SAID = "that one is with us"


@pytest.mark.parametrize(
    "decided",
    [
        line("link", "accepted", claim_id="c1", words=SAID),
        line("respond", "accepted", day="2026-07-10", words=SAID),
        line("progress", "complete", day="2026-07-10", words=SAID),
    ],
    ids=["link", "answer", "progress"],
)
def test_whoever_writes_a_line_is_not_the_speaker_of_what_it_quotes(decided: Decision) -> None:
    quoted = [e.evidence for e in life(told("accepted"), decided).events if e.evidence.quote]

    assert {e.who for e in quoted if e.quote == SAID} <= {"Director of Place", ""}
    assert [e for e in quoted if e.who == "A. Clerk"] == []


def test_the_body_that_answered_speaks_its_words() -> None:
    answer = line(
        "respond", "accepted", day="2026-07-10", words=SAID, values=(("response_body", "Cabinet"),)
    )

    assert [e.evidence.who for e in life(answer).events if e.evidence.quote == SAID] == ["Cabinet"]


def test_what_rests_on_a_persons_word_alone_names_the_person() -> None:
    found = life(line("progress", "complete", day="2026-07-10"))

    (event,) = [e for e in found.events if e.state == "complete"]
    assert (event.evidence.quote, event.evidence.who) == ("", "A. Clerk")
    assert "A. Clerk" in found.entry.progress


def test_an_accepted_link_tells_no_id() -> None:
    found = life(told("accepted"), line("link", "accepted", claim_id="c1", words=SAID))

    assert [e.note for e in found.events if "link" in e.note] == [
        "accepted the link to what was said"
    ]


def test_only_minutes_make_a_wording_minuted() -> None:
    by_hand = line("entry", "Print the schedule", reference="SCSC/2026-27/02")
    entered = life(by_hand, reference="SCSC/2026-27/02")
    of_minutes = life(MADE, minuted(minute_no=""))

    assert wording_is(entered.entry, entered.events) == "In the register"
    assert wording_is(of_minutes.entry, of_minutes.events) == "Minuted"
    assert of_minutes.entry.reference == REFERENCE
