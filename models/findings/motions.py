"""Which sentences make up a recommendation as the committee dealt with it, and its outcome.

The committee's own words mark a motion best: somebody, mostly the chair, says what is settled, and
before that the committee says what it is. So each settlement is found first, then the words in
which the motion was last stated, then the sentences that floated or reworded it. A motion that
nobody's sentence said whole before the chair did is found that way too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.findings.features import plain_words
from models.findings.outcomes import SETTLED
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

CONTENT = 6  # words; a shorter sentence does not put a motion into words
ANSWER = 6  # sentences between a question to the committee and its answer
FLOATED = 25  # sentences before a settlement in which its motion was floated
STATED = 10  # sentences before a settlement in which its motion was last stated
SAME = 0.3  # cosine from which on an earlier sentence is about the same motion
PROCEDURE = frozenset("minutes record apologies declarations programme adjourn substitute".split())


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sentences of one recommendation, as indices: ``members`` in order, ``at`` settled it.

    ``stated`` is the member with the wording as last stated, ``proposer`` a voice.
    """

    members: tuple[int, ...]
    stated: int
    at: int
    value: str
    proposer: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """Sentences ``[after, at]`` in which something was settled as ``value``."""

    value: str
    after: int
    at: int


class Motions:
    """Gathers the sentences of each motion, with what the committee made of it."""

    def gather(
        self,
        sentences: Sequence[Sentence],
        vectors: Floats,
        said: Sequence[frozenset[str]],
        asked: Sequence[int],
        chair: str = "",
    ) -> list[Gathered]:
        """The motions in the order in which they were settled; ``chair`` is the chair's voice.

        ``said`` is what each sentence does to a proposal, as ``Outcomes.meanings`` tells it;
        ``asked`` are the sentences of recommendations, in order.
        """
        motions = []
        for settled in settlements(sentences, said, chair):
            members = _members(settled, sentences, vectors, asked, chair)
            if members and not _procedure(sentences, [*members, settled.at]):
                motions.append(
                    Gathered(
                        members=tuple(members),
                        stated=_stated(settled, members, sentences, chair),
                        at=settled.at,
                        value=settled.value,
                        proposer=_proposer(settled, members, sentences, vectors, chair),
                    )
                )
        return motions


def _proposer(
    settled: Settlement,
    members: Sequence[int],
    sentences: Sequence[Sentence],
    vectors: Floats,
    chair: str,
) -> str:
    """Whose words come nearest to the motion, the chair's own aside."""
    stated = _stated(settled, members, sentences, chair)
    window = range(max(settled.after, settled.at - FLOATED), settled.at + 1)
    others = [i for i in members if sentences[i].voice != chair]
    others = others or [i for i in window if sentences[i].voice != chair]
    if not others:
        return chair
    return sentences[max(others, key=lambda i: float(vectors[i] @ vectors[stated]))].voice


def settlements(
    sentences: Sequence[Sentence], said: Sequence[frozenset[str]], chair: str
) -> list[Settlement]:
    """Where something was settled, in order; a member's assent counts only after a question."""
    found: list[Settlement] = []
    begin, put = 0, -ANSWER
    for at, values in enumerate(said):
        if at and sentences[at].item != sentences[at - 1].item:
            begin, put = at, -ANSWER
        value = next((v for v in ("withdrawn", "not_agreed", "agreed") if v in values), "")
        asked = at - put <= ANSWER
        if value == "agreed" and not asked and sentences[at].voice != chair:
            value = ""
        if value in SETTLED:
            again = found and found[-1].value == value and at - found[-1].at <= ANSWER // 2
            if not (again and found[-1].after >= begin - ANSWER):
                found.append(Settlement(value, begin, at))
            begin, put = at + 1, -ANSWER
        elif "put" in values:
            put = at
    return found


def _members(
    settled: Settlement,
    sentences: Sequence[Sentence],
    vectors: Floats,
    asked: Sequence[int],
    chair: str,
) -> list[int]:
    """The sentences of the motion that was settled, in order; none if nothing was moved."""
    window = range(max(settled.after, settled.at - FLOATED), settled.at + 1)
    moved = [i for i in asked if i in window]
    own = sentences[settled.at].voice
    if settled.value == "withdrawn":
        return [i for i in moved if sentences[i].voice == own][-1:] or moved[-1:]
    stated = _chairs_words(settled, sentences, chair) if settled.value == "agreed" else []
    if not moved and not stated:
        return []
    last = stated[-1] if stated else moved[-1]
    alike = [i for i in window if i < last and _about(i, last, sentences, vectors)]
    near = [i for i in moved if i in alike or last - i <= ANSWER]
    floated = [i for i in alike if sentences[i].voice != chair]
    return sorted({*near, *floated[-3:], *stated, last})


def _chairs_words(settled: Settlement, sentences: Sequence[Sentence], chair: str) -> list[int]:
    """The chair's last turn with content before the settlement."""
    window = range(max(settled.after, settled.at - STATED), settled.at + 1)
    whole = [
        i
        for i in window
        if sentences[i].voice == chair and len(plain_words(sentences[i].text)) > CONTENT
    ]
    turn = {sentences[i].utterance_id for i in whole[-1:]}
    return [i for i in whole if sentences[i].utterance_id in turn]


def _about(index: int, other: int, sentences: Sequence[Sentence], vectors: Floats) -> bool:
    long_enough = len(plain_words(sentences[index].text)) >= CONTENT - 2
    return long_enough and float(vectors[index] @ vectors[other]) >= SAME


def _stated(
    settled: Settlement, members: Sequence[int], sentences: Sequence[Sentence], chair: str
) -> int:
    """The sentence with the wording as last stated: the chair's longest, else the last member's."""
    chairs = _chairs_words(settled, sentences, chair) if settled.value == "agreed" else []
    if chairs:
        return max(chairs, key=lambda i: len(sentences[i].text))
    return members[-1]


def _procedure(sentences: Sequence[Sentence], rows: Iterable[int]) -> bool:
    return any(PROCEDURE & set(plain_words(sentences[i].text)) for i in rows)
