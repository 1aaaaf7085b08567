"""What the stages hand to each other: what was heard in the sound, and the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from transcripts.meeting import Engine
from transcripts.processed import Gap
from transcripts.words import Segment, Turn


@dataclass(frozen=True, slots=True)
class Heard:
    """What sound and seat log tell; all empty where there is neither. Times in seconds.

    ``seats`` are the names by which a log calls its voices, ``by_log`` whether there was one,
    ``turns_engines`` what told voices apart, ``faults`` what could not be used.
    """

    duration_s: float = 0.0
    regions: tuple[tuple[float, float], ...] = ()
    turns: tuple[Turn, ...] = ()
    gaps: tuple[Gap, ...] = ()
    seats: Mapping[str, str] = field(default_factory=dict)
    by_log: bool = False
    turns_engines: tuple[Engine, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one engine or captions file, and what had to be left out."""

    segments: tuple[Segment, ...] = ()
    gaps: tuple[Gap, ...] = ()
