"""What the assistant's tools answer, asked without a server between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from matters_arising.assistant import answers
from matters_arising.assistant.asked import SearchAsked, TranscriptAsked
from matters_arising.errors import NotInArchiveError
from tests.warehouse import builders as b
from warehouse import store
from warehouse.reader import Reader, open_reader


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One meeting."""
    home = tmp_path_factory.mktemp("home")
    store.load(home, [b.done("june")])
    with open_reader(home) as opened:
        yield opened


def searched(reader: Reader, query: str, **more: Any) -> dict[str, Any]:
    return answers.search(reader, SearchAsked(query=query, mode="words", **more), lambda: None)


def test_a_hit_says_whom_it_answers(reader: Reader) -> None:
    """The end of the turn before, by another voice."""
    (hit,) = searched(reader, "bins")["items"]

    assert (hit["answers_speaker"], hit["answers"][:11]) == ("Cllr Ann Varley", "I recommend")


def test_what_was_read_from_a_question_can_be_left_out(reader: Reader) -> None:
    """As everywhere else it can."""
    read, literal = (searched(reader, "LFR", literal=literal) for literal in (False, True))

    assert [r["value"] for r in read["question_was_read_as"]] == ["live facial recognition"]
    assert (literal["items"], literal["question_was_read_as"]) == ([], [])


def test_an_utterance_that_is_none_is_told_in_one_sentence(reader: Reader) -> None:
    """Its meeting is named once."""
    with pytest.raises(
        NotInArchiveError, match=r"^no utterance of the meeting 'june' is called 'u"
    ):
        answers.transcript(reader, TranscriptAsked(meeting="june", utterance="u99"), lambda: None)
