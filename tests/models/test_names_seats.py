"""A seat log names voices strongly, and is not believed against what somebody says at the seat."""

from __future__ import annotations

from datetime import date

import pytest

from models.names import CueNames
from tests.models.test_names import ROSTER, said
from transcripts.meeting import Meeting, Person
from transcripts.words import Attribution

DULL = (
    "V1: The paper is on page four.",
    "V2: The figures on page five are old.",
    "V1: So they are.",
)


def named(
    *lines: str, seats: dict[str, str], people: tuple[Person, ...] = ROSTER
) -> dict[str, Attribution]:
    meeting = Meeting("m", "Brackwell", "Scrutiny", "SC", date(2026, 6, 11), people=people)
    return {a.voice: a for a in CueNames().name(meeting, said(*lines), seats=seats)}


def test_a_log_names_whom_the_roster_has_and_says_that_it_did() -> None:
    """Whatever the order of the name, by an alias that is a seat, and nobody else."""
    people = (*ROSTER, Person("Councillor Mo Hale", aliases=("Seat 12",)))
    lines = (*DULL, "V3: And page six?", "V4: Page six is new.")
    seats = {"V1": "Varley, Cllr Asha", "V2": "QUILL Tom", "V3": "Seat 12", "V4": "Seat 30"}

    found = named(*lines, seats=seats, people=people)

    assert [found[v].name for v in ("V1", "V2", "V3", "V4")] == [
        "Councillor Asha Varley", "Councillor Tom Quill", "Councillor Mo Hale", "",
    ]  # fmt: skip
    assert [(r.rule, r.quote) for r in found["V2"].reasons] == [("seat-log", "Tom QUILL")]
    assert found["V4"].label == "Speaker 4"


def test_a_member_who_speaks_from_anothers_seat_makes_a_doubt() -> None:
    """Neither name stands, both are shown, and the member's own seat keeps its name."""
    lines = (*DULL, "V2: My name is Ben Okereke, I have borrowed this seat.", "V3: Thank you.")
    seats = {"V1": "Asha Varley", "V2": "Tom Quill", "V3": "Ben Okereke"}

    found = named(*lines, seats=seats)

    assert found["V2"].name == ""
    assert (
        found["V2"].reasons[0].rule == "the seat log has one name, and somebody there says another"
    )
    assert {"seat-log", "gives own name"} & {r.rule for r in found["V2"].reasons[1:]}
    assert (found["V1"].name, found["V3"].name) == (
        "Councillor Asha Varley",
        "Councillor Ben Okereke",
    )


def test_a_first_name_misheard_at_the_seat_is_no_other_person() -> None:
    """The surname is right, and no other member bears it."""
    found = named(
        *DULL,
        "V2: I am Councillor Dumb Quill for Abbey.",
        seats={"V1": "Asha Varley", "V2": "Tom Quill"},
    )

    assert found["V2"].name == "Councillor Tom Quill"


@pytest.mark.parametrize(
    "who",
    [
        "I'm Councillor Priya Quill, and I ask about bins.",
        "I'm Councillor Dumb Quill, substituting tonight.",
    ],
)
def test_a_namesake_at_the_seat_is_another(who: str) -> None:
    found = named(*DULL, f"V2: {who}", seats={"V1": "Asha Varley", "V2": "Tom Quill"})

    assert found["V2"].name == ""


def test_one_call_to_another_member_does_not_undo_the_log() -> None:
    """Whoever speaks after the chair called somebody need not be that somebody."""
    lines = (*DULL, "V1: Councillor Teasdale, please.", "V2: Just before that, Chair, a point.")

    found = named(*lines, seats={"V1": "Asha Varley", "V2": "Tom Quill"})

    assert found["V2"].name == "Councillor Tom Quill"


def test_a_seat_of_somebody_who_sent_apologies_names_nobody() -> None:
    """A substitute sits there."""
    people = (Person("Councillor Tom Quill", attendance="apologies"), *ROSTER[:1])

    found = named(*DULL, seats={"V1": "Asha Varley", "V2": "Tom Quill"}, people=people)

    assert found["V2"].name == ""


def test_a_member_of_the_public_is_not_named_by_a_log() -> None:
    """Neither where the roster knows them nor where it does not."""
    people = (*ROSTER, Person("Jo Carter", kind="public"))
    lines = (*DULL, "V3: My street is dark.", "V4: So is mine.")

    found = named(*lines, seats={"V3": "Jo Carter", "V4": "Sam Dray"}, people=people)

    assert found["V3"].label == "Member of the public 1"
    shown = repr([found["V3"], found["V4"]])
    assert "Carter" not in shown
    assert "Dray" not in shown


def test_two_members_of_the_public_at_one_seat_are_told_by_no_name() -> None:
    """Neither the one of the log nor the one who speaks."""
    people = (*ROSTER, Person("Jo Carter", kind="public"), Person("Sam Dray", kind="public"))
    lines = (*DULL, "V3: My name is Sam Dray and my street is dark.")

    found = named(*lines, seats={"V3": "Jo Carter"}, people=people)

    assert found["V3"].name == ""
    assert "Carter" not in repr(found["V3"])
    assert "Dray" not in repr(found["V3"])


def test_a_person_heard_by_sound_where_the_log_is_silent_keeps_the_name_by_the_log() -> None:
    """The log covers half the meeting; by sound the same person is a voice of its own."""
    lines = (*DULL, "V1: Councillor Quill, please.", "V9: Thank you. The figures are new now.")

    found = named(*lines, seats={"V1": "Asha Varley", "V2": "Tom Quill"})

    assert found["V2"].name == "Councillor Tom Quill"
