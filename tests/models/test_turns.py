"""Voices told apart in synthetic speech, from thresholds that the recording itself gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.protocols import SAMPLE_RATE
from models.regions import SileroRegions
from models.turns import EmbeddedTurns, TurnSettings, cluster, join, pieces, stretches
from models.voiceprint import VoiceEncoder, spectrogram, weights_sha256
from transcripts.sound import PcmSound, decode
from transcripts.words import Turn

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "aldermere" / "2026-06-11"


class Cut:
    """The first minutes of a sound."""

    def __init__(self, sound: PcmSound, duration_s: float) -> None:
        self._sound, self.duration_s = sound, duration_s
        self.longest_read_s = 0.0

    def read(self, start_s: float, end_s: float) -> np.ndarray:
        self.longest_read_s = max(self.longest_read_s, end_s - start_s)
        return self._sound.read(start_s, min(end_s, self.duration_s))


@pytest.fixture(scope="module")
def engine() -> EmbeddedTurns:
    return EmbeddedTurns()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    pcm = tmp_path_factory.mktemp("turns") / "sample.pcm"
    return Cut(PcmSound(decode(SAMPLE / "recording.opus", pcm).path), 200.0)


@pytest.fixture(scope="module")
def found(engine: EmbeddedTurns, sample: Cut) -> list[Turn]:
    return engine.find(sample, SileroRegions().find(sample))


def test_the_sample_has_as_many_voices_as_people_and_hardly_a_second_confused(
    found: list[Turn],
) -> None:
    truth = [t for t in _truth() if t.start_s < 200]
    heard = {v: _spoken_with(found, truth, v) for v in {t.voice for t in found}}
    confused = sum(sum(s.values()) - max(s.values()) for s in heard.values() if s)

    assert len(heard) == len({t.voice for t in truth})
    assert confused < 0.05 * sum(t.length_s for t in truth)


def test_the_same_sound_gives_the_same_turns(
    engine: EmbeddedTurns, sample: Cut, found: list[Turn]
) -> None:
    regions = [r for r in SileroRegions().find(sample) if r[1] < 60]

    assert engine.find(sample, regions) == engine.find(sample, regions)


def test_voices_are_numbered_in_order_of_first_speech(found: list[Turn]) -> None:
    order = list(dict.fromkeys(t.voice for t in found))

    assert order == [f"V{i + 1}" for i in range(len(order))]


def test_a_long_region_is_read_in_short_pieces(engine: EmbeddedTurns, sample: Cut) -> None:
    sample.longest_read_s = 0.0

    engine.find(sample, [(0.0, 65.0)])

    assert 0 < sample.longest_read_s <= TurnSettings().longest_read_s


def test_silence_has_no_turns(engine: EmbeddedTurns, sample: Cut) -> None:
    assert engine.find(sample, []) == []


def test_turns_name_the_weights_they_came_from(engine: EmbeddedTurns) -> None:
    assert engine.engine.model_sha256 == weights_sha256()
    assert engine.engine.settings["merge"] == TurnSettings().merge


def test_clusters_do_not_depend_on_how_a_recording_is_cut_into_blocks() -> None:
    rng = np.random.default_rng(0)
    centres = np.eye(3, 256, dtype=np.float32) + 0.6
    which = np.repeat([0, 1, 2, 0, 1], 40)
    vectors = (centres[which] + rng.normal(0, 0.02, (200, 256))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    spans = np.stack([np.arange(200) * 0.4, np.arange(200) * 0.4 + 1.6], axis=1)

    whole = cluster(spans, vectors, TurnSettings())
    cut = cluster(spans, vectors, TurnSettings(block=60))

    assert np.array_equal(whole, cut)


def test_regions_are_cut_half_way_between_windows_of_two_voices() -> None:
    spans = np.array([[0.0, 1.6], [0.4, 2.0], [0.8, 2.4], [10.0, 11.6]])

    turns = list(stretches([(0.0, 2.4), (10.0, 11.6)], spans, np.array([0, 0, 1, 1])))

    assert turns == [Turn("V1", 0.0, 1.4), Turn("V2", 1.4, 2.4), Turn("V2", 10.0, 11.6)]


def test_a_breath_does_not_end_a_turn() -> None:
    turns = [Turn("V1", 0, 1), Turn("V1", 1.2, 2), Turn("V2", 2.1, 3), Turn("V2", 4, 5)]

    assert join(turns, 0.3) == [Turn("V1", 0, 2), Turn("V2", 2.1, 3), Turn("V2", 4, 5)]


def test_pieces_of_a_region_cover_it_and_are_short() -> None:
    assert list(pieces([(0.0, 50.0)], 20.0)) == [
        (0.0, pytest.approx(16.667, abs=0.01)),
        (pytest.approx(16.667, abs=0.01), pytest.approx(33.333, abs=0.01)),
        (pytest.approx(33.333, abs=0.01), pytest.approx(50.0)),
    ]


def test_the_spectrogram_of_a_pure_tone_peaks_in_its_own_channel() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(SAMPLE_RATE) / SAMPLE_RATE).astype(np.float32)

    mel = spectrogram(tone)

    assert mel.shape == (101, 40)
    assert int(mel[50].argmax()) == 13


def test_voice_vectors_are_unit_vectors() -> None:
    noise = np.random.default_rng(0).random((2, 160, 40), np.float32)

    vectors = VoiceEncoder().encode(noise)

    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)


def _truth() -> list[Turn]:
    lines = [s.split() for s in (SAMPLE / "truth.rttm").read_text().splitlines()]
    return [Turn(p[7], float(p[3]), float(p[3]) + float(p[4])) for p in lines]


def _spoken_with(found: list[Turn], truth: list[Turn], voice: str) -> dict[str, float]:
    shares: dict[str, float] = {}
    for turn in (t for t in found if t.voice == voice):
        for true in truth:
            shared = min(turn.end_s, true.end_s) - max(turn.start_s, true.start_s)
            if shared > 0:
                shares[true.voice] = shares.get(true.voice, 0.0) + shared
    return shares
