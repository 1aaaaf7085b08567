"""The adapters that a run uses, chosen by plain values so that the choice travels to any process.

What each engine *is* (name, version, hash of its model, settings) is known without loading it:
planning a batch, and finding that nothing is new, must not cost the seconds that models take.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from models.engines import SpeechChoice, choose_speech, make_speech
from models.protocols import Findings, Names, Regions, SpeechWithGaps, Turns, Vectors
from transcripts.meeting import Engine

TRANSCRIPT = Engine("transcript", "matters-arising", "1")  # words to voices, sentences, items
CAPTIONS = Engine("speech", "captions", "1")


@dataclass(frozen=True, slots=True)
class Toolbox:
    """Which engines to use. ``speech`` is a name or ``auto``; ``speech_model`` a size or a path."""

    speech: str = "auto"
    speech_model: str = ""
    language: str = "en"
    models_folder: Path | None = None
    offline: bool = False

    def speech_choice(self) -> SpeechChoice:
        """The recogniser that will be used, and why, in words."""
        return _choice(self)

    def engine(self, task: str) -> Engine:
        """Which engine does a task: regions, speech, turns, names, findings or vectors."""
        return _engines(self)[task]

    def engines(self) -> list[Engine]:
        """Every engine of a run, in the order of the work."""
        return list(_engines(self).values())

    def engines_for(self, source: str) -> tuple[Engine, ...]:
        """The engines behind a transcript made from ``speech`` or ``captions``."""
        words = CAPTIONS if source == "captions" else self.engine("speech")
        return (self.engine("regions"), words, self.engine("turns"), self.engine("names"), TRANSCRIPT)

    def regions(self) -> Regions:
        """Finds speech."""
        return _regions()

    def speech_adapter(self) -> SpeechWithGaps:
        """Turns sound into words; loaded once a process."""
        return _speech(self)

    def turns(self) -> Turns:
        """Tells voices apart."""
        return _turns()

    def names(self) -> Names:
        """Gives voices names."""
        return _names()

    def vectors(self) -> Vectors:
        """Turns sentences into vectors."""
        return _vectors()

    def findings(self, day: date) -> Findings:
        """Finds concerns, recommendations and the rest; dates are told from ``day``."""
        return _findings(day)
