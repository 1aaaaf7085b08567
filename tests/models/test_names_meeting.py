"""Names by reasoning over a whole meeting: panels, kinds of invitation, doubts, invariances."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from models.names import CueNames
from transcripts.meeting import Meeting, Person
from transcripts.words import Attribution, Utterance, Word

ROSTER = (
    Person("Councillor Asha Varley", role="Chair"),
    Person("Councillor Tom Quill"),
    Person("Councillor Ida Teasdale"),
    Person("Councillor Ben Okereke"),
    Person("Nadia Fairlamb", kind="officer"),
    Person("Owen Stride", kind="officer"),
    Person("Greta Holm", kind="officer"),
)
OPENS = "V1: Good evening, and welcome to the committee. "
ROUND = (
    OPENS + "Councillor Quill, please.",
    "V2: Thank you, Chair. How long is the pilot?",
    "V1: Thank you, Councillor Quill. Councillor Teasdale.",
    "V3: And what does it cost?",
    "V1: Thank you, Councillor Teasdale. Councillor Okereke.",
    "V4: Who pays for it?",
    "V1: Thank you, Councillor Okereke. Back to Councillor Quill.",
    "V2: Thank you.",
)


def said(lines: Sequence[str]) -> list[Utterance]:
    """Utterances from "V1: words", one word each 0.4 s."""
    spoken, at = [], 0.0
    for i, line in enumerate(lines):
        voice, text = line.split(": ", 1)
        words = []
        for part in text.split():
            words.append(Word(part, at, at + 0.3))
            at += 0.4
        spoken.append(Utterance(f"u:{i}", voice, tuple(words)))
    return spoken


def attributed(
    *lines: str, people: tuple[Person, ...] = ROSTER, chair: str = ""
) -> dict[str, Attribution]:
    meeting = Meeting(
        "m", "Aldermere", "Scrutiny", "SC", date(2026, 6, 11), people=people, chair=chair
    )
    return {a.voice: a for a in CueNames().name(meeting, said(lines))}


def names(*lines: str, people: tuple[Person, ...] = ROSTER) -> dict[str, str]:
    return {v: a.name for v, a in attributed(*lines, people=people).items() if a.name}


def test_the_only_guest_who_is_welcomed_is_the_one_who_answers() -> None:
    lines = (
        OPENS + "I am pleased to welcome Nadia Fairlamb, who is head of parks. How is the park?",
        "V2: It is open, and the gates are new.",
        "V1: And the lake?",
        "V2: The lake is full.",
    )

    assert names(*lines)["V2"] == "Nadia Fairlamb"


def test_who_is_welcomed_first_and_hands_on_to_the_other_is_the_first() -> None:
    lines = (
        OPENS + "I welcome Nadia Fairlamb, the head of parks, and Owen Stride, who runs the lake. "
        "We go straight to questions from Councillor Quill.",
        "V2: How deep is the lake?",
        "V3: Perhaps Owen can answer that.",
        "V4: Three metres.",
    )

    assert names(*lines) == {
        "V1": "Councillor Asha Varley",
        "V2": "Councillor Tom Quill",
        "V3": "Nadia Fairlamb",
        "V4": "Owen Stride",
    }


def test_of_several_guests_the_first_to_answer_is_not_named_for_that_alone() -> None:
    lines = (
        OPENS + "I welcome Nadia Fairlamb, the head of parks, and Owen Stride, who runs the lake. "
        "How is the park?",
        "V2: It is open.",
    )

    assert "V2" not in names(*lines)


def test_a_substitute_who_is_welcomed_is_no_guest() -> None:
    lines = (
        OPENS + "I welcome Ida Teasdale, who is substituting for Tom Quill. Any interests?",
        "V2: I have none to declare, and nor have the rest of us here.",
    )

    assert "V2" not in names(*lines)


@pytest.mark.parametrize(
    "line",
    [
        "There are some questions from Councillor Teasdale on the lake. Please be brief, all.",
        "Councillor Teasdale has some questions now on the lake and on what the whole thing costs.",
        "We'll start the second round with Councillor Teasdale, the member for Ferry Lane.",
    ],
)
def test_a_call_that_goes_on_after_the_name_is_a_call(line: str) -> None:
    found = names(*ROUND[:2], "V1: " + line, "V9: How deep is it?")

    assert found["V9"] == "Councillor Ida Teasdale"


@pytest.mark.parametrize(
    "line",
    [
        "Councillor Teasdale's question was answered. Any others?",
        "Just before Councillor Teasdale comes in, is there an answer?",
        "We are out of time, Councillor Teasdale. We'll go to the next item.",
    ],
)
def test_a_name_that_calls_nobody_calls_nobody(line: str) -> None:
    assert "V9" not in names(*ROUND[:2], "V1: " + line, "V9: How deep is it?")


def test_a_question_that_begins_with_a_name_is_answered_by_its_bearer() -> None:
    lines = (
        *ROUND,
        "V2: Ms Fairlamb, you said that the lake is full. Is it full in every year that we have?",
        "V5: In most.",
        "V3: Nadia Fairlamb, you spoke of gates. How many of them are there in the whole park?",
        "V5: Four.",
    )

    assert names(*lines)["V5"] == "Nadia Fairlamb"


def test_a_minister_asked_by_name_twice_is_the_one_who_answers_and_the_prime_minister_is_not() -> (
    None
):
    people = (*ROSTER, Person("Vera Lund"), Person("Karl Oster"))
    lines = (
        *ROUND,
        "V2: When will Minister Lund answer the letter?",
        "V6: It has been answered.",
        "V3: Has Minister Lund read it?",
        "V6: I have.",
        "V2: When will Prime Minister Oster answer?",
        "V7: In time.",
        "V3: Has Prime Minister Oster read it?",
        "V7: Of course.",
    )

    found = names(*lines, people=people)

    assert (found.get("V6"), found.get("V7")) == ("Vera Lund", None)


def test_a_report_heads_what_follows_an_interjection_with_the_speaker() -> None:
    line = "V9: We are proud. Some members: Hear, hear! Ms. Ida Teasdale: As I said, we are proud."

    assert names(*ROUND[:2], line)["V9"] == "Councillor Ida Teasdale"


def test_a_member_missing_from_the_roster_is_named_by_the_committees_questions() -> None:
    parliament = tuple(replace(p, name=p.name.removeprefix("Councillor ")) for p in ROSTER)
    lines = (
        *(line.replace("Councillor", "Mr.") for line in ROUND),
        "V1: The next questions are from Una Pryce.",
        "V5: How many boats?",
        "V1: Una, on boats again.",
        "V5: How many oars?",
    )

    assert names(*lines, people=parliament)["V5"] == "Una Pryce"
    assert "V5" not in names(*lines)  # councils have questions of the public, too


def test_where_the_public_asks_questions_a_name_alone_makes_no_member() -> None:
    lines = (
        *ROUND,
        "V1: We come to public questions.",
        "V2: Good.",
        "V1: The first question is from Una Pryce.",
        "V5: How many boats?",
        "V1: Una, on boats again.",
        "V5: How many oars?",
    )

    assert "V5" not in names(*lines)


def test_a_first_name_that_is_also_a_word_is_a_name_within_a_sentence() -> None:
    people = (*ROSTER, Person("Mark Dunmore"))

    found = names(*ROUND, "V1: Last questions from Mark then.", "V5: Why?", people=people)

    assert found["V5"] == "Mark Dunmore"


def test_a_surname_that_begins_small_is_found_after_a_title() -> None:
    people = (*ROSTER, Person("Luc d'Averne"))

    found = names(*ROUND, "V1: We'll go to Mr. d'Averne.", "V5: Why?", people=people)

    assert found["V5"] == "Luc d'Averne"


def test_two_people_in_one_voice_are_noticed_and_neither_is_named() -> None:
    lines = (
        OPENS + "Councillor Quill.",
        "V2: Thank you, Chair. How long is the pilot to be, and in which of the wards?",
        "V1: Councillor Teasdale.",
        "V2: What does it cost, and who is going to pay for all of it in the end?",
        "V1: Councillor Quill again.",
        "V2: And when does it end, if it ever does?",
    )

    found = attributed(*lines)["V2"]

    assert (found.name, found.label) == ("", "Speaker 2")
    quotes = " ".join(r.quote for r in found.reasons)
    assert "Quill" in quotes and "Teasdale" in quotes  # noqa: PT018


def test_a_voice_that_leads_and_thanks_the_chair_is_two_people() -> None:
    lines = (*ROUND, "V1: Thank you, Chair. May I speak?")

    found = attributed(*lines)["V1"]

    assert not found.name
    assert found.reasons == () or "chair" in found.reasons[0].rule


def test_a_voice_that_speaks_of_its_own_name_is_not_given_it() -> None:
    lines = (*ROUND, "V2: I agree with Councillor Quill on that.")

    found = attributed(*lines)["V2"]

    assert (found.name, found.reasons[0].rule) == ("", "says its own name as another's")


def test_one_stray_turn_does_not_name_a_voice_that_speaks_all_evening() -> None:
    answers = [
        line
        for i in range(12)
        for line in (f"V2: And item {i}?", "V8: " + "it is as it was in the year before " * 4)
    ]
    lines = (*ROUND, *answers, *answers, "V1: Ms. Holm.", "V8: Yes.", "V1: Good.")

    found = attributed(*lines)["V8"]

    assert not found.name
    assert "explains too little" in found.reasons[0].rule


def test_names_do_not_depend_on_the_order_of_the_roster_or_on_what_voices_are_called() -> None:
    lines = (
        *ROUND,
        "V1: I welcome Nadia Fairlamb, the head of parks, and Owen Stride, who runs the lake.",
        "V5: Perhaps Owen can begin.",
        "V6: Gladly.",
    )
    expected = names(*lines)
    for seed in range(20):
        chance = random.Random(seed)
        people = tuple(chance.sample(ROSTER, len(ROSTER)))
        labels = dict(zip("123456", chance.sample("ABCDEF", 6), strict=True))
        renamed = [re.sub(r"^V(\d)", lambda m, of=labels: "W" + of[m[1]], line) for line in lines]

        found = names(*renamed, people=people)

        assert found == {"W" + labels[v[1]]: n for v, n in expected.items()}


def test_whatever_the_turns_a_name_has_reasons_and_one_that_speaks_for_it() -> None:
    lines = [*ROUND, "V5: Perhaps Owen can begin.", "V6: Nadia, is it open?", "V5: Thank you, Ida."]
    for seed in range(40):
        chance = random.Random(seed)
        shuffled = chance.sample(lines, len(lines))
        for found in attributed(*shuffled).values():
            assert not found.name or any(r.weight > 0 for r in found.reasons)
