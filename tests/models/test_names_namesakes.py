"""Two of one surname, of whom the roster holds one; and surnames that only sound alike."""

from __future__ import annotations

import pytest

from models.names.surnames import another_surname
from tests.models.test_names import names
from tests.models.test_names_meant import BASE, CRANE, ROSTER
from tests.models.test_names_repair import mend
from transcripts.meeting import Person


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    ("told", "call", "answer"),
    [
        ("I'd like to welcome Councillor Sarah Crane, Cabinet Member for Housing.",
         "Over to Councillor Crane.", "We are building homes."),
        ("Councillor Sarah Crane substitutes tonight.", "Councillor Crane.", "When?"),
        ("Item four.", "Councillor Crane.", "I'm Sarah Crane, Cabinet Member for Housing."),
        ("Item four.", "Councillor Crane.", "Thank you, Chair. Councillor Sarah Crane, Abbey."),
        ("Item four.", "Councillor Crane.", "I'm not a member of this committee, but when?"),
        ("Item four.", "Councillor Crane.", "I speak as ward councillor for Abbey. When?"),
    ],
)  # fmt: skip
def test_a_visitor_is_not_the_member_of_the_same_surname(
    told: str, call: str, answer: str, plain: bool
) -> None:
    lines = (*BASE, f"V1: {told}", "V3: Hear, hear.", f"V1: {call}", f"V9: {answer}")
    thanks = "V1: Thank you, Councillor Crane."

    assert names(*lines, thanks, people=ROSTER, plain=plain).get("V9") != CRANE


@pytest.mark.parametrize(
    "said",
    ["Councillor Bob Crane is here.", "I speak as ward councillor for Hill.", "I'm Bob Crane."],
)
def test_a_short_first_name_and_the_own_ward_are_the_members_own(said: str) -> None:
    lines = (*BASE, "V1: Councillor Crane.", f"V9: {said}", "V1: Thank you, Councillor Crane.")
    told = (*BASE, f"V1: {said}", "V3: Right.", "V1: Councillor Crane.", "V9: When?")

    assert names(*(told if "here" in said else lines), people=ROSTER)["V9"] == CRANE


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    ("roster", "said"),
    [
        ("Williams", "Williamson"), ("Harris", "Harrison"), ("Hussain", "Hassan"),
        ("Shah", "Shaw"), ("Walsh", "Welsh"), ("Johnson", "Johnston"), ("Hill", "Hall"),
        ("Davis", "Davison"), ("Patel", "Patil"), ("Burton", "Barton"), ("Peters", "Peterson"),
    ],
)  # fmt: skip
def test_whoever_has_another_surname_is_not_its_neighbour_misheard(
    roster: str, said: str, plain: bool
) -> None:
    people = (*ROSTER, Person(f"Councillor Bev {roster}"))
    called = (f"V1: Councillor {said}, please.", "V9: When?", f"V1: Thank you, Councillor {said}.")
    own = ("V1: Next.", f"V9: I'm Councillor {said}. When?", "V1: Right.")
    first = ("V1: Next.", f"V9: I'm Bev {said}. When?", "V1: Right.")

    for lines in (called, own, first):
        assert "V9" not in names(*BASE, *lines, people=people, plain=plain)


@pytest.mark.parametrize("said", ["Hussein", "Husain", "Hussian"])
def test_other_spellings_and_what_is_no_surname_are_still_the_members(said: str) -> None:
    people = (*ROSTER, Person("Councillor Bev Hussain"))
    lines = (*BASE, f"V1: Councillor {said}, please.", "V9: When?")

    assert names(*lines, people=people)["V9"] == "Councillor Bev Hussain"


def test_a_surname_of_its_own_is_never_written_as_another() -> None:
    people = (Person("Councillor Mohammed Hussain"), Person("Councillor Bev Clarke"))

    assert mend("Councillor Hassan spoke.", people) == "Councillor Hassan spoke."
    assert mend("Dr Mohammed Hassan of the trust", people) == "Dr Mohammed Hassan of the trust"
    assert mend("Councillor Clark spoke.", people) == "Councillor Clarke spoke."


def test_surnames_are_others_unless_they_are_said_alike() -> None:
    assert another_surname("jenkinson", "jenkins")
    assert another_surname("moore", "morris")
    assert not another_surname("moor", "moore")
    assert not another_surname("penros", "penrose")
