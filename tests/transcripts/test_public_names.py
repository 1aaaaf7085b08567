"""The name of a member of the public is found where it was read out, however it was heard."""

from __future__ import annotations

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
