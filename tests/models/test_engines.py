"""The choice of an engine: the best whose weights are here, never silent, never long."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matters_arising.errors import MissingModelError, UnknownValueError
from models.engines import EngineStatus, available, choose_speech, make_speech
from models.sphinx import SphinxSpeech

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_weights_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of models with one small checkpoint under the name of an official size."""
    place = tmp_path / "models"
    place.mkdir()
    packed = (ROOT / "tests" / "recordings" / "tiny-whisper.pt.gz").read_bytes()
    (place / "tiny.pt").write_bytes(gzip.decompress(packed))
    return place


def test_without_weights_auto_takes_the_embedded_engine_and_says_why(tmp_path: Path) -> None:
    choice = choose_speech(folder=tmp_path, offline=True)

    assert choice.name == "sphinx"
    assert str(choice) == (
        "sphinx with en-us: faster-whisper has no weights here and whisper has no weights here"
    )


def test_with_weights_auto_takes_the_fastest_engine_that_runs_them(folder: Path) -> None:
    choice = choose_speech(folder=folder, offline=True)

    assert choice.name == "faster-whisper"
    assert choice.words.endswith(": the best engine here")
    assert choice.engine is not None
    assert len(choice.engine.model_sha256) == 64


def test_an_engine_asked_for_by_name_is_taken(folder: Path) -> None:
    names = {n: choose_speech(n, folder=folder, offline=True).name for n in ("whisper", "sphinx")}

    assert names == {"whisper": "whisper", "sphinx": "sphinx"}


def test_nothing_replaces_an_engine_that_was_asked_for_and_is_not_here(tmp_path: Path) -> None:
    for name in ("whisper", "faster-whisper"):
        with pytest.raises(MissingModelError, match="to get it: python -c"):
            choose_speech(name, folder=tmp_path, offline=True)


def test_nothing_replaces_a_model_that_was_asked_for_and_is_not_here(tmp_path: Path) -> None:
    with pytest.raises(MissingModelError, match="'small' is not on this machine; to get it"):
        choose_speech(model="small", folder=tmp_path, offline=True)


def test_an_unknown_engine_lists_the_known_ones() -> None:
    with pytest.raises(UnknownValueError, match="there is: auto, captions, faster-whisper, sphinx"):
        choose_speech("siri")


def test_captions_are_chosen_without_an_engine() -> None:
    choice = choose_speech("captions")

    assert (choice.name, choice.engine) == ("captions", None)
    with pytest.raises(ValueError, match="recognises no sound"):
        make_speech(choice)


def test_the_choice_is_what_is_made(tmp_path: Path) -> None:
    choice = choose_speech(folder=tmp_path, offline=True)

    made = make_speech(choice)

    assert isinstance(made, SphinxSpeech)
    assert made.engine == choice.engine


def test_what_is_here_is_listed_with_the_command_for_what_is_not(tmp_path: Path) -> None:
    faster, whisper, sphinx = available(folder=tmp_path)

    assert faster == EngineStatus(
        "faster-whisper",
        False,
        "faster-whisper has no weights here",
        get_it=faster.get_it,
    )
    assert "faster_whisper.download_model" in faster.get_it
    assert "whisper.load_model" in whisper.get_it
    assert (sphinx.usable, sphinx.model) == (True, "en-us")
    assert sphinx.get_it == faster.get_it


def test_a_model_that_cannot_be_fetched_is_refused_within_seconds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    import whisper  # noqa: F401 - its import takes seconds, and they are not what is measured

    began = time.monotonic()
    with pytest.raises(MissingModelError, match="Whisper model 'tiny'"):
        choose_speech("whisper", model="tiny", folder=tmp_path)

    assert time.monotonic() - began < 4


def test_choosing_loads_no_model() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from models.engines import available, choose_speech\n"
            "choose_speech(offline=True); available()\n"
            "print([m for m in ('torch', 'whisper', 'av', 'silero_vad') if m in sys.modules])",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == "[]"
