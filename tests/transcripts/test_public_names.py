"""The name of a member of the public is found where it was read out, however it was heard."""

from __future__ import annotations

import pytest

from transcripts.meeting import Person
from transcripts.public_names import spoken_public_names
from transcripts.words import Attribution, Utterance, Word

PEOPLE = (Person("Councillor Helen Penrose"), Person("Mark Bennett", kind="officer"))
ATTRIBUTIONS = (
    Attribution("V1", "Speaker 1"),
    Attribution("V2", "Member of the public 1", "public"),
)


def said(*lines: tuple[str, str]) -> list[Utterance]:
    """Utterances of a voice each."""
    return [
        Utterance(str(n), voice, tuple(Word(w, n, n + 0.5) for w in text.split()))
        for n, (voice, text) in enumerate(lines)
    ]


def test_a_name_read_out_before_a_member_of_the_public_speaks_is_found() -> None:
    """And what a captioner made of it later in the meeting."""
    spoken = said(
        (
            "V1",
            "A question from a member of the public, Mister Carter. Mister Bennett will answer.",
        ),
        ("V2", "Thank you. I walk home along the river."),
        ("V1", "Thank you, Mr Carter."),
        ("V3", "I will write to the company."),
        ("V3", "And I will send Mister Cotter a copy, and Mrs Quillan."),
    )

    assert spoken_public_names(spoken, ATTRIBUTIONS, PEOPLE) == ("carter", "cotter")


def test_recognised_speech_without_capitals_gives_the_name_too() -> None:
    """Lower case throughout, no punctuation."""
    spoken = said(("V1", "you have two minutes mr carter please begin"), ("V2", "thank you"))

    assert spoken_public_names(spoken, ATTRIBUTIONS, PEOPLE) == ("carter",)


def test_where_no_member_of_the_public_speaks_no_name_is_taken() -> None:
    """Officers and guests are addressed the same way."""
    spoken = said(("V1", "Over to Mister Carter."), ("V3", "Thank you, chair."))

    assert spoken_public_names(spoken, ATTRIBUTIONS[:1], PEOPLE) == ()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("My name is John Carter, I live in the High Street.", ("john carter",)),
        ("Good evening, chair. I'm Mary-Ann de Souza and I live in Ash.", ("mary-ann de souza",)),
        ("my name is john carter and i live in the high street", ("john carter",)),
        ("My name's Mrs Jane Quillan. Jane for short.", ("jane quillan",)),
        ("My name is John.", ()),  # no first name alone tells whose it is
        ("i'm a parent and i'm resident manager here", ()),
        ("The bins are late and our street is dark every night, and I'm Roman Catholic.", ()),
        ("My name is on the list, and my name is not important.", ()),
    ],
)
def test_a_name_by_which_they_introduce_themselves_is_found(
    words: str, names: tuple[str, ...]
) -> None:
    spoken = said(("V1", "Thank you. Please begin."), ("V2", words))

    assert spoken_public_names(spoken, ATTRIBUTIONS, PEOPLE) == names


@pytest.mark.parametrize(
    "words",
    [
        "I'm Helen Penrose, I live in Ash.",  # a councillor whose voice was taken for another's
        "My name is Helen Penros and I live in Ash.",  # as misheard
        "Good evening, I'm Councillor John Carter.",
        "I'm John Carter, ward councillor for Ash.",
        "My name is John Carter and I am the town clerk.",
        "My name is Jo Carter, one of your members for Ash.",
    ],
)
def test_no_introduction_of_somebody_in_office_is_taken(words: str) -> None:
    """Though the voice was taken for one of the public; on the roster or not."""
    spoken = said(("V1", "Thank you. Please begin."), ("V2", words))

    assert spoken_public_names(spoken, ATTRIBUTIONS, PEOPLE) == ()


def test_a_voice_that_is_not_of_the_public_is_not_asked_for_its_name() -> None:
    spoken = said(("V1", "My name is John Carter."), ("V2", "Thank you."))

    assert spoken_public_names(spoken, ATTRIBUTIONS, PEOPLE) == ()


def test_who_introduced_themselves_is_found_by_a_title_all_over_the_meeting() -> None:
    spoken = said(
        ("V2", "My name is John Carter."), ("V1", "Next."), ("V1", "Right."), ("V1", "Now."),
        ("V1", "Mr Cotter asked about the bins."),
    )  # fmt: skip

    assert spoken_public_names(spoken, ATTRIBUTIONS, PEOPLE) == ("cotter", "john carter")
