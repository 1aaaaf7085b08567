"""Several findings of one sentence: each has an office, a day and a holder of its own."""

from __future__ import annotations

import pytest

from models.findings.addressee import addressee
from models.findings.patterns import Patterns
from models.findings.slots import SLOT_FILES, by_rule
from tests.models.test_filled import fill, found, meeting
from transcripts.finding import Finding


def made_of(text: str, letter: str, quote: str) -> list[Finding]:
    said = meeting(("V1", text))
    return fill(said, found(said, (0, letter, quote)))


def test_each_recommendation_is_addressed_to_the_office_it_names_itself() -> None:
    quote = (
        "the director repairs the roof by the end of July and that the cabinet member publishes "
        "the figures by the end of September"
    )

    made = made_of(f"I recommend that {quote}.", "R", quote)

    assert [(f.addressee, f.due) for f in made] == [
        ("director", "2026-07-31"),
        ("cabinet member", "2026-09-30"),
    ]


def test_each_promise_has_its_own_holder_and_day() -> None:
    text = (
        "I will write to members by Friday, and Ottoline will publish the plan by the end of July."
    )

    made = made_of(text, "A", text)

    assert [(f.holder, f.action, f.due) for f in made] == [
        ("V1", "write to members", "2026-06-12"),
        ("Ottoline", "publish the plan", "2026-07-31"),
    ]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("the director of housing repairs the roof", "director of housing"),
        ("the director of housing repairs should mend the roof", "director of housing repairs"),
        ("the cabinet member for parks funds the scheme", "cabinet member for parks"),
    ],
)
def test_an_office_ends_before_what_it_does(text: str, office: str) -> None:
    assert addressee(text) == office


def test_a_quotation_does_not_leave_off_within_a_deadline() -> None:
    (made,) = made_of(
        "We recommend that the council repairs the bridge by Monday 22nd.",
        "R",
        "repairs the bridge by Monday",
    )

    assert (made.quote, made.deadline) == ("repairs the bridge by Monday 22nd", "by Monday 22nd")


def test_to_report_back_is_no_act_of_backing() -> None:
    text = "the director reports back before each deployment"

    slots = by_rule("R", text, Patterns(SLOT_FILES).match(text), (0, len(text)))

    assert "action" not in slots
    assert text[slots["deadline"].start : slots["deadline"].end] == "before each deployment"
