"""Coverage counts what is missing, so that silence is never mistaken for nothing said."""

from __future__ import annotations

from transcripts.coverage import compared, measure
from transcripts.processed import Coverage, Gap
from transcripts.words import UNKNOWN_VOICE, Attribution, Reason, Sentence, Utterance, Word


def spoken(voice: str, start_s: float, end_s: float, words: int = 4) -> Utterance:
    """An utterance of evenly spaced words."""
    step = (end_s - start_s) / words
    said = tuple(Word("word", start_s + i * step, start_s + (i + 1) * step) for i in range(words))
    return Utterance(f"{start_s}", voice, said)


def test_speech_without_words_is_a_gap_and_lowers_the_share() -> None:
    """Ten seconds of speech in the middle left no word."""
    utterances = [spoken("V1", 0, 10), spoken(UNKNOWN_VOICE, 20, 30)]
    named = Attribution(
        "V1",
        "Councillor Ford",
        "named",
        "Councillor Ford",
        2.0,
        (Reason("introduction", "Councillor Ford", 0.0, 2.0),),
    )

    coverage = measure(
        duration_s=40,
        regions=[(0, 10), (10.5, 19.5), (20, 30)],
        utterances=utterances,
        sentences=[Sentence("s", "0", "V1", "word", 0, 10, item="1")],
        attributions=[named],
        gaps=[Gap(35, 40, "the recording breaks off")],
    )

    assert (coverage.words, coverage.words_with_voice, coverage.words_named) == (8, 4, 4)
    assert [g.why for g in coverage.gaps] == [
        "speech was detected but no word",
        "the recording breaks off",
    ]
    assert coverage.transcribed_s == coverage.speech_s - 8.0
    assert coverage.sentences_in_items == 1


def test_captions_without_sound_cover_what_they_say() -> None:
    """Nobody has listened, so the words are all that is known."""
    coverage = measure(
        duration_s=0,
        regions=[],
        utterances=[spoken("V1", 0, 10)],
        sentences=[],
        attributions=[],
        gaps=[],
    )

    assert coverage.transcribed_s == coverage.speech_s
    assert coverage.gaps == ()


def test_captions_that_come_late_are_noticed_and_those_that_fit_are_not() -> None:
    """Four seconds late, over ten minutes of short speeches."""
    starts = [20.0 * i + (i * i % 7) for i in range(30)]
    regions = [(a, a + 8.0 + a % 3) for a in starts]
    fits = [spoken("V1", a, b, 20) for a, b in regions]
    late = [spoken("V1", a + 4.0, b + 4.0, 20) for a, b in regions]
    plain = Coverage(620.0, 300.0, 300.0, 600, 600, 0, 30, 30)

    assert not compared(plain, fits, regions).shifted
    told = compared(plain, late, regions)
    assert told.shifted
    assert told.late_s is not None
    assert abs(told.late_s - 4.0) <= 0.2
    assert compared(plain, late, []) == plain


def test_two_words_do_not_cover_half_an_hour() -> None:
    words = (Word("Yes", 60, 660), Word("indeed.", 660, 1860))

    found = measure(
        duration_s=1900,
        regions=[(60, 1860)],
        utterances=[Utterance("u", "V1", words)],
        sentences=[],
        attributions=[],
        gaps=[],
    )

    assert found.transcribed_s < 20
    assert sum(g.end_s - g.start_s for g in found.gaps) > 1780
