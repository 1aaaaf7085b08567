"""Who is called and who answers: a name at the end of a turn may call nobody."""

from __future__ import annotations

import pytest

from tests.models.test_names import names
from tests.models.test_names_meant import BASE, CRANE, ROSTER
from transcripts.meeting import Person


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "I had an email from Councillor Crane.",
        "The motion was proposed by Councillor Crane.",
        "That's a point that was raised earlier by Councillor Crane.",
        "I will write to Councillor Crane.",
        "Before we start I should like to congratulate Councillor Crane.",
        "Our thoughts are with Councillor Crane.",
        "This is in the ward of Councillor Crane.",
        "We are still waiting for Councillor Crane.",
        "I have a declaration of interest from Councillor Crane.",
        "We have now received the apologies of Councillor Crane.",
        "Is there anyone to speak in the absence of Councillor Crane?",
        "I'll come back to you after Councillor Crane.",
        "As we heard in the words of Councillor Crane, please do not give up.",
        "There is a written question from Councillor Crane, which the clerk will read.",
    ],
)
def test_who_is_only_spoken_of_is_not_called(line: str, plain: bool) -> None:
    lines = (*BASE, f"V1: {line}", "V9: And what about the bins?")

    assert "V9" not in names(*lines, people=ROSTER, plain=plain)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "Councillor Crane.",
        "Right, next we have Councillor Crane.",
        "We'll return to Councillor Crane.",
        "We've got some questions now on the new bins from Councillor Crane.",
        "That is noted, and the next question comes from Councillor Crane.",
        "That concludes the item. Councillor Crane, please.",
    ],
)
def test_who_is_called_is_named(line: str, plain: bool) -> None:
    lines = (*BASE, f"V1: {line}", "V9: And what about the bins?")

    assert names(*lines, people=ROSTER, plain=plain).get("V9") == CRANE


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ("Councillor Crane, please.", "He's had to leave, Chair."),
        ("Councillor Crane?", "Apologies, he is away."),
        ("Councillor Crane?", "Not here."),
        ("Councillor Crane?", "Absent."),
        ("Councillor Crane.", "No, I'm fine, he has left the room."),
        ("Councillor Crane, please.", "I'm the substitute for Robert tonight. When?"),
        ("Councillor Crane, please.", "I'm covering for Robert Crane tonight. When?"),
        ("Councillor Crane, then Councillor Smith.", "Sorry, Chair, point of order, it is late."),
        ("We now have a question from Councillor Crane.", "I'll read it out on her behalf. When?"),
    ],
)
def test_who_answers_for_another_is_not_the_other(call: str, answer: str, plain: bool) -> None:
    lines = (*BASE, f"V1: {call}", f"V9: {answer}", "V1: Right.")

    assert "V9" not in names(*lines, people=ROSTER, plain=plain)


@pytest.mark.parametrize(
    "answer",
    [
        "Mr Chair, I'll be sharing my time. When will the bins be emptied?",
        "On a point of order, Chair, nobody can hear me.",
        "Thank you. She makes a good point about bins.",
        "Apologies, Chair, I was on mute. When?",
    ],
)
def test_who_answers_for_themselves_is_named(answer: str) -> None:
    lines = (*BASE, "V1: Councillor Crane, please.", f"V9: {answer}", "V1: Right.")

    assert names(*lines, people=ROSTER)["V9"] == CRANE


@pytest.mark.parametrize(
    "line",
    [
        "I have a friend in the ward, Robert, who has had no bin for weeks. Why is that so?",
        "I had a call from a resident, Mary Smith, about bins. What do I say?",
        "I wonder if Robert Crane could say the same of his ward as I do. Why is that so?",
        "Perhaps Robert would have said it better. Why is that so?",
    ],
)
def test_a_name_within_a_members_question_is_not_who_answers(line: str) -> None:
    lines = (*BASE, f"V3: {line}", "V9: The lorry broke down on the Tuesday.", "V1: Right.")

    assert "V9" not in names(*lines, people=ROSTER)


@pytest.mark.parametrize(
    ("welcome", "answer"),
    [
        ("I welcome Robert Crane, who is back from hospital. Item one is bins.", "It is as read."),
        ("I welcome Robert Crane, our newest member. Item one is bins.", "It is as read."),
        ("I welcome Nadia Fairlamb, Director of Safety. Who is presenting?", "I will, Chair."),
        ("I welcome Nadia Fairlamb, Director of Safety.", "I am her deputy and will present."),
        ("I declare that Councillor Crane has been elected chair.", "Congratulations to him."),
    ],
)
def test_who_is_welcomed_or_elected_need_not_be_who_speaks_next(welcome: str, answer: str) -> None:
    opens = "V1: Good evening, everyone, and welcome to the committee. "

    assert "V9" not in names(opens + welcome, f"V9: {answer}", "V1: Right.", people=ROSTER)


def round_of(opening: str, first: str = "Crane", people: tuple[Person, ...] = ROSTER) -> str:
    """Who the one is taken for who opens so and calls three members."""
    lines = (
        f"V1: Good evening, everyone, and welcome to the committee. {opening}",
        f"V1: Councillor {first}, please.",
        "V9: Thank you, Chair. How long?",
        "V1: Thank you. Councillor Teasdale.",
        "V3: What cost?",
        "V1: Thank you. Councillor Okereke.",
        "V4: Who pays?",
        "V1: Right.",
    )
    return names(*lines, people=people).get("V1", "")


def test_a_vice_chair_may_open_and_lead() -> None:
    assert round_of("As vice-chair I welcome you all.") == ""
    assert round_of("I shall be chairing tonight.") == ""
    assert round_of("") == ""


def test_the_chair_leads_where_the_vice_chair_is_another_or_there_is_none() -> None:
    alone = tuple(p for p in ROSTER if p.role != "Vice-Chair")

    assert round_of("", first="Quill") == "Councillor Asha Varley"
    assert round_of("", people=alone) == "Councillor Asha Varley"


def test_who_comes_late_does_not_lose_a_shared_surname_to_another() -> None:
    people = (*ROSTER, Person("Councillor John Smith"))
    opens = "V1: Good evening, everyone, and welcome to the committee. "
    lines = (
        opens + "Apologies from Councillor Mary Smith. She will be late. Councillor Quill, please.",
        *BASE[1:],
        "V1: I see Mary has joined us. Councillor Smith.",
        "V9: Sorry I'm late, what about the bins?",
        "V1: Thank you, Councillor Smith.",
    )

    assert "V9" not in names(*lines, people=people)


def test_a_log_read_out_does_not_name_its_reader() -> None:
    line = "V9: I read the log. Robert Crane: I do not agree. Mary Smith: I agree with him."

    assert "V9" not in names(*BASE, line, "V1: Right.", people=ROSTER)


@pytest.mark.parametrize(
    "line",
    [
        "The next question is from Una Pryce.",
        "Welcome to Una Pryce, leader of the Save Our Park campaign. Una Pryce, please.",
        "A question from Una Pryce, secretary of the tenants' association.",
    ],
)
def test_whom_no_roster_holds_is_withheld_in_a_council(line: str) -> None:
    lines = (*BASE, f"V1: {line}", "V9: Why is it dark?", "V1: Thank you, Una Pryce.")

    assert "V9" not in names(*lines, people=ROSTER)
