"""The embedded recogniser on a short synthetic voice: words, times, and nothing carried over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jiwer
import numpy as np
import pytest

from models.sphinx import SphinxSpeech, council_vocabulary, joined, sphinx_engine
from transcripts.sound import PcmSound, decode
from transcripts.words import Segment

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings"


@pytest.fixture(scope="module")
def engine() -> SphinxSpeech:
    return SphinxSpeech()


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> PcmSound:
    pcm = tmp_path_factory.mktemp("sound") / "concern.pcm"
    return PcmSound(decode(RECORDINGS / "concern.flac", pcm).path)


@pytest.fixture(scope="module")
def said() -> list[tuple[str, float, float]]:
    turns = json.loads((RECORDINGS / "concern.json").read_text())
    return [tuple(word) for turn in turns for word in turn["words"]]


@pytest.fixture(scope="module")
def found(engine: SphinxSpeech, heard: PcmSound) -> list[Segment]:
    return engine.recognise(heard, [(0.0, heard.duration_s)])


def plain(text: str) -> str:
    return re.sub(r"[^a-z' ]", "", text.lower())


def test_most_words_of_a_clear_voice_are_right(
    found: list[Segment], said: list[tuple[str, float, float]]
) -> None:
    truth = plain(" ".join(word for word, _, _ in said))

    assert jiwer.wer(truth, plain(" ".join(s.text for s in found))) <= 0.25


def test_words_lie_where_they_were_said(
    found: list[Segment], said: list[tuple[str, float, float]]
) -> None:
    times = {plain(word): (start_s, end_s) for word, start_s, end_s in said}
    once = [w for s in found for w in s.words if w.text in times]

    errors = [abs(w.start_s - times[w.text][0]) for w in once]
    assert len(once) > 10
    assert np.median(errors) < 0.1


def test_words_are_words_with_a_confidence(found: list[Segment]) -> None:
    words = [w for s in found for w in s.words]

    assert all(re.fullmatch(r"[a-z'.\-]+", w.text) for w in words)
    assert all(w.confidence is not None and 0 <= w.confidence <= 1 for w in words)
    assert len({w.confidence for w in words}) > 3


def test_a_piece_gives_the_same_words_whatever_was_heard_before(heard: PcmSound) -> None:
    regions = [(0.0, 4.0), (4.4, heard.duration_s)]
    fresh = SphinxSpeech().recognise(heard, regions[1:])
    busy = SphinxSpeech()
    busy.recognise(heard, regions[:1])

    assert busy.recognise(heard, regions[1:]) == fresh


def test_a_prompt_changes_nothing(
    engine: SphinxSpeech, heard: PcmSound, found: list[Segment]
) -> None:
    with_gaps = engine.recognise_with_gaps(heard, [(0.0, heard.duration_s)], prompt="Aldermere")

    assert with_gaps == (found, [])


def test_silence_gives_no_words(tmp_path: Path, engine: SphinxSpeech) -> None:
    np.zeros(3 * 16_000, "<i2").tofile(tmp_path / "a.pcm")

    assert engine.recognise(PcmSound(tmp_path / "a.pcm"), [(0.0, 3.0)]) == []


def test_no_regions_give_no_words(engine: SphinxSpeech, heard: PcmSound) -> None:
    assert engine.recognise(heard, []) == []


def test_a_region_of_a_few_samples_does_no_harm(engine: SphinxSpeech, heard: PcmSound) -> None:
    assert engine.recognise(heard, [(0.0, 0.001)]) == []


def test_stretches_have_a_margin_and_join_over_short_pauses() -> None:
    regions = [(1.0, 2.0), (2.6, 3.0), (4.1, 5.0), (9.95, 10.0)]

    assert joined(regions, 10.0) == [
        (0.7, pytest.approx(3.3)),
        (pytest.approx(3.8), 5.3),
        (pytest.approx(9.65), 10.0),
    ]


def test_joining_stops_before_a_stretch_grows_too_long() -> None:
    regions = [(n * 10.1, n * 10.1 + 10) for n in range(4)]

    assert [round(end - start) for start, end in joined(regions, 60)] == [20, 20]


def test_the_vocabulary_can_be_pronounced_and_adds_words_of_the_chamber(
    engine: SphinxSpeech,
) -> None:
    lines = council_vocabulary().read_text().splitlines()
    words = [line.split()[0] for line in lines]

    assert words == sorted(words, key=lambda w: (w.split("(")[0], w))
    assert len(set(words)) == len(words)
    assert engine.decoder.lookup_word("councillor") == "K AW N S AH L ER"
    assert all(engine.decoder.lookup_word(word) for word in words)
    assert all(engine.decoder.get_lm().prob([w]) > -1e6 for w in words if "(" not in w)


def test_the_engine_is_told_without_loading_it() -> None:
    engine = sphinx_engine()

    assert (engine.name, engine.model, len(engine.model_sha256)) == ("sphinx", "en-us", 64)
    assert SphinxSpeech().engine == engine
