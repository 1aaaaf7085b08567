"""Speak one turn with flite and say when each word of it was spoken.

flite tells when each *sound* ends, not each word. So every word is also looked up on
its own, and the two rows of sounds are laid side by side: a sound in running speech
belongs to the word whose sound it is paired with.
"""

import functools
import re
import subprocess
import tempfile
import wave
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

RATE = 16000
Sound = npt.NDArray[np.float32]
Word = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Voice:
    """A flite voice and what is done to it to make one person of it."""

    flite: str
    speed: float = 1.0
    stretch: float = 1.0
    pitch_hz: float = 0.0
    gain: float = 1.0


@dataclass(frozen=True, slots=True)
class Speech:
    """A piece of sound and the words in it, in seconds from its start."""

    sound: Sound
    words: list[Word] = field(default_factory=list)


def speak(text: str, voice: Voice, say: dict[str, str], pauses: list[float]) -> Speech:
    """Speak a turn sentence by sentence, with the given pauses between sentences."""
    sounds: list[Sound] = []
    words: list[Word] = []
    at = 0
    for number, sentence in enumerate(sentences(text)):
        if number:
            silence = np.zeros(int(pauses[number - 1] * RATE), dtype=np.float32)
            sounds.append(silence)
            at += len(silence)
        part = speak_sentence(sentence, voice, say)
        words += [(word, at / RATE + start, at / RATE + end) for word, start, end in part.words]
        sounds.append(part.sound)
        at += len(part.sound)
    return Speech(np.concatenate(sounds), words)


def sentences(text: str) -> list[str]:
    """Cut a text after each full stop, question mark or exclamation mark."""
    return re.split(r"(?<=[.?!])\s+", text.strip())


def speak_sentence(sentence: str, voice: Voice, say: dict[str, str]) -> Speech:
    """Speak one sentence, cut to the speech in it, with the times of its words."""
    written = sentence.split()
    spoken = [respell(word, say) for word in written]
    sound, phones = run_flite(" ".join(spoken), voice)
    owners = align([phones_of(word, voice.flite) for word in spoken], [p for p, _, _ in phones])
    words: list[Word] = []
    for number, word in enumerate(written):
        mine = [phone for phone, owner in zip(phones, owners, strict=True) if owner == number]
        if not mine:  # every sound of it was swallowed by its neighbours
            raise ValueError(f"no sound found for {word!r} in {sentence!r}")
        words.append((word, mine[0][1] / voice.speed, mine[-1][2] / voice.speed))
    sound = resample(sound, voice.speed) * np.float32(voice.gain)
    first = max(0, int(words[0][1] * RATE) - RATE // 50)
    last = int(words[-1][2] * RATE) + RATE // 25
    return Speech(
        sound[first:last],
        [(w, round(a - first / RATE, 3), round(b - first / RATE, 3)) for w, a, b in words],
    )


def respell(word: str, say: dict[str, str]) -> str:
    """The word as flite has to be told it, with its punctuation and capital kept."""
    bare = word.strip(".,?!").lower()
    return word.lower().replace(bare, say[bare]) if bare in say else word


def run_flite(text: str, voice: Voice) -> tuple[Sound, list[tuple[str, float, float]]]:
    """Sound and (phone, start, end) of a text, the silences of flite left out."""
    settings = {"duration_stretch": voice.stretch if voice.stretch != 1 else 0}
    settings["int_f0_target_mean"] = voice.pitch_hz
    options = [
        o for name, value in settings.items() if value for o in ("--setf", f"{name}={value}")
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        command = ["flite", "-voice", voice.flite, *options, "-psdur", "-t", text, "-o", str(path)]
        listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        with wave.open(str(path)) as file:
            frames = file.readframes(file.getnframes())
    phones, start = [], 0.0
    for name, _, end in (entry.rpartition(":") for entry in listing.split()):
        if name != "pau":
            phones.append((name, start, float(end)))
        start = float(end)
    return np.frombuffer(frames, dtype="<i2").astype(np.float32) / np.float32(32768), phones


@functools.cache
def phones_of(word: str, flite_voice: str) -> tuple[str, ...]:
    """The phones of a word spoken alone."""
    command = ["flite", "-voice", flite_voice, "-ps", "-t", word, "-o", "none"]
    listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return tuple(phone for phone in listing.split() if phone != "pau")


def align(words: list[tuple[str, ...]], phones: list[str]) -> list[int]:
    """For each phone the number of the word it belongs to, by the cheapest edit path."""
    alone = [(phone, number) for number, word in enumerate(words) for phone in word]
    rows, columns = len(alone) + 1, len(phones) + 1
    cost = np.zeros((rows, columns), dtype=np.int64)
    cost[:, 0], cost[0, :] = np.arange(rows), np.arange(columns)
    for i in range(1, rows):
        for j in range(1, columns):
            differs = alone[i - 1][0] != phones[j - 1]
            cost[i, j] = min(cost[i - 1, j - 1] + differs, cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    owners, i, j = [0] * len(phones), rows - 1, columns - 1
    while j > 0:
        differs = i > 0 and alone[i - 1][0] != phones[j - 1]
        if i > 0 and cost[i, j] == cost[i - 1, j - 1] + differs:
            i, j = i - 1, j - 1
            owners[j] = alone[i][1]
        elif i > 0 and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
        else:  # a sound of its own goes to the word before it
            j -= 1
            owners[j] = alone[max(i - 1, 0)][1]
    return owners


def resample(sound: Sound, speed: float) -> Sound:
    """The sound played faster or slower, its pitch and resonances moving with it."""
    if speed == 1:
        return sound
    frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = round(RATE * speed)
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    parts = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([part.to_ndarray().reshape(-1) for part in parts]).astype(np.float32)
