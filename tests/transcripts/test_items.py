"""Which item was taken when: the chair's words walk the agenda forwards."""

from __future__ import annotations

from datetime import date

import pytest

from transcripts.items import assign_items, moved_to
from transcripts.meeting import AgendaItem, Meeting
from transcripts.words import Sentence, Utterance, Word

AGENDA = (
    AgendaItem("1", "Apologies and declarations of interest"),
    AgendaItem("2", "Live facial recognition in the town centre"),
    AgendaItem("3", "Damp and mould repairs"),
    AgendaItem("4", "Work programme"),
)


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("We move on to item three.", "3"),
        ("item to is live facial recognition", "2"),
        ("Let us turn to damp and mould.", "3"),
        ("Now we come to the next item.", "2"),
        ("our last item item for is the word program", "4"),
        ("we come to light and three which is damp an old repairs in council helms", "3"),
        ("I shall come back to that under item four.", "1"),
        ("The repairs team is very busy.", "1"),
        ("Item nineteen of the old list was dropped.", "1"),
    ],
)
def test_the_words_that_move_a_meeting_on(said: str, item: str) -> None:
    assert AGENDA[moved_to(AGENDA, 0, said)].item == item


def test_an_earlier_item_is_only_mentioned() -> None:
    assert moved_to(AGENDA, 2, "We go to item two.") == 2


def test_sentences_and_utterances_get_the_item_that_is_current() -> None:
    said = ["Good evening.", "Item two is facial recognition.", "Thank you, Chair."]
    utterances = [Utterance(f"u{i}", "V1", (Word(t, i, i + 0.5),)) for i, t in enumerate(said)]
    sentences = [Sentence(f"u{i}/0", f"u{i}", "V1", t, i, i + 0.5) for i, t in enumerate(said)]

    placed = assign_items(_meeting(AGENDA), utterances, sentences)

    assert [[x.item for x in part] for part in placed] == [["1", "2", "2"]] * 2


def test_a_meeting_without_an_agenda_has_no_items() -> None:
    sentences = [Sentence("u0/0", "u0", "V1", "Item two.", 0, 1)]

    assert assign_items(_meeting(()), [], sentences) == ([], sentences)


def _meeting(agenda: tuple[AgendaItem, ...]) -> Meeting:
    return Meeting("m", "Aldermere", "Committee", "C", date(2026, 6, 11), agenda=agenda)
