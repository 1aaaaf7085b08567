"""Claim: a voice enrolled from one meeting never names another person's voice in another.

    python benchmarks/known_voices.py [--shared ../shared]

Likenesses are measured on true turns, then the whole rule on found ones:

* real voices: the clips of real meetings in SHARED/benchmarks/speech (distant microphones) and two
  read recordings in SHARED/samples/real-audio. Genuine pairs are one speaker in two clips, and the
  two halves of one clip, the second also through a telephone, in noise and in an echoing room;
  impostors are all pairs of two speakers.
* the sample's voices (flite; some are the same voice a few per cent faster), June against July.
* open set: each person of one sample meeting is enrolled, the other meeting's voices are found in
  its sound, and each is compared with all enrolled and, again, with all but its own.

Prints one JSON object: false accepts and false rejects at each threshold, with the counts. Times
and thresholds that the program demands of speech are left out for the clips, which are too short.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, sosfilt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from models.known_voices import (  # noqa: E402
    AHEAD,
    NEAR,
    STRICT,
    KnownVoice,
    Sample,
    VoiceSamples,
    alone,
    likenesses,
)
from transcripts.sound import PcmSound, decode  # noqa: E402
from transcripts.words import Turn  # noqa: E402

Sound = NDArray[np.float32]
RATE = 16_000
SAMPLES = ("2026-06-11", "2026-07-16")
THRESHOLDS = (0.85, 0.90, 0.92, 0.95, NEAR, STRICT)
FEWEST_S = 4.0  # of a voice of a clip
SEED = 5


@dataclass(frozen=True, slots=True)
class Held:
    """Sound in memory, read as the program reads it from disk."""

    samples: Sound

    @property
    def duration_s(self) -> float:
        return len(self.samples) / RATE

    def read(self, start_s: float, end_s: float) -> Sound:
        return self.samples[max(0, round(start_s * RATE)) : round(end_s * RATE)]


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker in one recording: the sound of their speech alone, end to end, and its sample."""

    speaker: str
    where: str
    sound: Sound
    sample: Sample


def main() -> None:
    """Measure what is there, print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    maker = VoiceSamples()
    clips = list(real_voices(maker, shared))
    ours = [v for name in SAMPLES for v in true_voices(maker, *sample(name))]
    result = {
        "thresholds": {"near": NEAR, "strict": STRICT, "ahead": AHEAD},
        "real voices": against(clips) if clips else f"{shared} holds none",
        "real voices, halves of a clip": halves(maker, clips),
        "sample voices, true turns": against(ours),
        "sample voices, whole rule on found voices": [
            open_set(maker, a, b) for a, b in (SAMPLES, SAMPLES[::-1])
        ],
    }
    print(json.dumps(result, indent=1, ensure_ascii=False))


def against(voices: list[Voice]) -> dict[str, Any]:
    """Every pair of two recordings, or of two speakers of one."""
    genuine, impostor = [], []
    for a, b in combinations(voices, 2):
        like = float(a.sample.vector @ b.sample.vector)
        (genuine if a.speaker == b.speaker else impostor).append((round(like, 3), _pair(a, b)))
    rates = at_thresholds([g for g, _ in genuine], [i for i, _ in impostor])
    return {
        "voices": len(voices),
        "speakers": len({v.speaker for v in voices}),
        **rates,
        "least genuine": sorted(genuine)[:3],
        "most impostor": sorted(impostor)[:-6:-1],
    }


def halves(maker: VoiceSamples, voices: list[Voice]) -> dict[str, Any]:
    """The first half of a voice against its second, plain and as another room would give it."""
    out: dict[str, Any] = {}
    for name, change in CHANGES.items():
        found = []
        for voice in voices:
            first, second = np.array_split(voice.sound, 2)
            a = maker.of(Held(first), [(0.0, len(first) / RATE)])
            b = maker.of(Held(change(second)), [(0.0, len(second) / RATE)])
            if a and b:
                found.append(float(a.vector @ b.vector))
        out[name] = {
            "pairs": len(found),
            "median": round(float(np.median(found)), 3) if found else None,
            "false rejects": {str(t): sum(f < t for f in found) for t in THRESHOLDS},
        }
    return out


def at_thresholds(genuine: list[float], impostor: list[float]) -> dict[str, Any]:
    """False rejects and accepts at each threshold."""
    return {
        "genuine pairs": len(genuine),
        "impostor pairs": len(impostor),
        "false rejects": {str(t): sum(g < t for g in genuine) for t in THRESHOLDS},
        "false accepts": {str(t): sum(i >= t for i in impostor) for t in THRESHOLDS},
    }


def open_set(maker: VoiceSamples, enrolled_from: str, heard_in: str) -> dict[str, Any]:
    """The rule on voices found in one sample meeting, with those of the other enrolled.

    Every voice is compared with all that are enrolled and, where its own is, with all but that.
    """
    known = [KnownVoice(w, enrolled_from, s.vector) for w, s in found(maker, enrolled_from).items()]
    heard = found(maker, heard_in)
    own = {k.person for k in known} & set(heard)
    told: Counter[str] = Counter()
    most = (0.0, "")
    for without in ("", *sorted(own)):
        for like in likenesses(heard, [k for k in known if k.person != without]):
            if without and like.voice != without:
                continue
            right = like.known.person == like.voice
            told[f"{'right' if right else 'wrong'}: {like.rule or 'silent'}"] += 1
            if not right:
                most = max(most, (round(like.likeness, 3), f"{like.voice} / {like.known.person}"))
    return {
        "enrolled from": enrolled_from,
        "heard in": heard_in,
        "enrolled": len(known),
        "voices heard": len(heard),
        "enrolled and heard": len(own),
        "told": dict(told),
        "likest wrong": most,
    }


@lru_cache(maxsize=2)
def found(maker: VoiceSamples, name: str) -> dict[str, Sample]:
    """Voices found in a sample meeting's sound, by whom they mostly are; the longest of each."""
    from models.regions import SileroRegions
    from models.turns import EmbeddedTurns

    sound, truth = sample(name)
    turns = EmbeddedTurns().find(sound, SileroRegions().find(sound))
    best: dict[str, Sample] = {}
    for spans in alone(turns).values():
        made = maker.of(sound, spans)
        who = _mostly(spans, truth)
        if made and (who not in best or made.seconds > best[who].seconds):
            best[who] = made
    return best


