"""Clips of an invented council and the tiny Whisper that knows them; see ``tests/recordings``."""

from __future__ import annotations

import gzip
import json
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest

from transcripts.sound import SAMPLE_RATE, PcmSound, decode
from transcripts.words import Segment

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings"


@dataclass(frozen=True, slots=True)
class Clip:
    """A decoded clip, the words truly said in it, and where somebody speaks."""

    sound: PcmSound
    words: tuple[tuple[str, float, float], ...]
    regions: tuple[tuple[float, float], ...]

    def after(self, seconds: float, folder: Path) -> Clip:
        """The same clip after so much silence."""
        target = folder / f"after-{seconds:g}.pcm"
        silence = bytes(2 * round(seconds * SAMPLE_RATE))
        target.write_bytes(silence + self.sound.path.read_bytes())
        return Clip(
            PcmSound(target),
            tuple((word, start + seconds, end + seconds) for word, start, end in self.words),
            tuple((start + seconds, end + seconds) for start, end in self.regions),
        )

    def word_error_rate(self, segments: Sequence[Segment]) -> float:
        """Errors a word, without regard to case and punctuation."""
        said = " ".join(word for word, _, _ in self.words)
        heard = " ".join(segment.text for segment in segments)
        return float(jiwer.wer(_plain(said), _plain(heard)))

    def median_start_error_s(self, segments: Sequence[Segment]) -> float:
        """How far the starts of words lie from the truth; infinite where words were lost."""
        heard = [word for segment in segments for word in segment.words]
        if len(heard) != len(self.words):
            return float("inf")
        pairs = zip(heard, self.words, strict=True)
        return statistics.median(abs(word.start_s - start) for word, (_, start, _) in pairs)


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint, in openai-whisper's own format."""
    checkpoint = tmp_path_factory.mktemp("weights") / "tiny-whisper.pt"
    checkpoint.write_bytes(gzip.decompress((RECORDINGS / "tiny-whisper.pt.gz").read_bytes()))
    return checkpoint


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Clip]:
    """Gives a clip by its file name, if wanted after a passage through another kind of file."""
    folder = tmp_path_factory.mktemp("clips")

    def made(name: str, through: str = "") -> Clip:
        source = RECORDINGS / name
        if through:
            source = folder / f"{source.stem}{through}"
            _encode(made(name).sound, source)
        decoded = decode(source, folder / f"{source.name}.pcm")
        said = json.loads((RECORDINGS / name).with_suffix(".json").read_text(encoding="utf-8"))
        return Clip(
            PcmSound(decoded.path),
            tuple((word, start, end) for u in said for word, start, end in u["words"]),
            tuple((u["words"][0][1], u["words"][-1][2]) for u in said),
        )

    return made


@pytest.fixture(scope="session")
def silence(tmp_path_factory: pytest.TempPathFactory) -> PcmSound:
    """Eight seconds of nothing."""
    path = tmp_path_factory.mktemp("silence") / "silence.pcm"
    path.write_bytes(bytes(2 * 8 * SAMPLE_RATE))
    return PcmSound(path)


@pytest.fixture
def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which no weights were ever fetched."""
    for variable in ("XDG_CACHE_HOME", "HF_HOME", "HF_HUB_CACHE", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    return tmp_path


def _plain(text: str) -> str:
    return re.sub(r"[^a-z' ]", "", text.lower())


def _encode(sound: PcmSound, target: Path) -> None:
    import av

    samples = np.fromfile(sound.path, "<i2")[None]
    codec = {".mp3": "libmp3lame", ".m4a": "aac", ".wav": "pcm_s16le"}[target.suffix]
    with av.open(str(target), "w") as container:
        stream: Any = container.add_stream(codec, rate=SAMPLE_RATE, layout="mono")
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=SAMPLE_RATE,
            frame_size=stream.codec_context.frame_size or 1024,
        )  # fmt: skip
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
