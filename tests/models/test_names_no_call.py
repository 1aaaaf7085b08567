"""Names that call nobody, answers of somebody else, and words that somebody reads out."""

from __future__ import annotations

import pytest

from tests.models.test_names import names
from tests.models.test_names_meant import BASE, CRANE, ROSTER
from transcripts.meeting import Person

ANSWER = "The lorry broke, since it is old."


@pytest.mark.parametrize(
    "line",
    [
        "That's a very good question, Councillor Crane.",
        "That's noted, Councillor Crane.",
        "Yes, I take your point, Councillor Crane.",
        "Sit down, Councillor Crane.",
        "No, Councillor Crane.",
        "Okay, Councillor Crane.",
        "Hold on, Councillor Crane.",
        "Nice to see you, Councillor Crane.",
        "Councillor Crane, please don't interrupt.",
        "Seconder? Councillor Crane.",
        "Before we start, a warm welcome to our newest member, Councillor Crane.",
        "And the gentleman sitting next to Councillor Crane.",
        "I'll come to Councillor Crane in a moment, but first the answer to that.",
    ],
)
def test_who_is_praised_hushed_or_spoken_of_is_not_called(line: str) -> None:
    lines = (*BASE, f"V1: {line}", f"V9: {ANSWER}", "V1: Right.")

    assert "V9" not in names(*lines, people=ROSTER)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "Question two, from Councillor Crane to the Leader.",
        "So that was a question from Councillor Crane. Over to officers.",
        "Can you take the question from Councillor Crane?",
        "There's a question in the chat from Councillor Crane.",
        "I've a question from Councillor Crane, who couldn't be here: why did it break?",
    ],
)
def test_a_question_told_with_its_asker_is_not_answered_by_them(line: str, plain: bool) -> None:
    lines = (*BASE, f"V1: {line}", f"V9: {ANSWER}", "V1: Right.")

    assert "V9" not in names(*lines, people=ROSTER, plain=plain)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    ("answer", "after"),
    [
        ("You're on mute.", "Try again."),
        ("I think we've lost him.", "OK."),
        ("Recording in progress.", "Right."),
        ("I had my hand up first actually.", "Right."),
        ("Rubbish! Resign!", "Quiet in the public gallery, please."),
        ("What a day!", "Quiet in the public gallery, please."),
        ("It's Councillor Smith, Chair. When?", "Right."),
        ("When does it open?", "I'm so sorry."),
        ("All those in favour? That's seven.", "Carried."),
        ("Yes, he's coming.", "Right."),
        ("I thank the member for the question. We build.", "Right."),
    ],
)
def test_who_answers_so_is_not_the_one_who_was_called(answer: str, after: str, plain: bool) -> None:
    call = "Question two is from Councillor Crane." if "thank" in answer else "Councillor Crane."
    lines = (*BASE, f"V1: {call}", f"V9: {answer}", f"V1: {after}")

    assert "V9" not in names(*lines, people=ROSTER, plain=plain)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("Can you give us the written statement from the member who can't be here?",
         "Certainly, Chair. I am Councillor Robert Crane, ward member for Hill. I object."),
        ("We have had a letter from Councillor Crane.", "My name is Robert Crane and I object."),
        ("Item two.", "Residents phone up and say, hello, my name is Mary Smith."),
    ],
)  # fmt: skip
def test_whoever_reads_out_words_of_another_is_not_their_author(
    before: str, line: str, plain: bool
) -> None:
    lines = (*BASE, f"V1: {before}", f"V9: {line}", "V1: Right.")

    assert "V9" not in names(*lines, people=ROSTER, plain=plain)


def test_thanks_to_somebody_at_home_are_not_to_whoever_spoke() -> None:
    lines = (
        *BASE, "V9: That is the report.", "V1: Thank you, Councillor Crane, who led the review.",
        "V9: Indeed.", "V1: Thank you, Councillor Crane, if you are watching at home.",
    )  # fmt: skip

    assert "V9" not in names(*lines, people=ROSTER)


