"""The speech benchmark: RTTM in and out, and diarisation error taken apart."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError
from models.evaluation.speech import predict, read_rttm, score, to_rttm, write
from transcripts.words import Turn

TRUTH = [Turn("A", 0.0, 10.0), Turn("B", 10.0, 20.0)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clip.rttm").write_text(to_rttm("clip", TRUTH))
    return tmp_path


def test_perfect_turns_have_no_error_whatever_the_voices_are_called(folder: Path) -> None:
    figures = score(folder, {"clip": [Turn("V2", 0.0, 10.0), Turn("V1", 10.0, 20.0)]})

    assert figures["error"] == 0


def test_error_is_taken_apart(folder: Path) -> None:
    found = [Turn("V1", 0.0, 12.0), Turn("V2", 12.0, 18.0), Turn("V2", 20.0, 21.0)]

    figures = score(folder, {"clip": found})

    parts = {k: figures[k] for k in ("false_alarm", "missed", "confusion", "error")}
    assert parts == pytest.approx(
        {"false_alarm": 0.05, "missed": 0.1, "confusion": 0.1, "error": 0.25}
    )


def test_a_clip_nobody_predicted_counts_as_missed(folder: Path) -> None:
    assert score(folder, {})["missed"] == 1.0


def test_without_answers_there_is_no_score(tmp_path: Path) -> None:
    assert score(tmp_path, {"clip": TRUTH}) is None


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    made = {"one": TRUTH, "two": [Turn("V1", 1.25, 2.5)]}

    write(made, tmp_path / "all.rttm")
    write(made, tmp_path)

    assert read_rttm(tmp_path / "all.rttm") == made
    assert read_rttm(tmp_path / "two.rttm") == {"two": made["two"]}


def test_a_clip_without_speech_has_no_turns(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "quiet.wav"), "wb") as clip:
        clip.setparams((1, 2, 16_000, 0, "NONE", ""))
        clip.writeframes(b"\x00\x01\x00\xff" * 8_000)  # a faint hum

    assert predict(tmp_path) == {"quiet": []}


def test_a_folder_without_clips_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"\.wav"):
        predict(tmp_path)
