"""Whose names go to no language model, as they are said."""

from __future__ import annotations

import pytest

from models.reader.private import PrivateNames, joined, private_names
from transcripts.meeting import Person
from transcripts.words import Attribution, Reason, Utterance, Word

PEOPLE = (Person("Helen Penrose"), Person("Omar Reid", kind="officer"))
CHAIR = Attribution("V2", "Helen Penrose", "named", "Helen Penrose", 1.0, (Reason("x", "", 0, 1),))


def heard(*said: str, voice: str = "V1") -> PrivateNames:
    words = [tuple(Word(w, 0.0, 1.0) for w in text.split()) for text in said]
    spoken = [Utterance(f"u{n}", voice, w) for n, w in enumerate(words)]
    return private_names(spoken, [CHAIR], PEOPLE)


def sent(text: str) -> str:
    """A line as its own names leave it."""
    for start, end in reversed(joined(heard(text).spans(text))):
        text = f"{text[:start]}(X){text[end:]}"
    return text


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Mr John Carter, you have two minutes.", "Mr (X), you have two minutes."),
        ("My name is Mary Anne Carter.", "My name is (X)."),
        ("my name's mary carter and i live here", "my name's (X) and i live here"),
        ("My name is Priya, and I live here.", "My name is (X), and I live here."),
        ("my name is priya and i live here", "my name is (X) and i live here"),
        ("I'm called Dr. John O’Neill.", "I'm called Dr. (X)."),
        ("i'm jane carter from fore street", "i'm (X) from fore street"),
        ("I am Jane van den Berg of Fore Street.", "I am (X) of Fore Street."),
        ("I’m Mrs Jane Carter-Hale.", "I’m Mrs (X)."),
        ("Mrs de Souza is next.", "Mrs (X) is next."),
        ("mrs de souza is next", "mrs (X) is next"),
        ("Dr. van der Berg's letter", "Dr. (X)'s letter"),
        ("MR JOHN CARTER, YOU HAVE TWO MINUTES.", "MR (X), YOU HAVE TWO MINUTES."),
        ("mr john carter you have two minutes", "mr (X) you have two minutes"),
        ("Mr J. P. Carter wrote to Ms Le.", "Mr (X) wrote to Ms (X)."),
        ("Mr and Mrs Carter asked about damp.", "Mr and Mrs (X) asked about damp."),
    ],
)
def test_the_whole_name_after_a_title_or_an_introduction_is_hidden(said: str, left: str) -> None:
    assert sent(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "My name is on the list.",
        "i'm really worried about the damp",
        "I'm sorry, Chair, and I am not sure who was told.",
        "i am sure members know that i'm going to ask",
        "I'm Priya's neighbour.",
        "Thank you, Mr Chair, and Madam Deputy Mayor.",
        "Mr Reid and Mr Omar Reid, of the council.",
        "We miss the bus.",
    ],
)
def test_other_words_and_those_on_the_roster_are_left(said: str) -> None:
    assert sent(said) == said


def test_each_word_of_a_name_is_known_by_itself_without_particles_and_initials() -> None:
    names = heard("Mr J. Carter, then Mrs Anna de Souza. My name is Priya.")

    assert names.words == {"carter", "anna", "souza", "priya"}
    assert names.whole == {"j. carter", "anna de souza"}


def test_a_voice_that_the_roster_names_may_say_its_name() -> None:
    assert heard("My name is Helen Penrose and I chair this.", voice="V2").words == set()
