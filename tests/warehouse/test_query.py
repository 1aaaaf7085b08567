"""Questions are taken apart as people mean them."""

from __future__ import annotations

import pytest

from warehouse.names import name_words, named_in
from warehouse.query import parse

PEOPLE = {n: name_words(n) for n in ("Cllr Ann Varley", "Tom Petty", "Dr Grace Okoro", "The Chair")}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("What did the committee say about damp and mould?", ("damp", "mould")),
        ("Summarize the discussion about bus lanes", ("bus", "lanes")),
        ("committee meeting", ("committee", "meeting")),
        ("the", ("the",)),
        ("what did they think", ("what", "did", "they", "think")),
        ('"what did" bins', ("what", "did", "bins")),
    ],
)
def test_the_subject_is_what_is_left_without_the_frame(text: str, subject: tuple[str, ...]) -> None:
    """All words, where nothing would be left."""
    assert tuple(p.label for p in parse(text).subject) == subject


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what did ann varley say", ["Cllr Ann Varley"]),
        ("What did Okoro promise?", ["Dr Grace Okoro"]),
        ("a petty matter", []),
        ("What did Petty and Varley say?", ["Cllr Ann Varley", "Tom Petty"]),
        ("who chairs", []),
    ],
)
def test_people_are_recognised_in_a_question(text: str, named: list[str]) -> None:
    """By full name, or by a surname with its capital."""
    assert sorted(named_in(text, PEOPLE)) == named
