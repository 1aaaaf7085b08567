"""Who says their own name, and who says that of another."""

from __future__ import annotations

import pytest

from tests.models.test_names import names
from tests.models.test_names_meant import BASE, ROSTER

CRANE = "Councillor Robert Crane"


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "There was a lady in our street, her name is Mary Smith, and she has no bin.",
        "The applicant's name is Robert Crane and the site is on Mill Lane.",
        "He came to my door and said I am Robert Crane, vote for me.",
        "I read a letter from a resident. My name is Mary Smith and I'm 82 years old.",
        "This is Robert Crane's motion and I support it.",
        "This is Robert Crane on my left and I am his deputy.",
        "Good evening. I'm Ida Teasdale's agent and I speak about bins.",
        "You are as unhappy as I am, Councillor Crane. The bins are full.",
        "Whoever thinks I am Robert Crane is wrong.",
        "Thank you, Councillor Crane. From Hill we hear of bins.",
        "Thank you, Councillor Crane, here is my answer. The bins are full.",
        "Good evening. Robert Crane, Hill ward, told me about the bins.",
        "Robert Crane here has a question, Chair, can you take him?",
        "Good evening, Chair. Robert Crane, the member for Hill, asked me to speak for him.",
        "Robert Crane, I think.",
        "Roberta Crane, from the parish council.",
    ],
)
def test_who_says_the_name_of_another_is_not_given_it(line: str, plain: bool) -> None:
    assert "V9" not in names(*BASE, f"V9: {line}", "V1: Right.", people=ROSTER, plain=plain)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Whom do you nominate?", "Robert Crane."),
        ("Who seconds that?", "Yes, Robert Crane."),
        ("And who voted against?", "Robert Crane and Mary Smith."),
    ],
)
def test_a_name_in_answer_to_who_is_not_the_speakers(question: str, answer: str) -> None:
    found = names(*BASE, f"V1: {question}", f"V9: {answer}", "V1: Right.", people=ROSTER)

    assert "V9" not in found


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "My name is Robert Crane.",
        "Good evening, everyone, I'm Robert Crane.",
        "This is Robert Crane. I have one question.",
        "Thank you, Chair. Robert Crane, Hill ward. I have one question.",
        "Robert Crane, the member for Hill. I was there and would say it again.",
        "For the minutes, my name is Councillor Crane.",
    ],
)
def test_who_says_their_own_name_has_it(line: str, plain: bool) -> None:
    found = names(*BASE, "V1: Next.", f"V9: {line}", "V1: Right.", people=ROSTER, plain=plain)

    assert found.get("V9") == CRANE


def test_a_name_alone_is_the_answer_to_who_is_speaking() -> None:
    lines = (*BASE, "V1: Who is that? Your name, for the record?", "V9: Robert Crane.", "V1: Good.")

    assert names(*lines, people=ROSTER)["V9"] == CRANE
