"""Which of what a new run found somebody's decision was about: by where it was said, and its words.

Engines cut and spell sentences differently, so neither the seconds nor the words are the same
after a run with another one. Both together tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transcripts.ledger import Decision

WORD = re.compile(r"\w+")
HALF = 0.5
APART_S = 3.0  # captions run late by up to as much
ALIKE = 0.6  # of their words: so much two engines' spellings of one sentence nearly always share


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said: a claim, by its id, seconds within its recording and words."""

    id: str
    start_s: float
    end_s: float
    words: str


def claim_decided(decision: Decision, claims: Sequence[Said]) -> str:
    """The claim that a ``link`` decision is about, by id, else by its seconds and words.

    ``claims`` are those of its recording. Empty where none shares its seconds, nor was said
    close by with its words.
    """
    if any(c.id == decision.claim_id for c in claims):
        return decision.claim_id
    if decision.start_s is None or decision.end_s is None:
        return ""
    scored = [(_near(c, decision.start_s, decision.end_s, decision.words), c.id) for c in claims]
    return max((s for s in scored if s[0] > 0), default=(0.0, ""))[1]


def _near(said: Said, start_s: float, end_s: float, words: str) -> float:
    """How much speaks for it, 0 where too little does: what only touches it is another claim."""
    shared = min(said.end_s, end_s) - max(said.start_s, start_s)
    alike = likeness(said.words, words)
    if shared <= HALF * min(said.end_s - said.start_s, end_s - start_s):
        return alike if shared > -APART_S and alike >= ALIKE else 0.0
    # of all that either of them covers: a claim of a stretch and one of its half differ
    return shared / max(max(said.end_s, end_s) - min(said.start_s, start_s), HALF) + alike


def likeness(a: str, b: str) -> float:
    """The share of words that two texts have in common, in [0, 1]."""
    ours, theirs = (Counter(WORD.findall(text.casefold())) for text in (a, b))
    both = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / both if both else 0.0
