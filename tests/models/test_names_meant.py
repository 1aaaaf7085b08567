"""Who is meant by a name: residents, officers and councillors may share it."""

from __future__ import annotations

import pytest

from tests.models.test_names import names
from transcripts.meeting import Person

CRANE = "Councillor Robert Crane"
ROSTER = (
    Person("Councillor Asha Varley", role="Chair"),
    Person("Councillor Tom Quill", role="Vice-Chair", ward="Abbey"),
    Person("Councillor Ida Teasdale"),
    Person("Councillor Ben Okereke"),
    Person("Councillor Robert Crane", ward="Hill"),
    Person("Councillor Mary Smith"),
    Person("Nadia Fairlamb", kind="officer"),
)
BASE = (
    "V1: Good evening, everyone, and welcome to the committee. Councillor Quill, please.",
    "V2: Thank you, Chair. How long is the pilot going to be?",
    "V1: Thank you, Councillor Quill. Councillor Teasdale.",
    "V3: And what does it cost in all?",
    "V1: Thank you, Councillor Teasdale. Councillor Okereke.",
    "V4: Who pays for it, then?",
    "V1: Thank you, Councillor Okereke.",
)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    ("call", "answer", "thanks"),
    [
        ("We have a question from a resident. Mrs Crane, you have three minutes.",
         "Thank you. The noise is dreadful.", "Thank you, Mrs Crane."),
        ("Item four. Mrs Crane, please.", "The noise is dreadful.", "Thank you, Mrs Crane."),
        ("Public questions. Mr David Crane, please.", "My son fell.", "Thank you, Mr Crane."),
        ("Sarah Crane has asked to speak. Sarah, please.", "It is dark.", "Thank you, Sarah."),
        ("Item four. Robert, you have three minutes.", "It is dark.", "Thank you, Robert."),
        ("Mary from highways, please.", "The road is closed.", "Thank you, Mary."),
        ("Ben is here from highways. Ben, please.", "The road is closed.", "Thank you, Ben."),
        ("Ms Crane from housing, please.", "The list is long.", "Thank you, Ms Crane."),
        ("Dr Crane, please.", "The wards are full.", "Thank you, Dr Crane."),
        ("A member of the public, Robert Crane, please.", "It is dark.", "Thank you."),
        ("Our next public speaker, please.", "My name is Robert Crane and it is dark.", "Right."),
        ("Next.", "My name is Robert Crane and I live on Ferry Lane.", "Right."),
        ("Next.", "I am Robert Crane, from the Hill residents' association.", "Right."),
        ("Next.", "I'm Mrs Crane, and I have a question.", "Right."),
        ("Next.", "Good evening. My name is Roberta Crane.", "Right."),
    ],
)  # fmt: skip
def test_who_shares_a_councillors_name_is_not_given_it(
    call: str, answer: str, thanks: str, plain: bool
) -> None:
    lines = (*BASE, f"V1: {call}", f"V9: {answer}", f"V1: {thanks}")

    assert "V9" not in names(*lines, people=ROSTER, plain=plain)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    ("call", "answer", "name"),
    [
        ("Councillor Crane, please.", "I have lived in Hill all my life.", CRANE),
        ("That was the last of the public questions. Next, Councillor Crane.", "When?", CRANE),
        ("Councillor Dr Crane, please.", "When?", CRANE),
        ("Robert Crane, please.", "When?", CRANE),
        ("Ms Fairlamb, please.", "It is open.", "Nadia Fairlamb"),
        ("Nadia from housing, please.", "It is open.", "Nadia Fairlamb"),
        ("Robert, please.", "When?", CRANE),
    ],
)  # fmt: skip
def test_who_is_meant_keeps_the_name(call: str, answer: str, name: str, plain: bool) -> None:
    lines = (*BASE, f"V1: {call}", f"V9: {answer}")

    assert names(*lines, people=ROSTER, plain=plain).get("V9") == name


def test_a_resident_is_one_of_the_public_and_the_councillor_of_that_name_is_named() -> None:
    lines = (
        *BASE,
        "V1: The question is from a resident, Mrs Crane, please.",
        "V9: I am a tenant and my flat is damp.",
        "V1: Thank you, Mrs Crane. Councillor Crane.",
        "V6: I share this concern about damp flats.",
    )
    found = names(*lines, people=ROSTER)

    assert found["V6"] == CRANE
    assert "V9" not in found


def test_an_officer_is_not_confused_with_a_councillor_of_the_same_surname() -> None:
    people = (*ROSTER, Person("Paula Crane", kind="officer"))
    lines = (*BASE, "V1: Ms Crane, please.", "V9: The list is long.")

    assert names(*lines, people=people)["V9"] == "Paula Crane"


def test_where_members_have_no_title_of_their_own_mr_is_theirs() -> None:
    people = tuple(Person(n) for n in ("Ann Rudge", "Guy Pell"))
    lines = ("V1: I call this meeting to order. Ms. Rudge.", "V2: The councillor told me so.")

    assert names(*lines, people=people)["V2"] == "Ann Rudge"
