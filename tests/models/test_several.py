"""Several proposals settled at once are several recommendations; one put twice is one."""

from __future__ import annotations

from datetime import date

import pytest

from models.findings.finder import SentenceFindings
from models.findings.several import SEVERAL
from models.vectors import MiniLM
from transcripts.motion import Motion
from transcripts.words import Sentence

CHAIR = "Cllr Quill"
PROPOSED = (
    ("Cllr Sorrel", "I'd recommend that the harbour office publish its closing times every month."),
    ("Cllr Yarrow", "And I recommend that the Council mend the railings on the east pier."),
)


def motions(*turns: tuple[str, str]) -> list[Motion]:
    said = [
        Sentence(f"s{i}", f"u{i}", who, text, i * 10.0, i * 10.0 + 9, "2")
        for i, (who, text) in enumerate(turns)
    ]
    vectors = MiniLM().encode([s.text for s in said])
    finder = SentenceFindings(date(2026, 6, 11))
    return finder.understand("ab" * 32, said, vectors, chair=CHAIR).motions


def test_two_proposals_that_the_chair_names_are_two_recommendations() -> None:
    made = motions(
        *PROPOSED,
        (CHAIR, "The closing times published, and the railings mended, are those agreed?"),
        (CHAIR, "Agreed."),
    )

    assert [(m.proposer, m.outcome) for m in made] == [
        ("Cllr Sorrel", "agreed"),
        ("Cllr Yarrow", "agreed"),
    ]


def test_each_of_several_keeps_its_own_words_day_and_identity() -> None:
    made = motions(
        ("Cllr Sorrel", "I'd recommend that the harbour office publish its closing times."),
        ("Cllr Yarrow", "And I recommend that the Council mend the railings by the end of August."),
        (CHAIR, "The closing times, and the railings by the end of August, are those agreed?"),
        (CHAIR, "Agreed."),
    )

    assert [(m.due, "railings" in m.wording) for m in made] == [("", False), ("2026-08-31", True)]
    assert len({m.id for m in made}) == len({m.finding_id for m in made}) == 2


def test_two_proposals_carried_without_being_named_are_two() -> None:
    made = motions(*PROPOSED, (CHAIR, "All in favour?"), (CHAIR, "Carried, the pair."))

    assert sorted(m.proposer for m in made) == ["Cllr Sorrel", "Cllr Yarrow"]


def test_one_proposal_that_is_worded_again_stays_one() -> None:
    made = motions(
        PROPOSED[0],
        ("Cllr Yarrow", "I recommend that the harbour office publish them every week."),
        (CHAIR, "The harbour office to publish its closing times every week. Is that agreed?"),
        (CHAIR, "Agreed."),
    )

    assert len(made) == 1


@pytest.mark.parametrize(
    "text",
    ["Both of those go forward.", "Carried, all three.", "Are those agreed?", "Both agreed."],
)
def test_a_chair_says_that_there_are_several(text: str) -> None:
    assert SEVERAL.search(text)


@pytest.mark.parametrize(
    "text", ["It is to be signed by both sides.", "Those in favour?", "Three gangs to the lanes."]
)
def test_a_number_of_something_else_makes_no_several(text: str) -> None:
    assert not SEVERAL.search(text)
