"""The seams: what an engine of each kind takes and gives. One adapter a file implements one.

Sound is always mono float32 at ``SAMPLE_RATE``, in [-1, 1]. An adapter loads its weights in its
constructor, never at import, and never reaches for a network unless it was told that it may.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from transcripts.meeting import Engine, Meeting
from transcripts.processed import Gap
from transcripts.words import Attribution, Segment, Sentence, Turn, Utterance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float32]

from models.reader.account import PartReading
from models.reader.lines import Part
from transcripts.finding import Finding

SAMPLE_RATE = 16_000


class SoundSource(Protocol):
    """Decoded sound on disk, read a piece at a time so that memory stays flat."""

    @property
    def duration_s(self) -> float:
        """Length in seconds."""

    def read(self, start_s: float, end_s: float) -> Sound:
        """The samples of ``[start_s, end_s)``; shape (n,), clipped to the sound's length."""


class Regions(Protocol):
    """Where somebody speaks."""

    engine: Engine

    def find(self, sound: SoundSource) -> list[tuple[float, float]]:
        """Regions of speech as (start_s, end_s), in order, not overlapping."""


class Speech(Protocol):
    """Turns a stretch of sound into words."""

    engine: Engine

    def recognise(
        self, sound: SoundSource, regions: Sequence[tuple[float, float]], prompt: str = ""
    ) -> list[Segment]:
        """Words of these regions, times in seconds of the whole sound.

        ``regions`` is one *piece* of work of a minute or two; the caller cuts a recording into
        pieces so that a killed run loses no more than one. ``prompt`` is what was said just
        before, or names to expect; engines that cannot use it ignore it.
        """


class SpeechWithGaps(Speech, Protocol):
    """Speech that also says which stretches it left out, and why."""

    def recognise_with_gaps(
        self, sound: SoundSource, regions: Sequence[tuple[float, float]], prompt: str = ""
    ) -> tuple[list[Segment], list[Gap]]:
        """As ``recognise``, with a gap for what was heard and not believed."""


class Turns(Protocol):
    """Who spoke when, as anonymous voices of one recording."""

    engine: Engine

    def find(self, sound: SoundSource, regions: Sequence[tuple[float, float]]) -> list[Turn]:
        """Turns in time order; turns of different voices may overlap."""


class Names(Protocol):
    """Gives voices names, on evidence."""

    engine: Engine

    def name(self, meeting: Meeting, utterances: Sequence[Utterance]) -> list[Attribution]:
        """One attribution for every voice that speaks, in order of first speech."""


class Findings(Protocol):
    """Finds concerns, recommendations, undertakings, decisions and follow-ups."""

    engine: Engine

    def find(
        self,
        recording_sha256: str,
        sentences: Sequence[Sentence],
        vectors: NDArray[np.float32],
    ) -> list[Finding]:
        """Findings of one recording's sentences in order; ``vectors`` has one row a sentence."""


class Reader(Protocol):
    """A language model that points at findings; what it says is checked before it counts."""

    engine: Engine

    def read(self, part: Part) -> PartReading:
        """Quotes that stand in the part, and what was dropped; ReaderError without an answer."""


class Vectors(Protocol):
    """Turns texts into unit vectors."""

    engine: Engine

    @property
    def dimensions(self) -> int:
        """How long its vectors are."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions)."""
