"""Every word keeps its place: words to voices, with and without captions' own marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcripts.captions_voices import caption_lag, caption_utterances, turns_from_captions
from transcripts.utterances import utterances
from transcripts.voiceless import (
    NO_MICROPHONE,
    NO_SPEECH,
    NO_TURN,
    UNMARKED,
    Reasons,
    voiceless,
)
from transcripts.words import UNKNOWN_VOICE, Segment, Turn, Word


def segment(text: str, start_s: float, *, speaker: str = "", new: bool = False) -> Segment:
    words = tuple(
        Word(w, start_s + 0.4 * i, start_s + 0.4 * i + 0.3) for i, w in enumerate(text.split())
    )
    return Segment(words, speaker, new)


SEGMENTS = st.lists(
    st.tuples(st.integers(0, 600), st.integers(1, 12), st.booleans()), min_size=0, max_size=12
).map(
    lambda drawn: [
        segment(" ".join(f"w{at}x{i}" for i in range(n)), at / 10, new=new)
        for at, n, new in sorted(drawn)
    ]
)
TURNS = st.lists(
    st.tuples(st.integers(0, 600), st.integers(1, 100), st.integers(1, 4)), max_size=15
).map(lambda drawn: [Turn(f"V{v}", a / 10, (a + n) / 10) for a, n, v in sorted(drawn)])


@given(SEGMENTS, TURNS)
def test_no_word_is_lost_doubled_or_moved(segments: list[Segment], turns: list[Turn]) -> None:
    spoken = utterances(segments, turns, prefix="abc")

    assert [w for u in spoken for w in u.words] == [w for s in segments for w in s.words]


@given(SEGMENTS, TURNS)
def test_ids_are_unique_and_the_same_every_time(segments: list[Segment], turns: list[Turn]) -> None:
    ids = [u.id for u in utterances(segments, turns, prefix="abc")]

    assert len(set(ids)) == len(ids)
    assert ids == [u.id for u in utterances(segments, turns, prefix="abc")]


@given(SEGMENTS, TURNS)
def test_captions_lose_no_word_whatever_the_sound_says(
    segments: list[Segment], turns: list[Turn]
) -> None:
    spoken, _ = caption_utterances(segments, turns, prefix="abc")

    assert [w.text for u in spoken for w in u.words] == [w.text for s in segments for w in s.words]


REGIONS = st.lists(st.tuples(st.integers(0, 600), st.integers(1, 100)), max_size=8).map(
    lambda drawn: [(a / 10, (a + n) / 10) for a, n in sorted(drawn)]
)


@given(SEGMENTS, TURNS, REGIONS, st.booleans())
def test_every_word_comes_out_in_order_with_a_voice_or_a_reason(
    segments: list[Segment], turns: list[Turn], regions: list[tuple[float, float]], by_log: bool
) -> None:
    """Whatever segments, turns, speech and source; captions and sound alike."""
    reasons = Reasons(regions, by_log)
    heard = utterances(segments, turns, prefix="abc", reasons=reasons)
    read, _ = caption_utterances(segments, turns, prefix="abc", reasons=reasons)
    voices = {t.voice for t in turns} | {t.voice for t in turns_from_captions(segments)}

    for spoken in (heard, read):
        said = [w.text for u in spoken for w in u.words]
        assert said == [w.text for s in segments for w in s.words]
        for utterance in spoken:
            known = utterance.voice in voices and not utterance.why
            assert known or (utterance.voice == UNKNOWN_VOICE and utterance.why)
    assert sum(voiceless(heard).values()) == sum(
        len(u.words) for u in heard if u.voice == UNKNOWN_VOICE
    )


def test_words_without_a_voice_say_which_of_the_reasons_it_is() -> None:
    """A stretch ends where the reason does."""
    said = segment("a b c d e f", 100.0)
    regions = [(101.3, 130.0)]

    without = utterances([said], [Turn("V1", 0, 5)], prefix="a", reasons=Reasons(regions))
    by_log = utterances([said], [Turn("V1", 0, 5)], prefix="a", reasons=Reasons(regions, True))
    unmarked, _ = caption_utterances([said], [], prefix="a", reasons=Reasons())

    assert [(u.text, u.why) for u in without] == [("a b", NO_SPEECH), ("c d e f", NO_TURN)]
    assert [u.why for u in by_log] == [NO_MICROPHONE]
    assert [(u.voice, u.why) for u in unmarked] == [(UNKNOWN_VOICE, UNMARKED)]
    assert voiceless(without) == {NO_TURN: 4, NO_SPEECH: 2}


def test_a_change_of_voice_splits_a_segment_at_the_word() -> None:
    turns = [Turn("V1", 0.0, 0.75), Turn("V2", 0.78, 3.0)]

    spoken = utterances([segment("thank you chair may i", 0.0)], turns, prefix="abc")

    assert [(u.id, u.voice, u.text) for u in spoken] == [
        ("abc:0", "V1", "thank you"),
        ("abc:800", "V2", "chair may i"),
    ]


def test_a_word_just_outside_a_turn_is_its_nearest_voices_and_one_far_away_nobodys() -> None:
    turns = [Turn("V1", 10.0, 12.0)]

    spoken = utterances([segment("well", 9.3), segment("hello", 20.0)], turns, prefix="abc")

    assert [u.voice for u in spoken] == ["V1", UNKNOWN_VOICE]


def test_a_name_tag_is_one_voice_and_every_untagged_mark_a_new_one() -> None:
    cues = [
        segment("welcome", 0, speaker="Chair", new=True),
        segment("thank you", 5, new=True),
        segment("all", 8),
        segment("next item", 10, speaker="Chair", new=True),
    ]

    assert [(t.voice, t.start_s) for t in turns_from_captions(cues)] == [
        ("V1", 0),
        ("V2", 5),
        ("V1", 10),
    ]


def test_late_captions_are_moved_back_to_the_sound() -> None:
    turns = [Turn(f"V{i % 3 + 1}", 7.0 * i, 7.0 * i + 6) for i in range(12)]
    cues = [segment(f"turn number {i}", 7.0 * i + 3.2, new=True) for i in range(12)]

    spoken, _ = caption_utterances(cues, turns, prefix="abc")

    assert abs(caption_lag(cues, turns) - 3.2) < 0.15
    assert [u.voice for u in spoken] == [t.voice for t in turns]


def test_a_few_marks_give_no_lag() -> None:
    cues = [segment("hello", 3.0, new=True), segment("thanks", 9.0, new=True)]

    assert caption_lag(cues, [Turn("V1", 0, 5), Turn("V2", 6, 9)]) == 0.0


def test_tags_are_kept_for_the_voice_that_has_most_of_their_words() -> None:
    cues = [
        segment("good evening everybody", 0, speaker="Asha Varley", new=True),
        segment("good evening chair", 4, speaker="Tom Quill", new=True),
    ]

    _, tags = caption_utterances(cues, [Turn("V1", 0, 3), Turn("V2", 4, 6)], prefix="abc")

    assert tags == {"V1": ("Asha Varley",), "V2": ("Tom Quill",)}


def test_a_tag_on_a_few_of_a_voices_words_is_none_of_the_voice() -> None:
    cues = [
        segment("i support it", 0, speaker="Asha Varley", new=True),
        *(segment("and then there is more", 4.0 * n, new=True) for n in range(1, 9)),
    ]

    assert caption_utterances(cues, [Turn("V1", 0, 40)], prefix="abc")[1] == {}


def test_a_voice_under_two_tags_has_both() -> None:
    cues = [
        segment("i said so then and i say it now", 0, speaker="Asha Varley", new=True),
        segment("and i am against it", 8, speaker="Tom Quill", new=True),
    ]

    _, tags = caption_utterances(cues, [Turn("V1", 0, 15)], prefix="abc")

    assert tags == {"V1": ("Asha Varley", "Tom Quill")}


def test_what_follows_a_tagged_cue_without_a_tag_is_nobodys_known_voice() -> None:
    cues = [
        segment("i support the scheme", 0, speaker="Asha Varley", new=True),
        segment("i am against it", 5),
        segment("so am i", 12, new=True),
    ]

    spoken, tags = caption_utterances(cues, [], prefix="abc")

    assert [u.voice for u in spoken] == ["V1", UNKNOWN_VOICE, "V2"]
    assert tags == {"V1": ("Asha Varley",)}
