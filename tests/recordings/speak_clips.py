"""Clips of an invented council spoken by flite, with the true time of every word.

Needs flite only to make them (``apt-get install flite``); the clips themselves are kept.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

RATE = 16_000
WINDOW_S = 30  # what Whisper hears at a time; no utterance of a script crosses its edge
LEAD_S, PAUSE_S = 0.3, 0.25
CODECS = {".flac": ("flac", "s16", None), ".opus": ("libopus", "flt", 32_000)}

# clip -> windows -> (voice, what it says)
SCRIPT: dict[str, list[list[tuple[str, str]]]] = {
    "concern.flac": [
        [
            (
                "slt",
                "Thank you, Chair. I am concerned that residents of Aldermere were not asked "
                "before live facial recognition was used in the market square.",
            )
        ]
    ],
    "meeting.opus": [
        [
            ("awb", "Welcome to the safer communities committee. The first item is the cameras."),
            ("slt", "I am worried that nobody told the market traders about the trial."),
            ("rms", "The notice given to members was two weeks. That is not enough."),
            ("awb", "Councillor Okafor, would you like to come in on this item?"),
            ("slt", "Yes, Chair. Who pays for it after the spring?"),
        ],
        [
            ("rms", "I would like to recommend that the council publish every deployment."),
            ("awb", "Can we agree that as a recommendation of the committee?"),
            ("slt", "Agreed. I will bring the figures to the next meeting."),
        ],
    ],
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance of a clip, its window, and its words: each (text, start_s, end_s)."""

    window: int
    voice: str
    words: tuple[tuple[str, float, float], ...]

    @property
    def text(self) -> str:
        return " ".join(word for word, _, _ in self.words)

    def sooner(self, seconds: float) -> Spoken:
        """The same utterance in a clip that starts later."""
        return Spoken(
            self.window,
            self.voice,
            tuple((w, start - seconds, end - seconds) for w, start, end in self.words),
        )


def speak(name: str) -> tuple[np.ndarray, list[Spoken]]:
    """The samples of one clip, int16, and what is said in it."""
    windows = SCRIPT[name]
    parts, said = [], []
    for number, window in enumerate(windows):
        samples, spoken = _speak_window(number, window)
        if number < len(windows) - 1:
            samples = np.pad(samples, (0, WINDOW_S * RATE - len(samples)))
        parts.append(samples)
        said.extend(spoken)
    return np.concatenate(parts), said


def write(path: Path, samples: np.ndarray) -> None:
    """Write int16 samples as FLAC or Opus, by the file's suffix."""
    codec, kind, bit_rate = CODECS[path.suffix]
    with av.open(str(path), "w", format="ogg" if path.suffix == ".opus" else "flac") as container:
        stream: Any = container.add_stream(codec, rate=RATE, layout="mono")
        stream.format = kind
        if bit_rate:
            stream.bit_rate = bit_rate
        data = samples if kind == "s16" else samples.astype(np.float32) / 32768
        frame = av.AudioFrame.from_ndarray(data[None], format=kind, layout="mono")
        frame.sample_rate = RATE
        fifo = av.AudioFifo()
        fifo.write(frame)
        for piece in [*fifo.read_many(stream.frame_size or 4096), fifo.read(partial=True)]:
            if piece is not None:
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def write_words(path: Path, said: list[Spoken]) -> None:
    """Write what is said, one utterance a line."""
    lines = (
        json.dumps(
            {"voice": s.voice, "words": [[w, round(a, 3), round(b, 3)] for w, a, b in s.words]}
        )
        for s in said
    )
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def _speak_window(number: int, lines: list[tuple[str, str]]) -> tuple[np.ndarray, list[Spoken]]:
    at, parts, said = LEAD_S, [np.zeros(round(LEAD_S * RATE), np.int16)], []
    for voice, text in lines:
        samples, words = _flite(text, voice)
        base = number * WINDOW_S + at
        said.append(Spoken(number, voice, tuple((w, base + a, base + b) for w, a, b in words)))
        parts += [samples, np.zeros(round(PAUSE_S * RATE), np.int16)]
        at += len(samples) / RATE + PAUSE_S
    if at > WINDOW_S - 0.5:
        raise ValueError(f"window {number} is {at:.1f} s long; shorten what is said in it")
    return np.concatenate(parts), said


def _flite(text: str, voice: str) -> tuple[np.ndarray, list[tuple[str, float, float]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoken.wav"
        told = _run("flite", "-voice", voice, "-psdur", "-t", text, "-o", str(path)).split()
        with wave.open(str(path)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return samples, _word_times(text, voice, _phones(told))


def _phones(told: list[str]) -> list[tuple[float, float]]:
    """Start and end of each phone that is not a pause, from flite's ``name:end`` list."""
    phones, start = [], 0.0
    for name, end in (item.rsplit(":", 1) for item in told):
        if name != "pau":
            phones.append((start, float(end)))
        start = float(end)
    return phones


def _word_times(
    text: str, voice: str, phones: list[tuple[float, float]]
) -> list[tuple[str, float, float]]:
    """Words get as many phones as they have alone, scaled where the context changed them."""
    words = text.split()
    alone = [len(_phone_names(word, voice)) for word in words]
    edges = np.round(np.cumsum([0, *alone]) * len(phones) / sum(alone)).astype(int)
    return [
        (word, phones[first][0], phones[max(first, last - 1)][1])
        for word, first, last in zip(words, edges[:-1], edges[1:], strict=True)
    ]


def _phone_names(word: str, voice: str) -> list[str]:
    told = _run("flite", "-voice", voice, "-ps", "-t", word, "-o", "none").split()
    return [name for name in told if name != "pau"]


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
