"""Who a voice is: on evidence, with reasons, and never by elimination."""

from __future__ import annotations

import re
from datetime import date

import pytest

from models.names import CueNames
from models.names.roster import Finder, known_people, same_name
from models.names.said import spoken_turns
from transcripts.meeting import Meeting, Person
from transcripts.words import UNKNOWN_VOICE, Attribution, Utterance, Word

ROSTER = (
    Person("Councillor Asha Varley", role="Chair", ward="Castle"),
    Person("Councillor Tom Quill", ward="Abbey"),
    Person("Councillor Ida Teasdale", ward="Ferry Lane"),
    Person("Councillor Ben Okereke", ward="Harbour"),
    Person("Nadia Fairlamb", role="Director of Community Safety", kind="officer"),
)
MEETING = (
    "V1: Good evening, and welcome to the committee. Councillor Quill, please.",
    "V2: Thank you, Chair. How long is the pilot?",
    "V1: Thank you, Councillor Quill. I will bring in the director of community safety.",
    "V3: It is six months. My name is Nadia Fairlamb, by the way.",
    "V1: Thank you, Nadia. Councillor Teasdale, you have the floor.",
    "V4: As Councillor Okereke said, three wards are too few.",
    "V1: Thank you, Councillor Teasdale.",
    "V5: I have a question, too.",
)


def said(*lines: str, plain: bool = False) -> list[Utterance]:
    """Utterances from "V1: words"; ``plain`` takes away what an engine without stops lacks."""
    spoken, at = [], 0.0
    for i, line in enumerate(lines):
        voice, text = line.split(": ", 1)
        if plain:
            text = re.sub(r"[^\w' ]", " ", text).lower()
        words = []
        for part in text.split():
            words.append(Word(part, at, at + 0.3))
            at += 0.4
        spoken.append(Utterance(f"u:{i}", voice, tuple(words)))
    return spoken


def meeting(people: tuple[Person, ...] = ROSTER, **told: str) -> Meeting:
    return Meeting("m", "Aldermere", "Scrutiny", "SC", date(2026, 6, 11), people=people, **told)


def names(*lines: str, people: tuple[Person, ...] = ROSTER, plain: bool = False) -> dict[str, str]:
    found = CueNames().name(meeting(people), said(*lines, plain=plain))
    return {a.voice: a.name for a in found if a.name}


@pytest.mark.parametrize("plain", [False, True])
def test_a_meeting_is_named_by_what_is_said_in_it_with_stops_or_without(plain: bool) -> None:
    assert names(*MEETING, plain=plain) == {
        "V1": "Councillor Asha Varley",
        "V2": "Councillor Tom Quill",
        "V3": "Nadia Fairlamb",
        "V4": "Councillor Ida Teasdale",
    }


def test_the_last_one_left_on_the_roster_is_not_named_for_that() -> None:
    found = {a.voice: a for a in CueNames().name(meeting(), said(*MEETING))}

    assert found["V5"] == Attribution("V5", "Speaker 5")


def test_a_name_comes_with_the_words_that_gave_it() -> None:
    found = {a.voice: a for a in CueNames().name(meeting(), said(*MEETING))}
    reasons = {r.rule: r.quote for r in found["V2"].reasons if r.weight > 0}

    assert set(reasons) == {"invited", "thanked"}
    assert "Councillor Quill, please." in reasons["invited"]
    assert found["V2"].margin >= 2


@pytest.mark.parametrize(
    "line",
    [
        "V2: Thank you, Chair. Councillor Ida Teasdale, Ferry Lane ward.",
        "V2: I am Councillor Teasdale, and I represent Ferry Lane.",
        "V2: Good evening. My name is Ida Teasdale.",
    ],
)
def test_who_says_their_own_name_is_believed(line: str) -> None:
    assert names("V1: Who is next?", line)["V2"] == "Councillor Ida Teasdale"


@pytest.mark.parametrize(
    "line",
    [
        "V2: As Councillor Teasdale said earlier, the pilot only covered three wards.",
        "V2: I speak on behalf of Councillor Teasdale, who cannot be here.",
        "V2: I am substituting tonight for Councillor Teasdale.",
        "V2: Councillor Teasdale's question has been tabled and I will read it out.",
    ],
)
def test_who_is_spoken_of_does_not_speak(line: str) -> None:
    assert "V2" not in names("V1: Who is next?", line, "V1: Thank you.")


