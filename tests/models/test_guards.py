"""What is taken out as invented, what must stay, and that nothing goes without a reason."""

from __future__ import annotations

import pytest

from models.guards import (
    DRAWN_OUT,
    LOOPING,
    REPEATED,
    REPEATING,
    SILENT,
    SQUEEZED,
    STRETCHED,
    VOICELESS,
    Heard,
    compression_ratio,
    in_doubt,
    keep_spoken,
    looped,
    why_invented,
)
from transcripts.processed import Gap
from transcripts.words import Segment, Utterance, Word

EVERYWHERE = [(0.0, 1000.0)]
ROLL_CALL = "Adair? For. Baines? For. Chowdhury? Against. Doyle? For. Eze? For. Farr? Abstain."
LOOP = "and the report of the officer " * 20


def words(text: str, *, start_s: float = 10.0, each_s: float = 0.3, confidence: float = 0.5):
    return tuple(
        Word(word, start_s + number * each_s, start_s + (number + 1) * each_s, confidence)
        for number, word in enumerate(text.split())
    )


@pytest.mark.parametrize(
    ("heard", "why"),
    [
        (Heard(words("Thank you.")), ""),
        (Heard(words("Thank you."), no_speech_prob=0.9, avg_logprob=-1.4), SILENT),
        (Heard(words("Thank you."), no_speech_prob=0.9, avg_logprob=-0.2), ""),
        (Heard(words("Thank you."), no_speech_prob=0.1, avg_logprob=-1.4), ""),
        (Heard(words(LOOP), compression_ratio=9.0), REPEATING),
        (Heard(words("That is agreed."), compression_ratio=9.0), ""),
        (Heard(words(LOOP), compression_ratio=2.3), ""),
        (Heard(words(ROLL_CALL), compression_ratio=2.5), ""),
        (Heard(words("Thank you.", each_s=14.0)), STRETCHED),
        (Heard(words("Thank you all for this.", each_s=0.0)), SQUEEZED),
        (Heard(words("Yes, Chair.", each_s=0.0)), ""),
        (Heard(words("I would like to ask about that", each_s=0.12)), ""),
    ],
)
def test_a_segment_is_dropped_only_for_what_speaks_against_it(heard, why):
    found = why_invented(heard, EVERYWHERE)

    assert found == why


@pytest.mark.parametrize(
    ("start_s", "confidence", "no_speech_prob", "why"),
    [
        (20.0, 0.4, 0.0, ""),
        (29.5, 0.4, 0.0, ""),
        (29.8, 0.4, 0.0, ""),
        (40.0, 0.4, 0.0, VOICELESS),
        (40.0, 0.95, 0.0, ""),
        (40.0, 0.95, 0.9, VOICELESS),
    ],
    ids=["inside", "at the edge", "within a second", "outside", "outside, sure", "outside, denied"],
)
def test_words_without_a_voice_stay_only_where_the_engine_is_sure(
    start_s, confidence, no_speech_prob, why
):
    heard = Heard(
        words("three more words", start_s=start_s, confidence=confidence),
        no_speech_prob=no_speech_prob,
    )

    found = why_invented(heard, [(0.0, 5.0), (15.0, 30.0)])

    assert found == why


def test_words_without_confidence_and_without_a_voice_are_dropped():
    heard = Heard((Word("hello", 50.0, 50.5),))

    found = why_invented(heard, [(0.0, 5.0)])

    assert found == VOICELESS


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("Agreed. Agreed. Agreed.", "Agreed. Agreed. Agreed."),
        ("For. " * 8, "For. " * 8),
        ("for " * 9, "for"),
        ("thank you " * 5, "thank you " * 5),
        ("well thank you " + "Thank you. thank you, " * 3, "well thank you"),
        ("I am not sure " * 3, "I am not sure " * 3),
        ("so I am not sure " + "I am not sure " * 3 + "about it", "so I am not sure about it"),
        (ROLL_CALL, ROLL_CALL),
    ],
)
def test_only_a_phrase_said_too_often_to_be_true_is_a_loop(text, kept):
    said = text.split()

    flags = looped(said)

    assert [word for word, again in zip(said, flags, strict=True) if not again] == kept.split()


def test_a_loop_over_many_segments_is_kept_once():
    heard = [Heard(words("Thank you all.", start_s=10.0 + 2 * n)) for n in range(6)]

    segments, gaps = keep_spoken(heard, EVERYWHERE)

    assert segments == [Segment(heard[0].words)]
    assert [(gap.start_s, round(gap.end_s, 1), gap.why) for gap in gaps] == [
        (12.0 + 2 * n, round(12.9 + 2 * n, 1), LOOPING) for n in range(5)
    ]


def test_neighbouring_losses_of_one_reason_are_one_gap():
    heard = [Heard(words("no voice", start_s=start_s)) for start_s in (40.0, 41.0, 50.0)]

    segments, gaps = keep_spoken(heard, [(0.0, 5.0)])

    assert segments == []
    assert gaps == [Gap(40.0, 41.6, VOICELESS), Gap(50.0, 50.6, VOICELESS)]


def test_every_word_is_either_kept_or_inside_a_gap():
    heard = [
        Heard(words("We begin with item one.", start_s=1.0)),
        Heard(words("Thanks for watching.", start_s=50.0)),
        Heard(words("and so on " * 6, start_s=60.0)),
        Heard(()),
        Heard(words("That is all.", start_s=80.0)),
    ]

    segments, gaps = keep_spoken(heard, [(0.0, 5.0), (60.0, 90.0)])

    kept = {word for segment in segments for word in segment.words}
    assert [segment.text for segment in segments] == [
        "We begin with item one.",
        "and so on",
        "That is all.",
    ]
    assert [gap.why for gap in gaps] == [VOICELESS, LOOPING]
    assert all(
        word in kept or any(g.start_s <= word.start_s and word.end_s <= g.end_s for g in gaps)
        for segment in heard
        for word in segment.words
    )


def test_the_compression_ratio_is_openai_whispers_own():
    utils = pytest.importorskip("whisper.utils")

    assert [compression_ratio(text) for text in (LOOP, ROLL_CALL, "é")] == [
        utils.compression_ratio(text) for text in (LOOP, ROLL_CALL, "é")
    ]


def test_of_other_sources_a_loop_is_told_and_kept() -> None:
    words = tuple(
        Word(text, n * 0.5, n * 0.5 + 0.4)
        for n, text in enumerate("Thank you for watching.".split() * 10)
    )

    (gap,) = in_doubt([Utterance("u", "V1", words)])

    assert (gap.why, gap.start_s, gap.end_s) == (REPEATED, 2.0, words[-1].end_s)


def test_the_answers_of_a_roll_call_are_no_loop() -> None:
    votes = [Utterance(f"u{n}", f"V{n}", (Word("Aye.", n, n + 0.5),)) for n in range(20)]

    assert in_doubt(votes) == []


def test_words_drawn_out_over_minutes_are_told() -> None:
    said = Utterance("u", "V1", (Word("Yes", 60, 660), Word("indeed.", 660, 1860)))

    assert in_doubt([said]) == [Gap(60, 1860, DRAWN_OUT)]
