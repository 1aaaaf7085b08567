"""Patterns as data: valid, named once, and blind to punctuation, case and fillers."""

from __future__ import annotations

import pytest

from models.findings.patterns import FINDING_FILES, Patterns, load
from transcripts.finding import KINDS

ALL = (*FINDING_FILES, "outcome", "status")


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return Patterns()


def ids(patterns: Patterns, text: str, kind: str) -> set[str]:
    return {h.pattern.id for h in patterns.match(text) if h.pattern.kind == kind}


def test_every_pattern_file_loads_with_ids_used_once_and_a_known_label() -> None:
    found = load(ALL)

    assert {p.label for p in found} == {*KINDS, "outcome", "status"}


def test_outcomes_and_statuses_say_what_they_mean() -> None:
    without = [p.id for p in load(("outcome", "status")) if p.speaks_for and not p.value]

    assert without == []


@pytest.mark.parametrize(
    "said",
    [
        "I would like to recommend that the council publishes the figures.",
        "i would like to recommend that the council publishes the figures",
        "So, um, I would, er, like to recommend that the council publishes the figures",
        "I’d like to recommend that the council publishes the figures",
    ],
)
def test_a_pattern_holds_without_punctuation_case_or_fluency(patterns: Patterns, said: str) -> None:
    assert "R.recommend" in ids(patterns, said, "sure")


def test_a_hit_gives_the_place_of_its_words_in_the_text_as_written(patterns: Patterns) -> None:
    text = "Well, chair, we, um, recommend that it is done."

    hit = next(h for h in patterns.match(text) if h.pattern.id == "R.recommend")

    assert text[hit.start : hit.end] == "we, um, recommend that"


@pytest.mark.parametrize(
    ("said", "veto"),
    [
        ("As far as the numbers are concerned, it is quiet.", "C.k-as-far"),
        ("I have no concerns about that.", "C.k-no-concern"),
        ("Members are recommended to note the report.", "R.k-note-2"),
        ("I should say that the office is closed.", "R.k-i-say"),
        ("I will keep it short.", "A.k-room"),
    ],
)
def test_what_only_sounds_like_a_finding_is_vetoed(
    patterns: Patterns, said: str, veto: str
) -> None:
    assert any(i.startswith(veto.removesuffix("-2")) for i in ids(patterns, said, "veto"))


def test_a_pattern_for_whole_sentences_leaves_longer_ones_alone(patterns: Patterns) -> None:
    assert "D.agreed" in ids(patterns, "Agreed.", "sure")
    assert "D.agreed" not in ids(patterns, "It was agreed in the spring to look again.", "sure")


def test_a_sentence_of_punctuation_matches_nothing(patterns: Patterns) -> None:
    assert patterns.match("— …") == []
