"""Names where captions mark that speakers change and nobody knows which turns are one voice's."""

from __future__ import annotations

from datetime import date

from models.names.roster import Finder, known_people
from models.names.said import spoken_turns
from tests.models.test_names_meeting import ROSTER, attributed, said
from transcripts.meeting import Meeting, Person

COUNCIL = (*ROSTER, Person("Dan Petrie", role="Councilmember"), Person("Jo Ames"))
ROLL = (
    "Please call the roll.", "Quill?", "Here.", "Councilmember Petrie.", "Present.", "Teasdale?",
    "It is about the ferry.", "Seven present.",
)  # fmt: skip
REPORTS = (
    "Thank you. First up is Councillor Quill. Good evening.",
    "The ferry is late again.",
    "Thank you, Councillor Quill. Any questions? Councillor Teasdale.",
    "When will it be mended? I yield.",
    "Thank you, Councillor Teasdale. We will now hear from Councilmember Petrie.",
    "There is no news of the bridge.",
    "Thank you Council Member Petrie. Councillor Okereke, would you like to add to that?",
    "Only that Councillor Quill and Councillor Teasdale are both right.",
    "Thank you. And now Dan from the staff, or Jo.",
    "The second phase is in May.",
    "Thanks Dan. Hello, who is there?",
    "Hi, I am Dan. I am a tenant of Quay Street.",
    "Councillor Petrie the motion fails.",
    "Thank you Councilmember Ederson. Vice-Chair Okereke, and then Councillor Quill, and so on.",
)  # fmt: skip


def named(*turns: str) -> dict[str, str]:
    """The turns that got a name, each being a voice by itself."""
    lines = [f"V{n}: {words}" for n, words in enumerate(turns)]
    found = attributed(*lines, people=COUNCIL)
    return {turns[int(voice[1:])]: a.name for voice, a in found.items() if a.name}


def test_whoever_answers_the_roll_is_named_and_whoever_says_something_else_is_not() -> None:
    found = named(*ROLL, *REPORTS)

    assert found["Here."] == "Councillor Tom Quill"
    assert found["Present."] == "Dan Petrie"
    assert "It is about the ferry." not in found


def test_a_turn_called_for_in_so_many_words_is_named_as_often_as_it_is() -> None:
    found = named(*ROLL, *REPORTS)

    assert found["The ferry is late again."] == "Councillor Tom Quill"
    assert found["When will it be mended? I yield."] == "Councillor Ida Teasdale"
    assert found["There is no news of the bridge."] == "Dan Petrie"


def test_nobody_else_is_named() -> None:
    """Not the staff's Dan, nor a tenant of that name, nor who speaks to a member, nor a name
    that was misheard before somebody else's office."""
    found = named(*ROLL, *REPORTS)

    expected = {"Here.", "Present.", *(REPORTS[n] for n in (1, 3, 5, 7))}
    assert set(found) <= expected


def test_an_initial_is_not_heard_as_a_name() -> None:
    """A time of day had called upon the president of a real council."""
    people = (Person("M. Nora Field"),)
    known = known_people(Meeting("m", "Aldermere", "S", "S", date(2026, 6, 11), people=people))
    (turn,) = spoken_turns(said(["V1: It is 2:45 P.M., and Nora Field is here."]))

    assert [(m.how, m.person) for m in Finder(known).mentions(turn)] == [("full", "M. Nora Field")]