@pytest.mark.parametrize("plain", [False, True])
def test_an_officer_called_by_first_name_is_not_the_councillor_of_that_name(plain: bool) -> None:
    lines = (*BASE, "V1: Tom, can you pick that up?", f"V9: {ANSWER}", "V1: Thank you, Tom.")
    found = names(*lines, people=ROSTER, plain=plain)

    assert found["V2"] == "Councillor Tom Quill"
    assert "V9" not in found


def test_a_councillor_called_by_title_keeps_what_the_first_name_adds() -> None:
    lines = (*BASE, "V1: Councillor Crane.", "V9: When?", "V1: Thank you, Robert.")

    assert names(*lines, people=ROSTER)["V9"] == CRANE


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    "told", ["We welcome the leader of Broadmoor Council.", "Item four, please."]
)
def test_an_office_alone_is_not_the_one_of_the_roster(told: str, plain: bool) -> None:
    people = (*ROSTER, Person("Councillor Imran Hussain", role="Leader"))
    lines = (
        *BASE, f"V1: {told}", "V9: Beds are late.", "V1: Thank you, Leader.",
        "V9: Wards are late.", "V1: Thank you, Leader.",
    )  # fmt: skip

    assert "V9" not in names(*lines, people=people, plain=plain)


def test_the_leader_of_a_group_is_not_the_leader_of_the_council() -> None:
    people = (*ROSTER, Person("Councillor Imran Hussain", role="Leader"))
    own = "V9: I am the Leader of the Green group."

    assert "V9" not in names(*BASE, "V1: Next.", own, "V1: Thank you, Leader.", people=people)


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ("The objector is Robert Crane. You have three minutes.", "It is too high."),
        ("I'll ask Mary Smith from highways to come in.", ANSWER),
        ("Officers, who are you?", "I'm Robert Crane from finance."),
        ("Lady Crane, please.", "The church is cold."),
    ],
)
def test_namesakes_from_elsewhere_are_not_the_councillors(call: str, answer: str) -> None:
    assert "V9" not in names(*BASE, f"V1: {call}", f"V9: {answer}", "V1: Right.", people=ROSTER)


def test_young_people_are_not_shown_for_their_office() -> None:
    call = "V1: Over to Una Pryce, chair of the youth council."
    lines = (*BASE, call, "V9: We want safer buses.", "V1: Thank you, Una.")

    assert "V9" not in names(*lines, people=ROSTER)


@pytest.mark.parametrize(
    "told",
    [
        "This is being webcast. I'll pass you over to the chair.",
        "The chair is running late so I will start.",
        "First, apologies from the Chair.",
    ],
)
def test_who_opens_for_the_chair_is_not_the_chair(told: str) -> None:
    assert "V1" not in names(*opened(told), people=WITHOUT_VICE)


def test_a_chair_who_tells_how_to_reach_the_chair_is_the_chair() -> None:
    told = "Raise the hand function to indicate to the Chair that you wish to speak."

    assert names(*opened(told), people=WITHOUT_VICE)["V1"] == "Councillor Asha Varley"


def test_who_speaks_after_a_letter_is_promised_for_later_is_not_reading_it() -> None:
    lines = (
        "V1: Good evening, everyone, and welcome to the committee.",
        "V3: Mr Hartley cannot be with us. He has sent a letter, and I will read from it later.",
        "V9: Good evening. My name is Robert Crane, from Hill ward.",
        "V1: Thank you, Councillor Crane.",
    )

    assert names(*lines, people=ROSTER)["V9"] == "Councillor Robert Crane"


def test_a_member_may_be_from_the_ward_whose_last_word_was_misheard() -> None:
    lines = (
        *BASE,
        "V1: Next, please.",
        "V9: Hi, I'm Robert Crane from the Hill large.",
        "V1: Yes.",
    )

    assert names(*lines, people=ROSTER)["V9"] == "Councillor Robert Crane"


WITHOUT_VICE = tuple(p for p in ROSTER if p.role != "Vice-Chair")


def opened(told: str) -> tuple[str, ...]:
    return (
        f"V1: Good evening, everyone, and welcome to the committee. {told} Councillor Teasdale.",
        "V3: What does it cost?", "V1: Thank you. Councillor Okereke.", "V4: Who pays?",
        "V1: Thank you. Councillor Smith.", "V6: When?", "V1: Right.",
    )  # fmt: skip
