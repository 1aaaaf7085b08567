"""Where speech is found, on a short synthetic voice, and how work is cut into pieces."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.protocols import SAMPLE_RATE
from models.regions import Listening, SileroRegions, pieces, quietest, regions_engine
from transcripts.sound import PcmSound, decode

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings"


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray:
    """Eight seconds of one synthetic voice, with a pause after the greeting."""
    pcm = tmp_path_factory.mktemp("sound") / "concern.pcm"
    heard = PcmSound(decode(RECORDINGS / "concern.flac", pcm).path)
    return heard.read(0, heard.duration_s)


@pytest.fixture(scope="module")
def detector() -> SileroRegions:
    return SileroRegions()


def sound(path: Path, *parts: np.ndarray) -> PcmSound:
    (np.concatenate(parts) * 32767).astype("<i2").tofile(path)
    return PcmSound(path)


def silence(seconds: float) -> np.ndarray:
    hiss = np.random.default_rng(0).normal(0, 1e-4, int(seconds * SAMPLE_RATE))
    return hiss.astype("f4")


def test_speech_is_found_and_silence_is_not(
    tmp_path: Path, voice: np.ndarray, detector: SileroRegions
) -> None:
    spoken_s = len(voice) / SAMPLE_RATE
    heard = sound(tmp_path / "a.pcm", silence(5), voice, silence(5), voice, silence(4))

    regions = detector.find(heard)

    second_s = 10 + spoken_s
    assert regions[0][0] == pytest.approx(5.4, abs=0.3)
    assert regions[-1][1] == pytest.approx(second_s + 8.0, abs=0.4)
    assert all(b < 5 + spoken_s + 0.1 or a > second_s for a, b in regions)
    assert sum(b - a for a, b in regions) > 1.5 * 6


def test_nothing_is_found_in_silence(tmp_path: Path, detector: SileroRegions) -> None:
    assert detector.find(sound(tmp_path / "a.pcm", silence(10))) == []


def test_sound_of_no_length_has_no_regions(tmp_path: Path, detector: SileroRegions) -> None:
    assert detector.find(sound(tmp_path / "a.pcm", silence(0))) == []


def test_reading_in_blocks_hears_what_reading_at_once_hears(
    tmp_path: Path, voice: np.ndarray, detector: SileroRegions
) -> None:
    heard = sound(tmp_path / "a.pcm", *[voice] * 10)  # eighty seconds, three blocks

    at_once = detector.model.audio_forward(heard.read(0, heard.duration_s))

    assert np.array_equal(detector.probabilities(heard), at_once)


def test_a_long_region_is_cut_where_it_is_quietest(tmp_path: Path, voice: np.ndarray) -> None:
    detector = SileroRegions(Listening(longest_s=4.0, min_silence_s=2.0))
    heard = sound(tmp_path / "a.pcm", voice)

    regions = detector.find(heard)

    assert len(regions) >= 2
    assert max(b - a for a, b in regions) <= 4.0
    assert all(a[1] == b[0] for a, b in pairwise(regions))


def test_the_quietest_point_is_in_the_pause(tmp_path: Path) -> None:
    loud = np.full(SAMPLE_RATE, 0.5, "f4")
    heard = sound(tmp_path / "a.pcm", loud, silence(0.4), loud)

    assert quietest(heard, 0.0, 2.4) == pytest.approx(1.2, abs=0.11)


def test_a_piece_is_cut_at_its_longest_silence_after_the_middle() -> None:
    regions = [(0.0, 40.0), (41.0, 70.0), (75.0, 100.0), (101.0, 130.0), (131.0, 140.0)]

    assert pieces(regions) == [
        ((0.0, 40.0), (41.0, 70.0)),
        ((75.0, 100.0), (101.0, 130.0), (131.0, 140.0)),
    ]


lengths = st.lists(st.tuples(st.floats(0.05, 20), st.floats(0.5, 30)), max_size=60)


@given(lengths)
def test_pieces_hold_every_region_once_and_are_never_too_long(
    gaps: list[tuple[float, float]],
) -> None:
    regions, at = [], 0.0
    for silent_s, spoken_s in gaps:
        regions.append((at + silent_s, at + silent_s + spoken_s))
        at += silent_s + spoken_s

    cut = pieces(regions)

    assert [region for piece in cut for region in piece] == regions
    assert all(piece[-1][1] - piece[0][0] <= 120 for piece in cut)


def test_the_engine_names_its_weights_and_settings_without_loading_them() -> None:
    engine = regions_engine(Listening(threshold=0.4))

    assert (engine.task, engine.name, len(engine.model_sha256)) == ("regions", "silero-vad", 64)
    assert engine.settings["threshold"] == 0.4
