"""A likeness to an enrolled voice may add a name where words are silent, and changes none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.names.evidence import Evidence
from models.names.known import KNOWN, UNMISTAKABLE
from models.names.naming import CueNames
from transcripts.meeting import Meeting, Person
from transcripts.words import Attribution, Utterance, Word

RUDGE, QUILL, VANE = "Cllr Ida Rudge", "Cllr Tom Quill", "Cllr Nia Vane"
PEOPLE = (
    Person(RUDGE, "Chair"),
    Person(QUILL),
    Person(VANE),
    Person("Cllr Abe Stone", attendance="apologies"),
    Person("Moll Flint", "Director of Housing", "officer"),
    Person("Joan Dale", kind="public"),
    Person("Inspector Roe", kind="guest"),
)
MEETING = Meeting("m", "Brackwell", "Scrutiny", "SC", date(2026, 6, 11), people=PEOPLE)
PLAIN = "the lamps on the path were out for most of last winter and people stayed at home"


def said(*lines: tuple[str, str]) -> list[Utterance]:
    spoken, at = [], 0.0
    for number, (voice, text) in enumerate(lines):
        words = tuple(Word(w, at + 0.3 * i, at + 0.3 * i + 0.2) for i, w in enumerate(text.split()))
        spoken.append(Utterance(f"u{number}", voice, words))
        at = words[-1].end_s + 0.5
    return spoken


def like(voice: str, person: str, rule: str = UNMISTAKABLE) -> Evidence:
    return Evidence(voice, person, rule, "sounds like the voice enrolled from m0", 1.0)


def named(spoken: list[Utterance], *known: Evidence) -> dict[str, Attribution]:
    return {a.voice: a for a in CueNames().name(MEETING, spoken, known=known)}


def test_an_unmistakable_likeness_names_a_voice_and_is_its_reason() -> None:
    found = named(said(("V1", PLAIN), ("V2", PLAIN)), like("V1", QUILL))

    assert (found["V1"].name, found["V2"].name) == (QUILL, "")
    (reason,) = found["V1"].reasons
    assert reason.rule == UNMISTAKABLE
    assert reason.quote == "sounds like the voice enrolled from m0"


def test_a_likeness_alone_names_nobody_and_tips_what_words_leave_open() -> None:
    alone = said(("V1", PLAIN), ("V2", PLAIN))
    thanked = said(("V2", PLAIN), ("V3", f"Thank you, Tom. {PLAIN}"), ("V1", PLAIN))

    assert named(alone, like("V2", QUILL, KNOWN))["V2"].name == ""
    assert named(thanked)["V2"].name == ""
    assert named(thanked, like("V2", QUILL, KNOWN))["V2"].name == QUILL


@pytest.mark.parametrize(
    ("lines", "voice"),
    [
        ((("V1", f"I am Councillor Nia Vane. {PLAIN}"), ("V2", PLAIN)), "V1"),
        ((("V1", f"{PLAIN}. I now call Councillor Nia Vane."), ("V2", PLAIN), ("V1", PLAIN)), "V2"),
        ((("V1", f"{PLAIN} as Councillor Quill said."), ("V2", PLAIN)), "V1"),
        ((("V1", PLAIN), ("V2", f"I am Councillor Tom Quill. {PLAIN}")), "V1"),
        ((("V1", f"I am a resident of the town. {PLAIN}"), ("V2", PLAIN)), "V1"),
        ((("V1", PLAIN), ("V2", f"Thank you, superintendent. {PLAIN}")), "V1"),
    ],
    ids=[
        "introduced otherwise",
        "called otherwise",
        "speaks of the name",
        "another has the name",
        "own words",
        "called by an office",
    ],
)
def test_words_silence_a_likeness(lines: tuple[tuple[str, str], ...], voice: str) -> None:
    """The names are those without it, and nothing of it is kept as a reason."""
    spoken = said(*lines)

    before, after = named(spoken), named(spoken, like(voice, QUILL))

    assert {v: (a.name, a.margin) for v, a in after.items()} == {
        v: (a.name, a.margin) for v, a in before.items()
    }
    assert not any(r.rule == UNMISTAKABLE for a in after.values() for r in a.reasons)


@pytest.mark.parametrize("who", ["Cllr Abe Stone", "Joan Dale", "Inspector Roe", "Cllr Not Here"])
def test_who_is_away_or_may_not_be_enrolled_is_never_named_by_a_likeness(who: str) -> None:
    assert named(said(("V1", PLAIN), ("V2", PLAIN)), like("V1", who))["V1"].name == ""


def test_an_officer_is_named_by_a_likeness() -> None:
    found = named(said(("V1", PLAIN), ("V2", PLAIN)), like("V1", "Moll Flint"))

    assert found["V1"].name == "Moll Flint"


def test_two_voices_like_one_person_leave_both_without_a_name() -> None:
    found = named(said(("V1", PLAIN), ("V2", PLAIN)), like("V1", QUILL), like("V2", QUILL))

    assert {a.name for a in found.values()} == {""}


LINES = st.sampled_from((
    PLAIN,
    f"I am Councillor Tom Quill. {PLAIN}",
    f"My name is Nia Vane, I am from the Mill ward. {PLAIN}",
    f"Thank you, Councillor Vane. {PLAIN}",
    "Thank you. Councillor Quill, you wanted to come in.",
    "Councillor Rudge first, then Councillor Vane.",
    f"{PLAIN} Over to the director of housing.",
    f"Thank you, chair. {PLAIN}",
    f"Good evening and welcome to the scrutiny committee. {PLAIN}",
    f"{PLAIN} as Councillor Rudge said.",
    f"I am a resident of the town. {PLAIN}",
    f"Thank you, superintendent. {PLAIN}",
    f"{PLAIN} We now take public questions.",
))  # fmt: skip
VOICES = st.sampled_from(("V1", "V2", "V3", "V4"))
LIKE = st.builds(
    like, VOICES, st.sampled_from([p.name for p in PEOPLE]), st.sampled_from((KNOWN, UNMISTAKABLE))
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(VOICES, LINES), min_size=2, max_size=10), st.lists(LIKE, max_size=4))
def test_every_name_that_words_give_stands_with_any_likenesses(
    lines: list[tuple[str, str]], known: list[Evidence]
) -> None:
    spoken = said(*lines)
    with_likenesses = named(spoken, *known)

    for voice, found in named(spoken).items():
        if found.name or found.kind == "public":
            assert with_likenesses[voice].name == found.name
            assert with_likenesses[voice].kind == found.kind
