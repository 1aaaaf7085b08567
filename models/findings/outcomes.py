"""What became of a recommendation in the room: agreed, not agreed, withdrawn, or nothing heard.

A recommendation is followed through its agenda item to the first words that settle something. It
shares in that outcome if it is the last one before them, or is about the same thing as the last
one or as what the chair put: "make it seven" belongs to "fourteen days' notice".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.findings.features import plain_words
from models.findings.patterns import Hit, Patterns
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH = 60  # sentences; after that an outcome belongs to something else
NEAR = 0.35  # cosine of sentence vectors from which on two are about the same thing
JUST_BEFORE = 4  # sentences between a proposal and what refines it
SETTLED = {"agreed": True, "not_agreed": False, "withdrawn": False}
RETRACTED = "withdrawn"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was settled, at which sentence; ``put`` is the sentence that put it, or -1."""

    value: str
    at: int
    put: int = -1

    @property
    def agreed(self) -> bool:
        """Whether the committee took it."""
        return SETTLED[self.value]


class Outcomes:
    """Finds the outcomes of a meeting's recommendations."""

    def __init__(self) -> None:
        self._patterns = Patterns(("outcome",))

    def settle(
        self,
        sentences: Sequence[Sentence],
        vectors: NDArray[np.float32],
        recommendations: Sequence[int],
    ) -> dict[int, Outcome]:
        """For each recommendation (an index of ``sentences``) its outcome, where one was heard."""
        said = [_meaning(self._patterns.match(s.text), s.text) for s in sentences]
        settled: dict[int, Outcome] = {}
        for index in recommendations:
            outcome = _first_outcome(index, sentences, said)
            if outcome and _shares(index, outcome, sentences, vectors, recommendations):
                settled[index] = outcome
        return settled


def _meaning(hits: Sequence[Hit], text: str) -> frozenset[str]:
    """The values a sentence carries; a killed "agreed" ("we had agreed") carries none."""
    killed = any(h.pattern.kind == "kill" for h in hits)
    values = {h.pattern.value for h in hits if h.pattern.speaks_for}
    if killed and len(plain_words(text)) > 4:
        values.discard("agreed")
    if values & {"not_agreed", "withdrawn"}:
        values.discard("agreed")
    return frozenset(values)


def _first_outcome(
    index: int, sentences: Sequence[Sentence], said: Sequence[frozenset[str]]
) -> Outcome | None:
    put = index if "put" in said[index] else -1
    voice = sentences[index].voice
    for at in range(index, min(index + REACH, len(sentences))):
        if sentences[at].item != sentences[index].item:
            return None
        values = said[at]
        if at > index:
            if "withdrawn" in values:
                return Outcome("withdrawn", at, put)
            if "not_agreed" in values:
                return Outcome("not_agreed", at, put)
        # the proposer's own "agreed?" puts, it does not settle
        if "agreed" in values and (put >= 0 or sentences[at].voice != voice) and at > index:
            return Outcome("agreed", at, put)
        if "agreed" in values and put == at and _answers_itself(sentences[at].text):
            return Outcome("agreed", at, put)
        if "put" in values:
            put = at
    return None


def _answers_itself(text: str) -> bool:
    """Whether one sentence of bare recognised speech holds both the question and the answer."""
    words = plain_words(text)
    return words[-3:].count("agreed") > 0 and words.count("agreed") > 1


def _shares(
    index: int,
    outcome: Outcome,
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    recommendations: Sequence[int],
) -> bool:
    before = [r for r in recommendations if r <= outcome.at]
    last = before[-1]
    if index == last or (last - index <= JUST_BEFORE and outcome.value != RETRACTED):
        return True
    if outcome.value == RETRACTED:
        return sentences[index].voice == sentences[outcome.at].voice and last == index
    others = [last] if outcome.put < 0 else [last, outcome.put]
    return any(float(vectors[index] @ vectors[o]) >= NEAR for o in others)
