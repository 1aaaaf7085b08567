"""Where somebody speaks, by silero-vad, and recognition cut into pieces at the silences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from matters_arising.errors import MissingModelError
from models.protocols import SAMPLE_RATE, SoundSource
from transcripts.meeting import Engine
from transcripts.whole import sha256_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.protocols import Sound

Region = tuple[float, float]
Piece = tuple[Region, ...]

WEIGHTS = "silero_vad_16k_sequence.onnx"
FRAME, CONTEXT = 512, 64  # samples: what the network takes, and how much it looks back
BLOCK_FRAMES = 1024  # 33 s of sound a call: four times as many are no faster, and need more memory


def pieces(regions: Sequence[Region], *, longest_s: float = 120.0) -> list[Piece]:
    """Pieces of work of about two minutes, each from one silence to another.

    A piece that is full is cut at the longest silence of its second half, where words are
    least likely to be torn from what they belong to.
    """
    cut: list[Piece] = []
    open_piece: list[Region] = []
    for region in regions:
        if open_piece and region[1] - open_piece[0][0] > longest_s:
            at = _longest_silence([*open_piece, region], longest_s / 2)
            cut.append(tuple(open_piece[:at]))
            open_piece = open_piece[at:]
        open_piece.append(region)
    return [*cut, tuple(open_piece)] if open_piece else cut


def _longest_silence(regions: Sequence[Region], after_s: float) -> int:
    """The number of the region that follows the longest silence, not too near the start."""
    start = regions[0][0]
    late = [i for i in range(1, len(regions)) if regions[i - 1][1] - start >= after_s]
    return max(
        late or [len(regions) - 1], key=lambda i: round(regions[i][0] - regions[i - 1][1], 2)
    )


@dataclass(frozen=True, slots=True)
class Listening:
    """How speech is told from silence; seconds, and a probability."""

    threshold: float = 0.3
    min_silence_s: float = 0.3
    min_speech_s: float = 0.25
    pad_s: float = 0.1
    longest_s: float = 30.0


def regions_engine(listening: Listening | None = None) -> Engine:
    """What ``SileroRegions`` is, told without loading it."""
    return Engine(
        task="regions",
        name="silero-vad",
        version=version("silero-vad"),
        model=WEIGHTS,
        model_sha256=_weights_sha256(),
        settings=asdict(listening or Listening()),
    )


class SileroRegions:
    """Speech regions by the silero-vad network that lies in its wheel.

    Of its forms the one that takes many frames a call is used: the same probabilities in a
    quarter of the time. Sound is read in blocks and the state carried over, so memory stays flat.
    """

    def __init__(self, listening: Listening | None = None) -> None:
        # Imports torch: seconds, and only needed where sound is really listened to.
        from silero_vad import load_silero_vad

        self.listening = listening or Listening()
        self.model = load_silero_vad(onnx=True, sequence=True)
        self.engine = regions_engine(self.listening)

    def find(self, sound: SoundSource) -> list[Region]:
        """Regions of speech in order; one longer than ``longest_s`` is cut where it is quietest."""
        from silero_vad import get_speech_timestamps_from_probs

        found = get_speech_timestamps_from_probs(
            self.probabilities(sound).tolist(),
            threshold=self.listening.threshold,
            min_silence_duration_ms=round(self.listening.min_silence_s * 1000),
            min_speech_duration_ms=round(self.listening.min_speech_s * 1000),
            speech_pad_ms=round(self.listening.pad_s * 1000),
            audio_length_samples=round(sound.duration_s * SAMPLE_RATE),
        )
        regions = ((f["start"] / SAMPLE_RATE, f["end"] / SAMPLE_RATE) for f in found)
        return [part for region in regions for part in self._short_enough(sound, region)]

    def probabilities(self, sound: SoundSource) -> NDArray[np.float32]:
        """How likely each frame of 32 ms holds speech; shape (frames,)."""
        hidden, cell = np.zeros((2, 1, 1, 128), np.float32)
        heard: list[NDArray[np.float32]] = []
        for block in _blocks(sound):
            values, hidden, cell = self.model.session.run(
                ["speech_probs", "hn", "cn"], {"input": block, "h": hidden, "c": cell}
            )
            heard.append(values.reshape(-1))
        return np.concatenate(heard) if heard else np.zeros(0, np.float32)

    def _short_enough(self, sound: SoundSource, region: Region) -> Iterator[Region]:
        start_s, end_s = region
        while end_s - start_s > self.listening.longest_s:
            cut_s = quietest(
                sound, start_s + self.listening.longest_s / 3, start_s + self.listening.longest_s
            )
            yield start_s, cut_s
            start_s = cut_s
        yield start_s, end_s


def quietest(sound: SoundSource, start_s: float, end_s: float, *, window_s: float = 0.2) -> float:
    """The middle of the window of least energy within a stretch."""
    energy = np.cumsum(np.square(sound.read(start_s, end_s), dtype=np.float64))
    width = min(round(window_s * SAMPLE_RATE), len(energy) - 1)
    if width < 1:
        return (start_s + end_s) / 2
    return float(start_s + (np.argmin(energy[width:] - energy[:-width]) + width / 2) / SAMPLE_RATE)


def _blocks(sound: SoundSource) -> Iterator[Any]:
    """Frames with the samples before them; shape (frames, CONTEXT + FRAME)."""
    before: Sound = np.zeros(CONTEXT, np.float32)
    length_s = BLOCK_FRAMES * FRAME / SAMPLE_RATE
    for number in range(int(np.ceil(sound.duration_s / length_s))):
        samples = sound.read(number * length_s, (number + 1) * length_s)
        samples = np.pad(samples, (0, -len(samples) % FRAME))
        frames = samples.reshape(-1, FRAME)
        contexts = np.vstack([before, frames[:-1, -CONTEXT:]])
        before = frames[-1, -CONTEXT:]
        yield np.hstack([contexts, frames]).astype(np.float32, copy=False)


@cache
def _weights_sha256() -> str:
    package = find_spec("silero_vad")  # its import would bring torch
    if package is None or package.origin is None:
        raise MissingModelError("the engine silero-vad", "pip install silero-vad")
    return sha256_of(Path(package.origin).parent / "data" / WEIGHTS)
