"""A finding's slots: words with their places, and what is told from them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from transcripts.finding import Finding, Slot, anchored, finding_id

TEXT = "I will send the lamp survey by June."
MADE = Finding("f1", "undertaking", "s1", "u1", "V2", "I will send the lamp survey", 0.0, 2.0,
               rules=("A.write",))  # fmt: skip


def slot(name: str, words: str, text: str = TEXT, sentence_id: str = "s1") -> Slot:
    start = text.index(words)
    return Slot(name, words, start, start + len(words), sentence_id, "r")


@pytest.mark.parametrize(
    ("name", "words", "start", "end", "why"),
    [
        ("colour", "blue", 0, 4, "is none of"),
        ("deadline", " ", 0, 1, "holds no words"),
        ("deadline", "by June", 3, 5, "are not as many"),
        ("deadline", "by June", -1, 6, "are not as many"),
    ],
)
def test_a_slot_that_contradicts_itself_cannot_be_made(
    name: str, words: str, start: int, end: int, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        Slot(name, words, start, end, "s1")


def test_a_slot_is_anchored_only_where_its_words_stand() -> None:
    good = replace(MADE, slots=(slot("deadline", "by June"),))
    moved = replace(good, slots=(replace(good.slots[0], start=0, end=7),))
    elsewhere = replace(good, slots=(replace(good.slots[0], sentence_id="s9"),))

    assert [anchored(f, {"s1": TEXT}) for f in (good, moved, elsewhere)] == [True, False, False]
    assert not anchored(good, {"s1": "Something else was said."})


@pytest.mark.parametrize(
    ("words", "holder"), [("I", "V2"), ("", "V2"), ("the lamp survey", "the lamp survey")]
)
def test_the_speaker_holds_what_i_or_nobody_promised(words: str, holder: str) -> None:
    slots = (slot("holder", words),) if words else ()

    assert replace(MADE, slots=slots).holder == holder


def test_what_was_said_last_is_what_holds() -> None:
    later = "Make it by May."
    slots = (slot("deadline", "by June"), slot("deadline", "by May", later, "s2"))

    assert replace(MADE, slots=slots).deadline == "by May"


def test_an_action_that_no_words_make_is_the_quote() -> None:
    assert MADE.action == "I will send the lamp survey"
    assert replace(MADE, slots=(slot("action", "send the lamp survey"),)).action == (
        "send the lamp survey"
    )
    assert replace(MADE, kind="concern").action == ""


def test_the_first_of_several_keeps_the_id_of_one() -> None:
    ids = [finding_id("sha", "recommendation", 1.0, 2.0, part) for part in range(3)]

    assert ids[0] == finding_id("sha", "recommendation", 1.0, 2.0)
    assert len(set(ids)) == 3


def test_a_finding_written_before_there_were_slots_still_loads() -> None:
    adapter = TypeAdapter(Finding)
    plain = adapter.dump_python(MADE, mode="json")
    del plain["slots"]

    assert adapter.validate_python(plain) == MADE
    with_slots = replace(MADE, slots=(slot("deadline", "by June"),))
    assert adapter.validate_json(adapter.dump_json(with_slots)) == with_slots
