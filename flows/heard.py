"""What the stages hand to each other: what was heard in the sound, and the words."""

from __future__ import annotations

from dataclasses import dataclass

from transcripts.processed import Gap
from transcripts.words import Segment, Turn


@dataclass(frozen=True, slots=True)
class Heard:
    """What the sound alone tells; all empty where there is no sound. Times in seconds."""

    duration_s: float = 0.0
    regions: tuple[tuple[float, float], ...] = ()
    turns: tuple[Turn, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one engine or captions file, and what had to be left out."""

    segments: tuple[Segment, ...] = ()
    gaps: tuple[Gap, ...] = ()
