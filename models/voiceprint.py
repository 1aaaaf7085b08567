"""Voice vectors: what a stretch of speech sounds like, as 256 numbers held in memory only.

The network and its weights are Resemblyzer's (Wan et al. 2018, "Generalized end-to-end loss for
speaker verification"). Only the weights are taken from its package: importing it would pull in
librosa and webrtcvad, of which nothing is needed here.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matters_arising.errors import MissingModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE = 16_000
FRAME = 400  # samples of a spectrogram's window, 25 ms
HOP = 160  # samples between two windows, 10 ms
CHANNELS = 40
DIMENSIONS = 256


def weights_file() -> Path:
    """Where the weights lie; raises MissingModelError where the package is not installed."""
    found = importlib.util.find_spec("resemblyzer")
    for folder in (found.submodule_search_locations or []) if found else []:
        file = Path(folder) / "pretrained.pt"
        if file.is_file():
            return file
    raise MissingModelError("the voice encoder", "pip install --no-deps Resemblyzer==0.1.4")


@lru_cache(maxsize=1)
def weights_sha256() -> str:
    """The hash of the weights, so that a transcript can name the model that made its turns."""
    return hashlib.sha256(weights_file().read_bytes()).hexdigest()


@lru_cache(maxsize=1)
def mel_filters() -> NDArray[np.float32]:
    """Triangular filters on Slaney's mel scale, area-normalised; shape (40, 201)."""
    import numpy as np

    hertz = np.linspace(0, SAMPLE_RATE / 2, FRAME // 2 + 1)
    linear, log_step = 200.0 / 3, np.log(6.4) / 27
    top = 15 + np.log(SAMPLE_RATE / 2 / 1000.0) / log_step
    mels = np.linspace(0.0, top, CHANNELS + 2)
    edges = np.where(mels < 15, mels * linear, 1000.0 * np.exp(log_step * (mels - 15)))
    rise = (hertz[None, :] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - hertz[None, :]) / (edges[2:] - edges[1:-1])[:, None]
    filters = np.maximum(0, np.minimum(rise, fall)) * (2.0 / (edges[2:] - edges[:-2]))[:, None]
    narrow: NDArray[np.float32] = filters.astype(np.float32)
    return narrow


def spectrogram(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mel power of each 10 ms of sound; shape (frames, 40)."""
    import numpy as np

    padded = np.pad(sound, FRAME // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::HOP]
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / FRAME)).astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel: NDArray[np.float32] = (power.astype(np.float32) @ mel_filters().T).astype(np.float32)
    return mel


class VoiceEncoder:
    """Turns spectrograms of a second or two into unit vectors; close vectors are one voice."""

    def __init__(self) -> None:
        # torch takes seconds to import, so it waits until a voice is to be encoded
        import torch

        self._torch: Any = torch
        state = torch.load(weights_file(), map_location="cpu", weights_only=True)["model_state"]
        self._lstm = torch.nn.LSTM(CHANNELS, DIMENSIONS, 3, batch_first=True)
        self._linear = torch.nn.Linear(DIMENSIONS, DIMENSIONS)
        for part, name in ((self._lstm, "lstm."), (self._linear, "linear.")):
            part.load_state_dict(
                {k.removeprefix(name): v for k, v in state.items() if k.startswith(name)}
            )
            part.eval()

    def encode(self, spectrograms: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, 256), of spectrograms of one length, shape (n, frames, 40)."""
        with self._torch.inference_mode():
            _, (hidden, _) = self._lstm(self._torch.from_numpy(spectrograms))
            raw = self._torch.relu(self._linear(hidden[-1]))
            vectors: NDArray[np.float32] = self._torch.nn.functional.normalize(raw, dim=1).numpy()
        return vectors
