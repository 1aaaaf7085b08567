"""What is written in one word or in two, with or without stops and apostrophes, is one thing."""

from __future__ import annotations

import pytest

from tests.warehouse import builders as b
from warehouse import initials, store
from warehouse.reader import Reader, open_reader
from warehouse.search import search

COOPERATIVE = "Anti-social behaviour and re-opened depots of O'Hara's cooperative."
SUMS = "The U K and its N H S pay £50 which is 50% more."
PLAIN = "Society and a depot of the park."


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader of one meeting."""
    made = tmp_path_factory.mktemp("home")
    said = (("V1", "1", COOPERATIVE), ("V2", "1", SUMS), ("V3", "1", PLAIN))
    store.load(made, [b.one_transcript(b.transcript("june", said))])
    with open_reader(made) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("anti-soc* AND depots", {COOPERATIVE}),
        ("re-soc*", set()),
        ('"anti-social behav*"', {COOPERATIVE}),
        ('"social depot*"', set()),
        ("co-operative AND depots", {COOPERATIVE}),
        ("reopened AND depots", {COOPERATIVE}),
        ("ohara", {COOPERATIVE}),
        ("percent* AND pay", {SUMS}),
        ("UK AND pay", {SUMS}),
        ("nhs", {SUMS}),
        ("£50 AND pay", {SUMS}),
        ("pa", set()),
    ],
)
def test_a_question_finds_other_ways_of_writing(
    reader: Reader, question: str, texts: set[str]
) -> None:
    """A prefix with a hyphen is all its pieces in a row, not the last of them."""
    assert {h.text for h in search(reader, question).hits} == texts


@pytest.mark.parametrize("question", ["co-operative", "anti-social", "re-opened", "ohara", "UK"])
def test_it_is_not_told_as_never_said(reader: Reader, question: str) -> None:
    """With or without hyphen, apostrophe and stops."""
    asked = search(reader, question)
    assert asked.hits
    assert asked.not_said == ()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("the N.H.S. staff", True), ("n h s", True), ("N. H. S.", True),
        ("nhs", False), ("an h s", False), ("N.H.S1", False),
    ],
)  # fmt: skip
def test_letters_stand_apart_each_by_itself(text: str, held: bool) -> None:
    """With a stop or a space after each."""
    assert initials.holds("nhs")(text) is held


def test_letters_that_are_words_stand_with_stops_only() -> None:
    """Who stammers "a I" speaks of no machine."""
    assert initials.holds("ai")("on A.I. and so on")
    assert not initials.holds("ai")("a I mean")
