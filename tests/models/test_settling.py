"""A chair who never says "agreed" is heard to settle what was asked; one who gives turns is not."""

from __future__ import annotations

from datetime import date

import pytest

from models.findings.finder import SentenceFindings
from models.vectors import MiniLM
from transcripts.motion import Motion
from transcripts.words import Sentence

CHAIR = "Cllr Quill"
ASKED = (
    ("Cllr Sorrel", "I would like the harbour office to publish its closing times every month."),
    ("Mr Teasel", "We have them, it would be no trouble."),
)
RESTATED = (
    CHAIR,
    "The harbour office to publish its closing times monthly, to the Cabinet Member.",
)
NEXT = ((CHAIR, "Councillor Yarrow, you wanted to ask about the ferry."), ("Cllr Yarrow", "I did."))


def motions(*turns: tuple[str, str], chair: str = CHAIR) -> list[Motion]:
    said = [
        Sentence(f"s{i}", f"u{i}", who, text, i * 10.0, i * 10.0 + 9, "2")
        for i, (who, text) in enumerate(turns)
    ]
    vectors = MiniLM().encode([s.text for s in said])
    finder = SentenceFindings(date(2026, 6, 11))
    return finder.understand("ab" * 32, said, vectors, chair=chair).motions


def test_what_the_chair_says_again_in_full_is_settled() -> None:
    (motion,) = motions(*ASKED, RESTATED, *NEXT)

    assert (motion.outcome, motion.proposer) == ("agreed", "Cllr Sorrel")
    assert motion.wording == RESTATED[1]


@pytest.mark.parametrize(
    "answer",
    ["That's our wording, then, clerk.", "That'll be in our report as recommendation two."],
)
def test_words_that_settle_are_known_by_what_they_mean(answer: str) -> None:
    (motion,) = motions(*ASKED, (CHAIR, answer), *NEXT)

    assert motion.outcome == "agreed"


@pytest.mark.parametrize(
    "turns",
    [
        (*ASKED, *NEXT),
        (*ASKED, (CHAIR, "Thank you, Mr Teasel, and I have Councillor Yarrow next."), *NEXT),
        (*ASKED, (CHAIR, "Could the harbour office publish its closing times every month?"), *NEXT),
        (("Mr Teasel", "The harbour office closes at four in winter."), RESTATED, *NEXT),
    ],
    ids=["nothing", "a turn", "a question", "nothing asked"],
)
def test_a_chair_who_settles_nothing_makes_no_recommendation(
    turns: tuple[tuple[str, str], ...],
) -> None:
    assert [m for m in motions(*turns) if m.outcome == "agreed"] == []


def test_nobody_settles_where_nobody_is_known_to_be_in_the_chair() -> None:
    assert motions(*ASKED, RESTATED, *NEXT, chair="") == []


@pytest.mark.parametrize(
    "put",
    [
        "So the harbour office publishes its closing times monthly are we agreed agreed",
        "so the harbour office publishes its closing times are we agreed agreed by everybody",
    ],
)
def test_what_is_put_and_answered_in_one_breath_is_settled(put: str) -> None:
    """A recogniser that hears no full stop writes both as one sentence."""
    (motion,) = motions(*ASKED, (CHAIR, put), *NEXT)

    assert (motion.outcome, motion.wording) == ("agreed", put)
