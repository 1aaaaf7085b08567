"""faster-whisper really run, on weights converted from openai-whisper's own checkpoint.

The checkpoint knows the few sentences of ``tests/recordings`` and nothing else. These tests prove
that conversion, decoding and word times hold; they say nothing of how well Whisper hears.
"""

from __future__ import annotations

import json

import pytest

from matters_arising.errors import EngineError, MissingModelError
from models.faster_whisper import FasterWhisperSpeech, _precision, faster_whisper_engine
from models.weights import find_faster_whisper, is_converted, official_name
from models.whisper_convert import converted
from models.whisper_tokens import VocabularyOf, tokenizer_of
from transcripts.whole import sha256_of

TEXTS = [
    "Councillor Lindqvist's £2,000 follow-up; isn't it?  Yes… ",
    "Llŷr ap Siôn, café — “quoted”, 日本語 🎉\n\tend",
    " I'll, we've, they're",
    "",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def faster(tiny_checkpoint, folder) -> FasterWhisperSpeech:
    return FasterWhisperSpeech(str(tiny_checkpoint), folder=folder, threads=1)


@pytest.mark.parametrize(
    ("name", "through"),
    [
        ("concern.flac", ""),
        ("concern.flac", ".mp3"),
        ("concern.flac", ".m4a"),
        ("meeting.opus", ""),
    ],
)
def test_the_words_of_a_recording_come_back_at_their_times(faster, clip, name, through):
    known = clip(name, through)

    segments, gaps = faster.recognise_with_gaps(known.sound, known.regions)

    assert known.word_error_rate(segments) <= 0.05
    assert known.median_start_error_s(segments) <= 0.1
    assert gaps == []


@pytest.mark.parametrize(
    ("machine", "told", "arithmetic"),
    [
        ("x86_64", "flags : avx2 avx512_vnni", "int8"),
        ("x86_64", "flags : avx avx2", "float32"),
        ("AMD64", "", "float32"),
        ("aarch64", "", "int8"),
    ],
)
def test_bytes_are_reckoned_with_only_where_their_sums_do_not_overflow(
    monkeypatch, tmp_path, machine, told, arithmetic
):
    (tmp_path / "cpuinfo").write_text(told)
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr("models.faster_whisper.CPUINFO", tmp_path / "cpuinfo")

    assert _precision() == arithmetic


def test_a_piece_from_the_middle_is_placed_where_it_was_said(faster, clip, tmp_path):
    later = clip("concern.flac").after(30.0, tmp_path)

    segments = faster.recognise(later.sound, later.regions)

    assert later.word_error_rate(segments) <= 0.05
    assert later.median_start_error_s(segments) <= 0.1


def test_a_prompt_is_heard_and_not_repeated_as_speech(faster, clip):
    known = clip("meeting.opus")
    names = "Councillor Okafor, Councillor Lindqvist, the Chair."

    segments = faster.recognise(known.sound, known.regions, prompt=names)

    assert known.word_error_rate(segments) <= 0.05


def test_silence_gives_no_words(faster, silence):
    found = faster.recognise_with_gaps(silence, [(0.0, silence.duration_s)])

    assert found == ([], [])


def test_the_same_sound_gives_the_same_words(faster, clip):
    known = clip("concern.flac")

    first, second = (faster.recognise(known.sound, known.regions) for _ in range(2))

    assert first == second


def test_the_engine_names_the_checkpoint_whose_weights_it_runs(faster, tiny_checkpoint, folder):
    told = faster_whisper_engine(str(tiny_checkpoint), folder=folder)

    assert told == faster.engine
    assert (told.name, told.model) == ("faster-whisper", "tiny-whisper")
    assert told.model_sha256 == sha256_of(tiny_checkpoint)


def test_a_checkpoint_is_converted_once_and_whole(faster, tiny_checkpoint, folder):
    target = converted(tiny_checkpoint, folder)
    made = (target / "model.bin").stat().st_mtime_ns

    again = converted(tiny_checkpoint, folder)

    assert (again, (again / "model.bin").stat().st_mtime_ns) == (target, made)
    assert [path.name for path in target.parent.iterdir()] == [sha256_of(tiny_checkpoint)]


def test_a_conversion_that_was_cut_short_is_done_again(faster, tiny_checkpoint, folder, tmp_path):
    broken = tmp_path / "converted" / sha256_of(tiny_checkpoint)
    broken.mkdir(parents=True)
    (broken / "model.bin").write_bytes(b"half")

    target = converted(tiny_checkpoint, tmp_path)

    assert target == broken
    assert is_converted(target)


def test_a_converted_folder_is_used_as_it_is(faster, tiny_checkpoint, folder):
    target = converted(tiny_checkpoint, folder)

    told = faster_whisper_engine(str(target))

    assert told.model_sha256 == sha256_of(target / "model.bin")
    assert find_faster_whisper(str(target)) == target


def test_the_configuration_tells_what_openai_whisper_knows(faster, tiny_checkpoint, folder):
    config = json.loads((converted(tiny_checkpoint, folder) / "config.json").read_text())

    assert config["alignment_heads"] == [[1, 0], [1, 1]]
    assert config["suppress_ids_begin"] == [220, 50257]
    assert len(config["lang_ids"]) == 99


@pytest.mark.parametrize("size", [51_864, 51_865], ids=["English only", "multilingual"])
def test_the_tokenizer_is_openai_whispers_on_every_text(size):
    vocabulary = VocabularyOf(size)
    tokenizer = tokenizer_of(vocabulary)

    tokens = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]

    assert tokens == [vocabulary.encode(text) for text in TEXTS]
    assert [tokenizer.decode(ids) for ids in tokens] == TEXTS
    assert all(tokenizer.token_to_id(t) == n for t, n in vocabulary.specials.items())


def test_missing_weights_name_the_command_that_gets_them(no_cache):
    with pytest.raises(MissingModelError, match=r"faster_whisper.download_model\('small.en'\)"):
        FasterWhisperSpeech("small.en")


def test_a_damaged_converted_folder_says_so(faster, tiny_checkpoint, folder, tmp_path):
    target = converted(tiny_checkpoint, folder)
    for name in ("config.json", "tokenizer.json", "model.bin"):
        (tmp_path / name).write_bytes((target / name).read_bytes()[:2000])

    with pytest.raises(EngineError, match="delete it"):
        FasterWhisperSpeech(str(tmp_path))


def test_official_checkpoints_are_known_by_their_hash():
    whisper = pytest.importorskip("whisper")

    known = {name: official_name(url.split("/")[-2]) for name, url in whisper._MODELS.items()}

    assert {known[name] for name in ("large", "turbo")} == {"large-v3", "large-v3-turbo"}
    assert all(known[name] == name for name in known if name not in ("large", "turbo"))
