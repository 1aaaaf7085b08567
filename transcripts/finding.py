"""Findings: a concern, recommendation, undertaking, decision or follow-up, with its evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

KINDS = ("concern", "recommendation", "undertaking", "decision", "follow-up")
LETTERS = {
    "C": "concern",
    "R": "recommendation",
    "A": "undertaking",
    "D": "decision",
    "F": "follow-up",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``quote`` is verbatim: a part of the sentence it points at.

    ``score`` is the classifier's calibrated probability, absent where only a pattern fired;
    ``rules`` are the ids of the patterns that fired. One of the two is always there.
    ``agreed`` is for recommendations: True, False, or None where nothing was heard either way;
    ``settled_s`` is when that was heard, the same for all that were settled by the same words.
    """

    id: str
    kind: str
    sentence_id: str
    utterance_id: str
    voice: str
    quote: str
    start_s: float
    end_s: float
    item: str = ""
    score: float | None = None
    rules: tuple[str, ...] = ()
    agreed: bool | None = None
    settled_s: float | None = None
    addressee: str = ""
    due: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind '{self.kind}' is none of {', '.join(KINDS)}")
        if not self.quote.strip():
            raise ValueError(f"finding {self.id} quotes nothing")
        if self.score is None and not self.rules:
            raise ValueError(f"finding {self.id} names neither a rule nor a score")


def finding_id(recording_sha256: str, kind: str, start_s: float, end_s: float) -> str:
    """The same words of the same recording keep their id when everything is run again."""
    key = f"{recording_sha256}|{kind}|{start_s:.2f}|{end_s:.2f}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]
