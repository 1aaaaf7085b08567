"""The adapter of pyannote.audio, against a stand-in pipeline: the real one's files are not ours."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyannote.core import Annotation, Segment

from models import pyannote_turns
from models.protocols import SAMPLE_RATE
from models.pyannote_turns import CONFIG, PIPELINE, PyannoteTurns, find_pyannote, numbered
from models.toolbox import Toolbox
from transcripts.words import Turn


class Silence:
    """Four seconds of it."""

    duration_s = 4.0

    def read(self, start_s: float, end_s: float) -> np.ndarray:
        return np.zeros(round((end_s - start_s) * SAMPLE_RATE), np.float32)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / PIPELINE
    folder.mkdir()
    (folder / CONFIG).write_text("pipeline: made up")
    return folder


def two_voices(asked: list[Any], *, wrapped: bool) -> Any:
    said = Annotation()
    said[Segment(0.5, 2.5), 0] = "SPEAKER_01"
    said[Segment(2.0, 3.0), 1] = "SPEAKER_00"

    def pipeline(sound: Any) -> Any:
        asked.append(sound)
        return SimpleNamespace(speaker_diarization=said) if wrapped else said

    return pipeline


@pytest.mark.parametrize("wrapped", [True, False], ids=["version 4", "version 3"])
def test_turns_are_numbered_as_they_begin_and_may_overlap(place: Path, wrapped: bool) -> None:
    asked: list[Any] = []
    engine = PyannoteTurns(place, lambda _: two_voices(asked, wrapped=wrapped))

    turns = engine.find(Silence(), [(0.0, 4.0)])

    assert turns == [Turn("V1", 0.5, 2.5), Turn("V2", 2.0, 3.0)]
    assert (tuple(asked[0]["waveform"].shape), asked[0]["sample_rate"]) == ((1, 64000), 16000)


def test_where_nobody_speaks_nothing_is_asked(place: Path) -> None:
    asked: list[Any] = []

    assert PyannoteTurns(place, lambda _: two_voices(asked, wrapped=True)).find(Silence(), []) == []
    assert asked == []


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.sampled_from("abcd")), max_size=20)
)
def test_voices_are_numbered_without_gaps_and_no_turn_is_empty(
    said: list[tuple[float, float, str]],
) -> None:
    turns = numbered(said)

    assert [t.start_s for t in turns] == sorted(t.start_s for t in turns)
    assert all(t.end_s > t.start_s for t in turns)
    assert len(turns) == sum(end > start for start, end, _ in said)
    numbers = list(dict.fromkeys(t.voice for t in turns))
    assert numbers == [f"V{n}" for n in range(1, len(numbers) + 1)]


def test_it_is_taken_where_its_package_and_files_are_here(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyannote_turns, "installed", lambda: True)
    tools = Toolbox(models_folder=place.parent)

    assert find_pyannote(place.parent) == place
    assert tools.engine("turns").name == "pyannote"
    assert tools.turns_status().usable


def test_without_it_the_embedded_engine_works_and_what_would_get_it_is_said(
    tmp_path: Path,
) -> None:
    tools = Toolbox(models_folder=tmp_path)

    status = tools.turns_status()

    assert not status.usable
    assert "pip install pyannote.audio" in status.get_it
    assert tools.engine("turns").name != "pyannote"
