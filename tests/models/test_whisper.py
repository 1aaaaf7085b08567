"""openai-whisper really run: a checkpoint loaded, sound decoded, words timed and placed.

The checkpoint knows the few sentences of ``tests/recordings`` and nothing else. These tests prove
that the plumbing holds, from file to placed words; they say nothing of how well Whisper hears.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from matters_arising.errors import BadInputError, EngineError, MissingModelError
from models.whisper import WhisperSpeech, whisper_engine
from models.whisper_words import check_language, joined_prompt, placed_words
from transcripts.whole import sha256_of
from transcripts.words import Word

NAMES = "Councillor Okafor, Councillor Lindqvist, the Chair."


@pytest.fixture(scope="module")
def whisper(tiny_checkpoint) -> WhisperSpeech:
    return WhisperSpeech(str(tiny_checkpoint))


@pytest.mark.parametrize(
    ("name", "through"),
    [
        ("concern.flac", ""),
        ("concern.flac", ".wav"),
        ("concern.flac", ".mp3"),
        ("concern.flac", ".m4a"),
        ("meeting.opus", ""),
    ],
)
def test_the_words_of_a_recording_come_back_at_their_times(whisper, clip, name, through):
    known = clip(name, through)

    segments, gaps = whisper.recognise_with_gaps(known.sound, known.regions)

    assert known.word_error_rate(segments) <= 0.05
    assert known.median_start_error_s(segments) <= 0.1
    assert gaps == []


def test_each_segment_keeps_punctuation_and_real_confidence(whisper, clip):
    known = clip("concern.flac")

    (segment,) = whisper.recognise(known.sound, known.regions)

    assert segment.text.startswith("Thank you, Chair. I am concerned that residents of Aldermere")
    assert all(word.confidence is not None and 0 < word.confidence <= 1 for word in segment.words)


def test_a_piece_from_the_middle_is_placed_where_it_was_said(whisper, clip, tmp_path):
    later = clip("concern.flac").after(30.0, tmp_path)

    segments = whisper.recognise(later.sound, later.regions)

    assert later.word_error_rate(segments) <= 0.05
    assert later.median_start_error_s(segments) <= 0.1


def test_a_prompt_is_heard_and_not_repeated_as_speech(tiny_checkpoint, clip):
    known = clip("meeting.opus")
    names, before = NAMES.rsplit(maxsplit=2)[0], "the Chair."
    prompted = WhisperSpeech(str(tiny_checkpoint), prompt=names)

    segments = prompted.recognise(known.sound, known.regions, prompt=before)

    assert known.word_error_rate(segments) <= 0.05
    assert prompted.engine.settings["prompt"] == names


def test_silence_gives_no_words(whisper, silence):
    found = whisper.recognise_with_gaps(silence, [(0.0, silence.duration_s)])

    assert found == ([], [])


def test_a_piece_without_regions_gives_no_words(whisper, silence):
    found = whisper.recognise_with_gaps(silence, [])

    assert found == ([], [])


def test_the_engine_is_told_without_loading_and_is_the_one_that_ran(whisper, tiny_checkpoint):
    told = whisper_engine(str(tiny_checkpoint))

    assert told == whisper.engine
    assert (told.task, told.name, told.model) == ("speech", "whisper", "tiny-whisper")
    assert told.model_sha256 == sha256_of(tiny_checkpoint)


def test_a_checkpoint_is_found_by_size_in_the_models_folder(tiny_checkpoint, no_cache):
    folder = no_cache / "models"
    folder.mkdir()
    (folder / "small.en.pt").write_bytes(tiny_checkpoint.read_bytes())

    told = [whisper_engine(model, folder=folder).model for model in ("small.en", "")]

    assert told == ["small.en", "small.en"]


@pytest.mark.parametrize(
    ("model", "command"),
    [
        ("base.en", "whisper.load_model('base.en')"),
        ("turbo", "whisper.load_model('turbo')"),
        ("no/such/file.pt", "whisper.load_model('base.en')"),
        ("", "whisper.load_model('base.en')"),
    ],
)
def test_missing_weights_name_the_command_that_gets_them(no_cache, model, command):
    with pytest.raises(MissingModelError) as caught:
        WhisperSpeech(model)

    assert command in str(caught.value)


def test_a_checkpoint_cut_short_says_so(tiny_checkpoint, tmp_path):
    cut = tmp_path / "base.en.pt"
    cut.write_bytes(tiny_checkpoint.read_bytes()[:100_000])

    with pytest.raises(EngineError, match="delete it and get it again"):
        WhisperSpeech(str(cut))


def test_parts_of_words_are_put_together_and_no_word_ends_before_it_starts():
    raw = [(" a", 0.0, 0.5, 0.9), (" follow", 0.5, 0.9, 0.9), ("-up", 0.9, 1.2, 0.6)]
    raw += [
        (" of", 1.3, 1.1, 0.8),
        (" 2", 1.4, 1.5, 0.7),
        (",000", 1.5, 9.0, 0.8),
        (" ", 2.0, 2.0, 1),
    ]

    words = placed_words(raw, 100.0, 102.0)

    assert words == (
        Word("a", 100.0, 100.5, 0.9),
        Word("follow-up", 100.5, 101.2, 0.6),
        Word("of", 101.3, 101.3, 0.8),
        Word("2,000", 101.4, 102.0, 0.7),
    )


@pytest.mark.parametrize(
    ("parts", "prompt"), [(("", " "), None), ((NAMES, ""), NAMES), (("A.", " B. "), "A. B.")]
)
def test_prompts_are_joined_and_an_empty_one_is_none(parts, prompt):
    assert joined_prompt(*parts) == prompt


def test_an_english_model_is_not_asked_for_another_language():
    with pytest.raises(BadInputError, match=r"without '\.en'"):
        check_language("cy", multilingual=False, model="base.en")


def test_weights_are_found_by_path_whatever_the_folder(tiny_checkpoint, no_cache):
    told = whisper_engine(str(tiny_checkpoint), folder=Path(no_cache))

    assert told.model == "tiny-whisper"