def test_two_of_one_surname_stay_apart_until_something_tells_them_apart() -> None:
    people = (*ROSTER, Person("Councillor May Teasdale"))
    lines = (
        "V1: Councillor Teasdale, please.",
        "V2: Thank you.",
        "V1: Thank you, Councillor Teasdale.",
    )

    assert "V2" not in names(*lines, people=people)
    assert names(*lines, "V2: I am May Teasdale.", people=people)["V2"] == "Councillor May Teasdale"


def test_who_sent_apologies_is_not_meant_by_the_surname() -> None:
    people = (*ROSTER, Person("Councillor May Teasdale", attendance="apologies"))
    invited = "V1: Good evening, and welcome to the committee. Councillor Teasdale, please."

    assert names(invited, "V2: Thank you.", people=people)["V2"] == "Councillor Ida Teasdale"


def test_apologies_that_are_read_out_keep_a_name_from_being_given() -> None:
    lines = (
        "V1: Welcome to the committee. We have apologies from Councillor Teasdale.",
        "V2: I am here for the Ferry Lane ward, too.",
        "V1: Councillor Teasdale, please.",
        "V2: Thank you.",
    )

    assert "V2" not in names(*lines)


def test_a_misheard_surname_after_a_title_is_still_the_rosters() -> None:
    lines = (
        "V1: good evening and welcome to the committee councillor teesdale please",
        "V2: thank you",
        "V1: councillor teesdale please",
        "V2: yes",
    )

    assert names(*lines)["V2"] == "Councillor Ida Teasdale"


def test_a_surname_that_no_roster_holds_is_nobody_elses() -> None:
    assert names("V1: We now go to Mr. Zabriskie.", "V2: Thank you.") == {}


def test_of_a_queue_the_first_speaks_next() -> None:
    lines = (
        "V1: Welcome to the committee. I have Councillor Quill, and then Councillor Teasdale.",
        "V2: Thank you, Chair.",
    )

    assert names(*lines)["V2"] == "Councillor Tom Quill"


def test_houses_of_commons_invite_in_their_own_way() -> None:
    people = tuple(Person(n) for n in ("Ann Rudge", "Guy Pell", "Zoe Tarrant"))
    lines = (
        "V1: I call this meeting to order. We will now go to Ms. Rudge.",
        "V2: Mr. Chair, when?",
        "V1: The honourable minister.",
        "V3: Mr. Chair, soon.",
        "V1: Mr.Pell, you have the floor.",
        "V4: Thank you.",
        "V1: Ms. Rudge.",
        "V2: Mr. Chair, how soon?",
    )

    assert names(*lines, people=people) == {"V2": "Ann Rudge", "V4": "Guy Pell"}


def test_a_member_of_the_public_is_never_named_nor_quoted() -> None:
    people = (*ROSTER, Person("Olive Odell", kind="public"))
    lines = (
        *MEETING,
        "V1: We have a member of the public here to speak, Mrs Odell, you have three minutes.",
        "V9: My name is Olive Odell and I live in Castle ward.",
    )
    for roster in (ROSTER, people):
        found = CueNames().name(meeting(roster), said(*lines))[-1]

        assert (found.kind, found.name, found.label) == ("public", "", "Member of the public 1")
        assert "Odell" not in repr(found)


def test_a_guest_introduced_with_an_office_is_named_and_one_without_is_not() -> None:
    lines = (
        "V1: Welcome to the committee. Here is Una Pryce, the chief executive of Wharf Homes.",
        "V2: Thank you, Chair.",
        "V1: Over to Una Pryce.",
        "V2: I will be brief.",
        "V1: Councillor Quill.",
        "V3: Una, how many homes?",
        "V2: Forty.",
        "V1: Thank you, Una. Councillor Teasdale.",
        "V4: Yes.",
        "V1: Over to Jo Fenn.",
        "V5: I am not on the list.",
    )

    assert {v: n for v, n in names(*lines).items() if v in ("V2", "V5")} == {"V2": "Una Pryce"}


