"""Misheard names are written as the roster has them; no word is added, lost or moved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.names.repair import Repairs
from transcripts.meeting import Meeting, Person
from transcripts.words import Utterance, Word

ROSTER = (
    Person("Councillor Helen Penrose", "Chair"),
    Person("Councillor Joan Fletcher"),
    Person("Councillor David Fletcher"),
    Person("Councillor Sanjay Malik"),
    Person("Councillor Jon Fletcher"),
    Person("Mark Bennett", "Director of Housing", "officer"),
    Person("Ann Marsh", "", "officer"),
    Person("Ann March", "", "officer"),
    Person("Tom Petty", "", "public"),
)


def said(text: str) -> Utterance:
    words = [Word(w, i * 0.4, i * 0.4 + 0.4, 0.9) for i, w in enumerate(text.split())]
    return Utterance("u1", "V1", tuple(words))


def mend(text: str, people: tuple[Person, ...] = ROSTER) -> str:
    meeting = Meeting("m", "Aldermere", "Scrutiny", "SC", date(2026, 6, 11), people=people)
    (utterance,), _ = Repairs(meeting).mend([said(text)])
    return utterance.text


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("thank you councillor fletchar for that", "thank you councillor fletcher for that"),
        ("Thank you, Councillor Mallik.", "Thank you, Councillor Malik."),
        ("Over to Councillor Malick's report.", "Over to Councillor Malik's report."),
        ("my name is helen penros and", "my name is helen penrose and"),
        ("Mr Benett, please.", "Mr Bennett, please."),
    ],
)
def test_a_name_that_sounds_like_one_of_the_roster_is_spelt_like_it(
    heard: str, written: str
) -> None:
    assert mend(heard) == written


@pytest.mark.parametrize(
    "text",
    [
        "the fletchar of arrows was here",  # no title, no first name
        "mrs marche has the figures",  # Marsh and March sound as near
        "mr pettie asked about the bins",  # a member of the public
        "councillor fletcher and councillor malik",  # as they should be
        "thank you councillor for the mallet",
        "the minister may reply in march",
        "councillor smith is not on our list",
        "Mrs Mallik, a resident, asked.",  # a councillor is not called so here
        "ms fletchar from the trust",
        "Dr Mallik from the hospital",
        "thank you dave bennett and, later, Vicky Marsh",
        "councillor jack fletcher",
        "the question is from jone fletcher",  # of two first names, that nobody has
    ],
)
def test_where_it_is_not_certain_nothing_is_changed(text: str) -> None:
    assert mend(text) == text


def test_where_members_are_called_mr_they_are_mended_so() -> None:
    people = (Person("Sanjay Malik"), Person("Olive Odell"))

    assert mend("Mr Mallik, please.", people) == "Mr Malik, please."
    assert mend("Councillor Odell asks Mr Mallik.", people) == "Councillor Odell asks Mr Mallik."


def test_what_was_heard_is_kept_with_the_word_and_the_repair_says_why() -> None:
    meeting = Meeting("m", "A", "S", "SC", date(2026, 6, 11), people=ROSTER)

    (utterance,), (repair,) = Repairs(meeting).mend([said("thank you Councillor Mallik, next")])

    word = utterance.words[3]
    assert (word.text, word.heard) == ("Malik,", "Mallik,")
    assert (repair.heard, repair.written, repair.because) == (
        "Mallik,",
        "Malik,",
        "after 'councillor'",
    )
    assert repair.score >= 1.0
    assert repair.start_s == word.start_s


WORDS = "councillor mr thank you fletchar mallik, Penros helen joan the of bennet's sanjay marche"


@given(
    st.lists(
        st.sampled_from(WORDS.split())
        | st.text(min_size=1, max_size=6).filter(lambda t: t.split() == [t]),
        min_size=1,
        max_size=30,
    )
)
def test_count_in_is_count_out_and_no_word_moves(words: list[str]) -> None:
    utterance = said(" ".join(words))
    meeting = Meeting("m", "A", "S", "SC", date(2026, 6, 11), people=ROSTER)

    (mended,), repairs = Repairs(meeting).mend([utterance])

    assert [(w.start_s, w.end_s) for w in mended.words] == [
        (w.start_s, w.end_s) for w in utterance.words
    ]
    assert [w.heard or w.text for w in mended.words] == [w.text for w in utterance.words]
    assert len(repairs) == sum(bool(w.heard) for w in mended.words)


def test_mending_twice_changes_nothing_more() -> None:
    once = mend("thank you councillor fletchar and helen penros")

    assert mend(once) == once


def test_a_first_name_that_is_a_surname_too_is_mended_beside_the_surname() -> None:
    people = (Person("Councillor Joan Fletcher"), Person("Councillor Asha Varley"))

    assert mend("hi I'm John Fletcher from Station ward", people).startswith("hi I'm Joan Fletcher")
