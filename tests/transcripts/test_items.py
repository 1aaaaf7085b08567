"""Which item was taken when: the chair's words walk the agenda forwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from transcripts.items import assign_items, moved_to
from transcripts.meeting import AgendaItem, Meeting, Recording
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


def placed_at(agenda: tuple[AgendaItem, ...], *said: tuple[float, str]) -> list[str]:
    """The items of sentences said at these seconds."""
    utterances = [Utterance(f"u{i}", "V1", (Word(t, s, s + 1),)) for i, (s, t) in enumerate(said)]
    sentences = [Sentence(f"u{i}/0", f"u{i}", "V1", t, s, s + 1) for i, (s, t) in enumerate(said)]
    return [s.item for s in assign_items(_meeting(agenda), utterances, sentences)[1]]


def marked(*begins: float | None) -> tuple[AgendaItem, ...]:
    return tuple(replace(a, begins_s=b) for a, b in zip(AGENDA, begins, strict=True))


def test_marks_tell_items_that_no_words_do() -> None:
    said = [(5.0, "Good evening."), (60.0, "Thank you."), (200.0, "Yes."), (390.0, "Indeed.")]

    assert placed_at(marked(0.0, 60.0, 200.0, 380.0), *said) == ["1", "2", "3", "4"]


def test_words_move_a_meeting_on_between_two_marks_and_not_past_them() -> None:
    said = [
        (5.0, "Later we go to item four."),
        (70.0, "We move on to item three."),
        (80.0, "Now we come to the next item."),
        (400.0, "Thank you."),
    ]

    assert placed_at(marked(None, 60.0, None, 380.0), *said) == ["1", "3", "3", "4"]


def test_an_item_that_was_taken_first_is_where_its_mark_is() -> None:
    said = [(5.0, "Good evening."), (65.0, "Damp."), (205.0, "Cameras."), (390.0, "Programme.")]

    assert placed_at(marked(0.0, 200.0, 60.0, 380.0), *said) == ["1", "3", "2", "4"]


def test_marks_say_nothing_of_a_meeting_in_several_recordings() -> None:
    meeting = replace(_meeting(marked(0.0, 1.0, 2.0, 3.0)), recordings=(Recording("a"),) * 2)
    sentences = [Sentence("u0/0", "u0", "V1", "Thank you.", 5.0, 6.0)]

    assert assign_items(meeting, [], sentences)[1][0].item == "1"


def _meeting(agenda: tuple[AgendaItem, ...]) -> Meeting:
    return Meeting("m", "Aldermere", "Committee", "C", date(2026, 6, 11), agenda=agenda)
