"""One person may be two voices by sound; a lesser claim to somebody else does not hide it."""

from __future__ import annotations

from models.names.assign import assign
from models.names.evidence import Evidence


def cue(voice: str, person: str, rule: str) -> Evidence:
    return Evidence(voice, person, rule, "", 0.0)


def test_a_voice_that_introduces_itself_is_named_though_it_could_be_another_a_little() -> None:
    evidence = [
        cue("A", "Quill", "self-introduction"),
        cue("B", "Quill", "self-introduction"),
        cue("A", "Teasdale", "invited by another"),
    ]

    found = assign(["A", "B"], evidence)

    assert {v: c.person for v, c in found.items()} == {"A": "Quill", "B": "Quill"}


def test_nobody_is_named_for_want_of_anybody_else() -> None:
    evidence = [cue("A", "Quill", "self-introduction"), cue("B", "Quill", "calls on this name")]

    assert {v: c.person for v, c in assign(["A", "B"], evidence).items()} == {"A": "Quill"}
