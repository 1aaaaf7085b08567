"""Whether a voice of this meeting is one enrolled from another, told from voice vectors.

A voice's vector is the mean of the vectors of its windows of 1.6 s, taken only where nobody else
speaks. Rooms and microphones move all voices of a recording the same way, so a likeness says
little by itself: the voice must be likest of all voices of its meeting to the enrolled one, and
the enrolled one likest of all enrolled to it, each well ahead of the next. How the thresholds were
chosen is decision 0013. Vectors made here live in memory; only enrolment keeps one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from models.names.evidence import Evidence
from models.names.known import KNOWN, UNMISTAKABLE
from models.protocols import SoundSource
from models.voiceprint import HOP, SAMPLE_RATE, VoiceEncoder, spectrogram, weights_sha256
from transcripts.meeting import Engine
from transcripts.words import UNKNOWN_VOICE, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Span = tuple[float, float]

WINDOW_S, STEP_S = 1.6, 0.8
MOST_S = 120.0  # of a voice: more changes nothing
LONGEST_READ_S = 20.0

ENROLS_S = 30.0  # speech, alone, from which a voice may be enrolled
TELLS_S = 15.0  # speech, alone, from which a voice is compared
EVEN = 0.90  # likeness of a voice's first half to its second; below, it may be two people
NEAR = 0.98  # likeness that speaks for a name
STRICT = 0.985  # likeness that may give one
AHEAD = 0.03  # of the second enrolled voice, and of the meeting's second voice


@dataclass(frozen=True, slots=True)
class Sample:
    """How a voice sounds in one recording: unit vector (256,), seconds of speech it is made of,
    likeness of its first half to its second."""

    vector: Vectors
    seconds: float
    even: float

    def enough(self, seconds: float) -> bool:
        """Whether it is as much speech, and of one person as far as can be told."""
        return self.seconds >= seconds and self.even >= EVEN


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """An enrolled voice as it is compared: whose, from which meeting, unit vector (256,)."""

    person: str
    meeting_id: str
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Likeness:
    """A voice, the enrolled one it is likest to, and how like the next are; -1 without a next.

    ``next_known`` is the second likest enrolled voice, ``next_heard`` the meeting's second likest
    voice to the enrolled one.
    """

    voice: str
    known: KnownVoice
    likeness: float
    next_known: float
    next_heard: float

    @property
    def rule(self) -> str:
        """Under which rule it speaks for a name; empty where it says nothing."""
        if self.likeness - max(self.next_known, self.next_heard) < AHEAD:
            return ""
        if self.likeness >= STRICT:
            return UNMISTAKABLE
        return KNOWN if self.likeness >= NEAR else ""

    @property
    def words(self) -> str:
        """For people: from where, how like, and how like the next enrolled voice is."""
        after = f"next {_short(self.next_known)}" if self.next_known > -1 else "no other enrolled"
        return (
            f"sounds like the voice enrolled from {self.known.meeting_id}, "
            f"likeness {_short(self.likeness)}, {after}"
        )


def _short(likeness: float) -> str:
    return f"{likeness:.3f}".removeprefix("0")


@lru_cache(maxsize=1)
def voice_engine() -> Engine:
    """What makes the vectors: those of another engine cannot be compared with them."""
    settings = {"window_s": WINDOW_S, "step_s": STEP_S, "most_s": MOST_S}
    return Engine("known voices", "mean-vector", "1", "resemblyzer", weights_sha256(), settings)


class VoiceSamples:
    """Makes samples of voices; loads its network once."""

    def __init__(self) -> None:
        self._encoder = VoiceEncoder()

    def of(self, sound: SoundSource, spans: Sequence[Span]) -> Sample | None:
        """A sample of the voice that speaks in these spans; None where each is too short."""
        import numpy as np

        made = [self._windows(sound, span) for span in _longest(spans)]
        made = [vectors for vectors in made if len(vectors)]
        if not made:
            return None
        vectors = np.concatenate(made)
        half = len(vectors) // 2
        even = float(_unit(vectors[:half]) @ _unit(vectors[half:])) if half else 0.0
        seconds = sum(WINDOW_S + STEP_S * (len(v) - 1) for v in made)
        return Sample(_unit(vectors), seconds, even)

    def _windows(self, sound: SoundSource, span: Span) -> Vectors:
        import numpy as np

        mel = spectrogram(sound.read(*span))
        width, step = round(WINDOW_S * SAMPLE_RATE / HOP), round(STEP_S * SAMPLE_RATE / HOP)
        starts = range(0, len(mel) - width + 1, step)
        if not starts:
            return np.zeros((0, 256), np.float32)
        return self._encoder.encode(np.stack([mel[s : s + width] for s in starts]))


def alone(turns: Sequence[Turn]) -> dict[str, list[Span]]:
    """When each voice, and no other, speaks; in time order."""
    ordered = sorted(turns, key=lambda t: t.start_s)
    edges = sorted({t for turn in turns for t in (turn.start_s, turn.end_s)})
    found: dict[str, list[Span]] = {}
    speaking: list[Turn] = []
    begun = 0
    for start, end in pairwise(edges):
        while begun < len(ordered) and ordered[begun].start_s <= start:
            speaking.append(ordered[begun])
            begun += 1
        speaking = [t for t in speaking if t.end_s > start]
        voices = {t.voice for t in speaking}
        if len(voices) == 1 and (voice := voices.pop()) != UNKNOWN_VOICE:
            spans = found.setdefault(voice, [])
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return found


def likenesses(heard: Mapping[str, Sample], known: Sequence[KnownVoice]) -> Iterator[Likeness]:
    """For each voice of a meeting the enrolled voice it is likest to, however like that is."""
    import numpy as np

    voices = [v for v, sample in heard.items() if sample.enough(TELLS_S)]
    if not voices or not known:
        return
    # a voice too short to be given a name may still be the one that is meant
    every = list(heard)
    table = np.array([[float(heard[v].vector @ k.vector) for k in known] for v in every])
    for voice in voices:
        row = every.index(voice)
        best = int(table[row].argmax())
        others = np.delete(table[row], best)
        rivals = np.delete(table[:, best], row)
        yield Likeness(
            voice,
            known[best],
            float(table[row, best]),
            float(others.max()) if len(others) else -1.0,
            float(rivals.max()) if len(rivals) else -1.0,
        )


def as_evidence(found: Sequence[Likeness], turns: Sequence[Turn]) -> list[Evidence]:
    """The likenesses that speak for a name, at the second at which each voice first speaks."""
    first = {t.voice: t.start_s for t in sorted(turns, key=lambda t: -t.start_s)}
    return [
        Evidence(f.voice, f.known.person, f.rule, f.words, first.get(f.voice, 0.0))
        for f in found
        if f.rule
    ]


def _longest(spans: Sequence[Span]) -> list[Span]:
    """The longest spans up to ``MOST_S`` in all, in time order, cut to what is read at once."""
    kept: list[Span] = []
    left = MOST_S
    for start, end in sorted(spans, key=lambda s: s[0] - s[1]):
        while end - start >= WINDOW_S and left >= WINDOW_S:
            length = min(end - start, LONGEST_READ_S, left)
            kept.append((start, start + length))
            start, left = start + length, left - length
    return sorted(kept)


def _unit(vectors: Vectors) -> Vectors:
    import numpy as np

    mean = vectors.mean(axis=0)
    unit: Vectors = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    return unit
