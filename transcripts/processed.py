"""What processing a meeting leaves behind: transcripts with their engines, findings, coverage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from transcripts.claim import Claim
from transcripts.finding import Finding
from transcripts.meeting import Engine, Meeting
from transcripts.minutes import MinutesVersion
from transcripts.motion import Motion
from transcripts.words import Attribution, Sentence, Turn, Utterance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


SHIFTED_S = 1.5  # seconds from which on a listener notices


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the recording that is not in the transcript, and why."""

    start_s: float
    end_s: float
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What share of a recording the transcript holds; seconds and counts, all measured.

    ``late_s`` is how far captions come after the sound, in the middle, and ``late_grows_s`` how
    much more at the end than at the beginning; None where there is nothing to compare.
    """

    duration_s: float
    speech_s: float
    transcribed_s: float
    words: int
    words_with_voice: int
    words_named: int
    sentences: int
    sentences_in_items: int
    gaps: tuple[Gap, ...] = ()
    late_s: float | None = None
    late_grows_s: float | None = None

    @property
    def shifted(self) -> bool:
        """Whether links would play something else than the words they stand by."""
        return max(abs(self.late_s or 0.0), abs(self.late_grows_s or 0.0)) >= SHIFTED_S


@dataclass(frozen=True, slots=True)
class Transcript:
    """One engine's account of one recording. ``source`` is ``speech`` or ``captions``.

    ``version`` is a hash of the recording, the engines and the words: the same inputs give the
    same version. ``preferred`` marks the one of a recording that search and findings use.
    """

    meeting_id: str
    recording_sha256: str
    source: str
    engines: tuple[Engine, ...]
    turns: tuple[Turn, ...]
    utterances: tuple[Utterance, ...]
    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    coverage: Coverage
    public_names: tuple[str, ...] = ()  # said aloud, of members of the public; never to be shown
    version: str = ""

    def attribution(self, voice: str) -> Attribution | None:
        """Who this voice is."""
        return next((a for a in self.attributions if a.voice == voice), None)


@dataclass(frozen=True, slots=True)
class FindingsVersion:
    """The findings of one transcript version, with the engines that made them.

    ``motions`` are its recommendations as the room dealt with them, ``claims`` what was said of
    earlier ones.
    """

    transcript_version: str
    engines: tuple[Engine, ...]
    findings: tuple[Finding, ...]
    version: str = ""
    motions: tuple[Motion, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessedTranscript:
    """A transcript, its findings, and a unit vector a sentence (float32, (sentences, dims))."""

    transcript: Transcript
    findings: FindingsVersion
    vectors: NDArray[np.float32]
    vectors_engine: Engine
    preferred: bool = True


@dataclass(frozen=True, slots=True)
class ProcessedMeeting:
    """Everything the warehouse loads for one meeting; replaced whole or not at all.

    ``minutes`` are its newest published decisions, draft and approved minutes, in that order, as
    far as there are any: the last is the official one. A meeting of an executive of which only
    those are known has no transcripts.
    """

    meeting: Meeting
    transcripts: tuple[ProcessedTranscript, ...]
    minutes: tuple[MinutesVersion, ...] = ()


LATER = frozenset(("begins_s",))  # fields that older versions of the record do not have


def _fields(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Fields as they are hashed: one that came later and says nothing changes no old hash."""
    return {k: v for k, v in pairs if not (k in LATER and v is None)}


def content_hash(*parts: object) -> str:
    """Sixteen hex digits that change when any part does; dataclasses and plain values only."""

    def plain(value: object) -> object:
        if hasattr(value, "__dataclass_fields__"):
            return asdict(value, dict_factory=_fields)  # type: ignore[call-overload]
        if isinstance(value, Mapping):
            return dict(value)
        return str(value)

    text = json.dumps(parts, default=plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