def test_an_office_without_a_name_is_shown_as_an_office() -> None:
    lines = (
        "V1: Over to the superintendent.",
        "V2: Good evening.",
        "V1: Thank you, superintendent.",
    )

    found = CueNames().name(meeting(), said(*lines))[1]

    assert (found.kind, found.label, found.name) == ("role only", "Superintendent", "")


def test_the_chair_who_is_away_does_not_open_the_meeting() -> None:
    lines = (
        "V1: Welcome to the committee. The Chair, Councillor Varley, is unable to attend.",
        "V2: I nominate Councillor Quill.",
        "V1: I declare that Councillor Quill has been appointed temporary Chair.",
        "V3: Thank you, everyone.",
    )

    assert names(*lines) == {"V3": "Councillor Tom Quill"}


def test_a_tag_that_is_on_the_roster_names_and_a_room_does_not() -> None:
    lines = said("V1: Hello.", "V2: Hello.")

    found = CueNames().name(
        meeting(), lines, tags={"V1": ("Tom Quill",), "V2": ("Committee Room 2",)}
    )

    assert [a.name for a in found] == ["Councillor Tom Quill", ""]


def test_a_voice_under_the_tags_of_two_people_is_neither_and_shows_both() -> None:
    """Also where somebody calls one of them: the captions were written by somebody who saw them."""
    lines = said(
        "V1: Councillor Quill, please.", "V2: Thank you, Chair. I am Councillor Tom Quill."
    )

    found = CueNames().name(meeting(), lines, tags={"V2": ("Tom Quill", "Ben Okereke")})

    assert found[1].name == ""
    assert "more than one name" in found[1].reasons[0].rule
    assert {r.quote for r in found[1].reasons} == {"Tom Quill", "Ben Okereke"}


def test_one_person_heard_as_two_voices_may_be_both() -> None:
    lines = (
        *MEETING,
        "V1: Councillor Quill, please.",
        "V7: Thank you. I am Councillor Tom Quill, still.",
    )

    assert names(*lines)["V7"] == "Councillor Tom Quill"


def test_every_voice_has_one_attribution_in_order_of_first_speech() -> None:
    lines = said("V2: Yes.", "V1: No.", f"{UNKNOWN_VOICE}: Hear hear hear hear.", "V2: Yes.")

    found = CueNames().name(meeting(), lines)

    assert [(a.voice, a.label) for a in found] == [
        ("V2", "Speaker 1"),
        ("V1", "Speaker 2"),
        (UNKNOWN_VOICE, "Unknown speaker"),
    ]


def test_a_meeting_without_a_roster_or_words_is_no_error() -> None:
    assert CueNames().name(meeting(()), []) == []


def test_a_word_that_is_also_a_name_needs_its_comma() -> None:
    people = (Person("Mark Bell"), Person("Will Dunn"))
    turn = spoken_turns(said("V1: The mark will do, and will it, Mark?"))[0]

    found = Finder(known_people(meeting(people))).mentions(turn)

    assert [(m.person, m.first) for m in found] == [("Mark Bell", 7)]


def test_titles_do_not_make_two_people_of_one() -> None:
    assert same_name("Cllr Tom Quill", "Councillor Tom Quill")
    assert not same_name("Tom Quill", "Tom Quilley")


def test_the_second_of_a_queue_does_not_speak_next_though_the_first_is_unknown() -> None:
    lines = (
        "V1: Welcome to the committee. Questions first from Zelda, and then from Councillor Quill.",
        "V2: Thank you, Chair.",
        "V1: I have Zelda, then Councillor Quill.",
        "V2: Thank you.",
    )

    assert "V2" not in names(*lines)


def test_who_only_opens_a_meeting_that_another_leads_is_not_called_the_chair() -> None:
    invitations = [
        line
        for v, n in (("V3", "Quill"), ("V4", "Teasdale"), ("V5", "Okereke"))
        for line in (f"V2: Councillor {n}.", f"{v}: Thank you.")
    ]

    found = names("V1: Good evening, and welcome to the committee.", *invitations)

    assert "Councillor Asha Varley" not in found.values()
