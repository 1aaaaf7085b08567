"""Questions are taken apart as people mean them."""

from __future__ import annotations

import pytest

from warehouse.names import coded_in, committees_meant, name_words, named_in, with_titles
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
        ("what did varley say about damp", ["Cllr Ann Varley"]),
        ("what did grace say about damp", ["Dr Grace Okoro"]),
        ("complaints by petty about damp", ["Tom Petty"]),
        ("questions from cllr petty", ["Tom Petty"]),
        ("what was said by okoro", ["Dr Grace Okoro"]),
        ("what did varlley say about damp", ["Cllr Ann Varley"]),
        ("by petty theft", []),
        ("what did parents say about damp", []),
    ],
)
def test_people_are_recognised_in_a_question(text: str, named: list[str]) -> None:
    """By full name, by a surname with its capital, or where only a name can stand."""
    assert sorted(named_in(text, PEOPLE)) == named


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("What did Cllr Varley say about damp?", ("damp",)),
        ("What did Councillor Varley and Dr Grace Okoro say about damp?", ("damp",)),
        ("What did Councillor Varley say about councillor pay?", ("councillor", "pay")),
        ("What did Councillor Varley ask for?", ("ask",)),
        ("Councillor Varley", ("councillor", "varley")),
        ("the councillor and the damp", ("councillor", "damp")),
    ],
)
def test_a_title_beside_a_name_is_part_of_it(text: str, subject: tuple[str, ...]) -> None:
    """What is asked about is something else, or what was said as the question says it."""
    names = with_titles(text, named_in(text, PEOPLE).values())
    assert tuple(p.label for p in parse(text, names).subject) == subject


def test_a_committee_is_known_by_its_code_written_large() -> None:
    """Written small it may be a word."""
    codes = {"Arts and Markets Panel": "AMP", "Housing Select Committee": "HSC"}
    assert coded_in("What did AMP say about the amp?", codes) == {
        "Arts and Markets Panel": ("amp",)
    }
    assert coded_in("the amp was loud", codes) == {}


TITLES = (
    "Housing Select Committee",
    "Children and Young People Select Committee",
    "Planning Committee A",
    "Planning Committee B",
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what did the housing committee say about mould?", {TITLES[0]: "the housing committee"}),
        ("the children's select committee", {TITLES[1]: "the children's select committee"}),
        ("the young people committee", {TITLES[1]: "the young people committee"}),
        ("the planning committee on damp", {}),
        ("the housing panel", {}),
        ("what did the committee say about housing", {}),
    ],
)
def test_a_committee_is_known_by_what_tells_it_apart(text: str, meant: dict[str, str]) -> None:
    """Where one alone may be meant, and it is a committee, not a panel."""
    held = {title: name_words(title) for title in TITLES}
    found = {c: " ".join(words) for c, words in committees_meant(text, held).items()}
    assert found == meant
