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

REACH = 30  # sentences; after that an outcome belongs to something else
NEAR = 0.35  # cosine of sentence vectors from which on two are about the same thing
JUST_BEFORE = 4  # sentences between a proposal and what refines it
SECOND_THOUGHTS = 2  # sentences after "all in favour?" in which it may still fall
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
        said: Sequence[frozenset[str]],
    ) -> dict[int, Outcome]:
        """For each recommendation (an index of ``sentences``) its outcome, where one was heard.

        ``said`` are the ``meanings`` of the sentences.
        """
        settled: dict[int, Outcome] = {}
        for index in recommendations:
            outcome = first_outcome(index, sentences, said)
            if outcome and _shares(index, outcome, sentences, vectors, recommendations):
                settled[index] = outcome
        return settled

    def meanings(self, sentences: Sequence[Sentence]) -> list[frozenset[str]]:
        """What each sentence does to a proposal: puts it, agrees it, withdraws it, and so on."""
        return [_meaning(self._patterns.match(s.text), s.text) for s in sentences]


def _meaning(hits: Sequence[Hit], text: str) -> frozenset[str]:
    """The values a sentence carries, ``answered`` too where it puts and settles in one breath.

    "Are we agreed?" only puts: an "agreed" within what puts is no answer. Nor is one that is
    killed ("we had agreed"), unless that is all there is or it is what was asked.
    """
    puts = [h for h in hits if h.pattern.value == "put"]
    values = {h.pattern.value for h in hits if h.pattern.speaks_for}
    assents = [h for h in hits if h.pattern.value == "agreed"]
    free = [h for h in assents if not any(p.start <= h.start < p.end for p in puts)]
    kills = [h for h in hits if h.pattern.kind == "kill"]
    asked = [h for h in kills if any(p.start <= h.start < p.end for p in puts)]
    killed = len(kills) > len(asked) and len(plain_words(text)) > 4
    if not free or killed or values & {"not_agreed", "withdrawn"}:
        values.discard("agreed")
    elif any(h.start >= p.end for h in free for p in puts):
        values.add("answered")
    return frozenset(values)


def first_outcome(
    index: int, sentences: Sequence[Sentence], said: Sequence[frozenset[str]]
) -> Outcome | None:
    """The first thing settled after sentence ``index`` within its agenda item."""
    put = index if "put" in said[index] else -1
    for at in range(index, min(index + REACH, len(sentences))):
        if sentences[at].item != sentences[index].item:
            return None
        value = _settles(at, index, put, sentences, said)
        if value:
            return Outcome(value, at, put)
        if "put" in said[at]:
            put = at
    return None


def _settles(
    at: int, index: int, put: int, sentences: Sequence[Sentence], said: Sequence[frozenset[str]]
) -> str:
    """What sentence ``at`` settles of the recommendation at ``index``, if anything."""
    if at == index:
        return "agreed" if "answered" in said[at] else ""
    for value in ("withdrawn", "not_agreed"):
        if value in said[at]:
            return value
    # the proposer's own "agreed" settles nothing unless it was asked for
    asked = put >= 0 or sentences[at].voice != sentences[index].voice
    if "agreed" not in said[at] or not asked:
        return ""
    soon = said[at + 1 : at + 1 + SECOND_THOUGHTS]
    return "not_agreed" if any("not_agreed" in s for s in soon) else "agreed"


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
