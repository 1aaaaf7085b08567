"""What somebody said became of an earlier recommendation, and which one that may be.

A claim is made in one meeting and stands by itself; a link ties it to a recommendation of another
(or of the same) meeting, with its reasons. A claim is evidence of what somebody says, not of what
is so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from transcripts.states import ladder_of

CERTAIN, PROPOSED = "certain", "proposed"  # by an explicit key, or by likeness alone


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of one speaker's words that tells a state. ``quote`` is verbatim of its sentence.

    ``about`` are the ids of the sentences that tell which matter is meant, its own among them.
    ``keys`` are references and minute numbers said there (``SCSC/2026-27/01``, ``minute 42``).
    ``said_of`` is the ISO day that the words name for what happened, if they name one.
    """

    id: str
    status: str
    quote: str
    sentence_id: str
    utterance_id: str
    voice: str
    start_s: float
    end_s: float
    item: str = ""
    about: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    said_of: str = ""
    rules: tuple[str, ...] = ()
    score: float | None = None

    def __post_init__(self) -> None:
        ladder_of(self.status)
        if not self.quote.strip():
            raise ValueError(f"claim {self.id} quotes nothing")


@dataclass(frozen=True, slots=True)
class Link:
    """A claim tied to the recommendation whose finding is ``finding_id``.

    ``standing`` is ``certain`` where an explicit key was said, else ``proposed``; ``reasons`` are
    for people, strongest first; ``score`` is in [0, 1].
    """

    claim_id: str
    finding_id: str
    score: float
    standing: str
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.standing not in (CERTAIN, PROPOSED):
            raise ValueError(f"standing '{self.standing}' is neither certain nor proposed")
        if not self.reasons:
            raise ValueError(f"the link of claim {self.claim_id} gives no reason")


def claim_id(recording_sha256: str, start_s: float, end_s: float) -> str:
    """The same words of the same recording keep their id when everything is run again."""
    key = f"{recording_sha256}|claim|{start_s:.2f}|{end_s:.2f}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def told(claim: Claim, texts: Mapping[str, str]) -> bool:
    """Whether its quote stands in its sentence and what it is about was said."""
    return claim.quote in texts.get(claim.sentence_id, "") and all(s in texts for s in claim.about)
