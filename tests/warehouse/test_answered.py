"""A question that the archive does not answer gets no answer."""

from __future__ import annotations

import pytest

from tests.warehouse import builders as b
from warehouse import store
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.search import search

ANSWERED = (
    "What was said about live facial recognition?",
    "Who published a notice?",
    "When are the bins emptied?",
    "facial recognition trial",
)
JUNK = (
    "What did the committee say about bullfighting in Seville?",
    "How should penguins be fed at the aquarium on a notice day?",
    "Summarise the recognition of chess champions in Reykjavik",
    "Where were the dinosaur bins of Patagonia found?",
    "What did Okoro say about the xylophone?",
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """One meeting."""
    home = tmp_path_factory.mktemp("home")
    store.load(home, [b.done("june")])
    with open_reader(home) as opened:
        yield opened


@pytest.mark.parametrize("mode", ["words", "both"])
@pytest.mark.parametrize("question", ANSWERED)
def test_what_was_said_is_an_answer(reader: Reader, question: str, mode: str) -> None:
    """And there is nothing merely near."""
    found = search(reader, question, mode=mode, encode=b.encode)
    assert found.hits
    assert found.nearest == ()


@pytest.mark.parametrize("mode", ["words", "both"])
@pytest.mark.parametrize("question", JUNK)
def test_what_was_not_said_is_none(reader: Reader, question: str, mode: str) -> None:
    """The nearest is shown as that, with what was searched and which words nobody said."""
    found = search(reader, question, mode=mode, encode=b.encode)
    assert found.hits == ()
    assert len(found.nearest) <= 3
    assert found.not_said
    assert found.searched.sentences > 0


@pytest.mark.parametrize("question", ['"purple elephants"', "penguins OR zebras", "bins AND zebra"])
def test_what_is_demanded_and_not_there_has_its_nearest_too(reader: Reader, question: str) -> None:
    """Of what the filters leave, by meaning alone; it is no hit."""
    found = search(
        reader, question, mode="both", encode=b.encode, filters=Filters(speaker="Dr Grace Okoro")
    )
    assert (len(found.hits), len(found.nearest)) == (0, 3)
    assert {h.speaker for h in found.nearest} == {"Dr Grace Okoro"}
    assert all(h.meaning is not None for h in found.nearest)


def test_a_list_of_words_is_no_question(reader: Reader) -> None:
    """By words, whoever types two words wants what holds either."""
    assert search(reader, "bins xylophone").hits
    assert search(reader, "bins AND xylophone").hits == ()