def _mostly(spans: list[tuple[float, float]], truth: list[Turn]) -> str:
    seconds: Counter[str] = Counter()
    for start, end in spans:
        for turn in truth:
            seconds[turn.voice] += max(0.0, min(end, turn.end_s) - max(start, turn.start_s))
    return seconds.most_common(1)[0][0]


def real_voices(maker: VoiceSamples, shared: Path) -> Iterator[Voice]:
    """Those of the clips and the read recordings, where they are."""
    for rttm in sorted((shared / "benchmarks" / "speech").glob("*.rttm")):
        yield from true_voices(maker, loaded(rttm.with_suffix(".wav")), turns_of(rttm))
    for name in ("jfk.flac", "two_cities_16k.wav"):
        path = shared / "samples" / "real-audio" / name
        if path.is_file():
            sound = loaded(path)
            yield from true_voices(maker, sound, [Turn(name, 0.0, sound.duration_s)])


def true_voices(maker: VoiceSamples, sound: Held, turns: list[Turn]) -> Iterator[Voice]:
    """Each speaker of a recording who speaks alone for long enough."""
    for who, spans in alone(turns).items():
        made = maker.of(sound, spans)
        if made and made.seconds >= FEWEST_S:
            spoken = np.concatenate([sound.read(*s) for s in spans])
            yield Voice(who, f"{sound.duration_s:.0f} s", spoken, made)


def sample(name: str) -> tuple[Held, list[Turn]]:
    """The sound and the true turns of a sample meeting."""
    folder = ROOT / "samples" / "aldermere" / name
    return loaded(folder / "recording.opus"), turns_of(folder / "truth.rttm")


def loaded(path: Path) -> Held:
    """A recording's sound, decoded as the program decodes it."""
    with tempfile.TemporaryDirectory() as folder:
        sound = PcmSound(decode(path, Path(folder) / "sound.pcm").path)
        return Held(sound.read(0.0, sound.duration_s))


def turns_of(rttm: Path) -> list[Turn]:
    """The turns of an RTTM file."""
    rows = [line.split() for line in rttm.read_text(encoding="utf-8").splitlines()]
    return [Turn(r[7], float(r[3]), float(r[3]) + float(r[4])) for r in rows if r[0] == "SPEAKER"]


def telephone(sound: Sound) -> Sound:
    """300 to 3,400 Hz."""
    band = butter(4, (300, 3400), "bandpass", fs=RATE, output="sos")
    narrow: Sound = sosfilt(band, sound).astype(np.float32)
    return narrow


def noisy(sound: Sound) -> Sound:
    """White noise 15 dB below the speech."""
    level = float(np.sqrt(np.mean(sound**2))) * 10 ** (-15 / 20)
    noise = np.random.default_rng(SEED).normal(0, level, len(sound))
    return (sound + noise).astype(np.float32)


def echoing(sound: Sound) -> Sound:
    """A room of half a second's echo, as loud as the direct sound."""
    rng, length = np.random.default_rng(SEED), RATE // 2
    tail = rng.normal(0, 1, length) * 10 ** (-3 * np.arange(length) / length)
    tail /= np.sqrt(np.sum(tail**2))
    tail[0] += 1.0
    return fftconvolve(sound, tail)[: len(sound)].astype(np.float32)


CHANGES = {"plain": lambda s: s, "telephone": telephone, "noise": noisy, "echo": echoing}


def _pair(a: Voice, b: Voice) -> str:
    return f"{a.speaker} / {b.speaker}"


if __name__ == "__main__":
    main()
