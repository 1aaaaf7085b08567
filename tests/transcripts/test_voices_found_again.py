"""After a re-run a decision is with the voice that it was about, or with none."""

from __future__ import annotations

import pytest

from transcripts.captions_cues import spread
from transcripts.decision import Decision
from transcripts.voices_found_again import voices_decided
from transcripts.words import Utterance

ITEM = "the tenants of mill lane asked for new gates two years ago and nobody has answered them"
REPLY = "officers wrote in march and the contractor promised to put the first gates in by autumn"
OTHER = "we are out of time so I move to the next business which is the plan for the ferry steps"


def said(voice: str, start_s: float, end_s: float, words: str) -> Utterance:
    return Utterance(f"u{start_s}", voice, tuple(spread(words.split(), start_s, end_s)))


def decided(name: str, start_s: float, end_s: float, words: str, **more: object) -> Decision:
    about = {"recording_sha256": "abc", "start_s": start_s, "end_s": end_s, "words": words}
    return Decision("speaker", name, "A. Clerk", "2026-07-01", **about | more)  # type: ignore[arg-type]


def names(lines: list[Decision], *spoken: Utterance) -> dict[str, str]:
    return {v: d.verdict for v, d in voices_decided(lines, "abc", spoken).voices.items()}


def test_a_decision_finds_its_voice_when_labels_have_changed() -> None:
    made = decided("Councillor Ford", 10, 40, ITEM, voice="V1")
    spoken = [said("V1", 0, 9, OTHER), said("V2", 10.3, 40.2, ITEM.replace("gates", "gate"))]

    assert names([made], *spoken) == {"V2": "Councillor Ford"}
    assert voices_decided([made], "other", spoken).voices == {}


@pytest.mark.parametrize(
    "spoken",
    [
        [said("V7", 39.9, 400, OTHER)],
        [said("V1", 10, 24, ITEM), said("V7", 24.1, 40, OTHER)],
        [said("V?", 10, 40, ITEM)],
        [said("V1", 10, 40, OTHER), said("V2", 11, 39, ITEM)],
    ],
    ids=["touched", "divided", "no voice", "said by another"],
)
def test_a_decision_whose_stretch_is_anothers_now_is_told(spoken: list[Utterance]) -> None:
    made = decided("Councillor Ford", 10, 40, ITEM, id="a1")

    found = voices_decided([made], "abc", spoken)

    assert (found.voices, found.lost) == ({}, [made])
    assert "(lines a1)" in found.told[0]


def test_without_words_half_of_the_stretch_is_enough() -> None:
    """What was redacted is not in the ledger any more."""
    made = decided("Councillor Ford", 10, 40, "")

    assert names([made], said("V4", 20, 40, OTHER)) == {"V4": "Councillor Ford"}


def test_two_people_in_one_voice_name_it_neither_and_it_is_told() -> None:
    lines = [
        decided("Councillor Ford", 10, 40, ITEM, id="a1", voice="V1"),
        decided("Councillor Daly", 50, 80, REPLY, id="b2", voice="V2"),
    ]
    spoken = [said("V1", 10, 40, ITEM), said("V1", 50, 80, REPLY)]

    found = voices_decided(lines, "abc", spoken)

    assert (found.voices, found.merged) == ({}, {"V1": tuple(lines)})
    assert "different people (lines a1, b2)" in found.told[0]


def test_whoever_decides_on_a_merged_voice_settles_it() -> None:
    lines = [
        decided("Councillor Ford", 10, 40, ITEM, id="a1"),
        decided("Councillor Daly", 50, 80, REPLY, id="b2"),
        decided("Councillor Daly", 90, 130, OTHER, id="c3", others=("a1", "b2")),
    ]
    spoken = [said("V1", 10, 40, ITEM), said("V1", 50, 80, REPLY), said("V1", 90, 130, OTHER)]

    assert names(lines, *spoken) == {"V1": "Councillor Daly"}


def test_the_last_word_on_one_stretch_wins() -> None:
    lines = [decided("Councillor Ford", 10, 40, ITEM), decided("Councillor Daly", 10, 41, ITEM)]

    assert names(lines, said("V1", 10, 40, ITEM)) == {"V1": "Councillor Daly"}
