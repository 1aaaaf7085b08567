"""Where a chair settles something in words that no pattern knows.

Most chairs never say "agreed". They say "that's our wording, then", or only what was asked, once
more, in full and with an address: "The Trust to publish it monthly. Next, Councillor Coker." The
first is told by a classifier fitted to invented chairs (``models/training/settlements``), the
second by a rule: a turn of the chair that is no question, says again what a member said and names
somebody or something to be done. Where the chair settles by the known words soon after, as after a
vote, those count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.findings.addressee import OFFICE
from models.findings.features import plain_words
from models.findings.outcomes import SETTLED
from models.findings.substance import substance
from models.sentence_classes import NOTHING, load_classes
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SURE = 0.5  # chance from which on the classifier is believed
PROPOSED = 0.3  # chance that somebody recommended something, where only the words settle it
HINTED = 0.08  # and where the chair says it again; half of it for the chair's own words
RESTATED = 0.4  # cosine of what the chair says with what a member said
EARLIER = 25  # sentences in which a member said it
SOON = 4  # sentences in which the chair may still settle it in known words
FULL = 4  # words of substance
FEWEST = 4  # words of what a member said
SETTLES = frozenset(SETTLED)
QUESTION = re.compile(
    r"\?\s*$|^(?:(?:so|and|but|now|right|well|or) )?(?:any(?:body|one)?|are|can|could|did|do|does|"
    r"has|have|how|is|shall|should|was|were|what|when|where|which|who|why|will|would)\b",
    re.IGNORECASE,
)
TO_DO = re.compile(
    r"\bto (?:ask|be|bring|close|come|consider|ensure|extend|fund|give|have|hold|include|keep|make|"
    r"meet|open|pay|provide|publish|put|report|review|send|set|share|stop|take|tell|write)\b",
    re.IGNORECASE,
)

Said = Sequence[frozenset[str]]


class Settling:
    """Adds what a chair settles in other words to what the patterns tell."""

    def __init__(self) -> None:
        self._classes = load_classes("settling")

    def heard(
        self,
        sentences: Sequence[Sentence],
        vectors: Floats,
        said: Said,
        proposes: Sequence[float],
        chair: str,
    ) -> list[frozenset[str]]:
        """``said``, what each sentence does to a proposal, with what it does in other words.

        ``proposes`` is the chance that each recommends something: where nobody did nothing is
        settled. ``chair`` is the chair's voice; nothing is added where nobody is known to be in the
        chair.
        """
        told = list(said)
        if not chair or not sentences:
            return told
        chances = self._classes.read([s.text for s in sentences], vectors)
        for turn in _turns(sentences, chair):
            if any(said[i] & (SETTLES | {"put"}) for i in turn) or _settled_soon(
                turn[-1], sentences, said, chair
            ):
                continue
            members = list(_members_said(turn[0], sentences, chair))
            likeliest = max((proposes[i] for i in members), default=0.0)
            at = self._in_words(turn, chances)
            if at is not None and likeliest >= PROPOSED:
                told[at[0]] |= {at[1]}
            elif (
                likeliest >= HINTED
                and max(proposes[i] for i in turn) >= HINTED / 2
                and _restates(turn, members, sentences, vectors)
            ):
                told[turn[-1]] |= {"agreed"}
        return told

    def _in_words(self, turn: Sequence[int], chances: Floats) -> tuple[int, str] | None:
        """The sentence of a turn that settles something, and how."""
        none = self._classes.labels.index(NOTHING)
        best = min(turn, key=lambda i: float(chances[i, none]))
        label = self._classes.likeliest(chances[best])
        sure = float(chances[best, self._classes.labels.index(label)]) >= SURE
        return (best, label) if sure and label in ("agreed", "not_agreed") else None


def _turns(sentences: Sequence[Sentence], chair: str) -> Iterator[list[int]]:
    turns: dict[str, list[int]] = {}
    for i, s in enumerate(sentences):
        if s.voice == chair:
            turns.setdefault(s.utterance_id, []).append(i)
    yield from turns.values()


def _settled_soon(at: int, sentences: Sequence[Sentence], said: Said, chair: str) -> bool:
    soon = range(at + 1, min(len(sentences), at + 1 + SOON))
    return any(said[i] & SETTLES and sentences[i].voice == chair for i in soon)


def _restates(
    turn: Sequence[int], members: Sequence[int], sentences: Sequence[Sentence], vectors: Floats
) -> bool:
    texts = [sentences[i].text for i in turn]
    if any(QUESTION.search(text) for text in texts):
        return False
    if not any(OFFICE.search(text) or TO_DO.search(text) for text in texts):
        return False
    full = [i for i in turn if substance(sentences[i].text) >= FULL]
    if not full:
        return False
    return float((vectors[full] @ vectors[members].T).max()) >= RESTATED


def _members_said(before: int, sentences: Sequence[Sentence], chair: str) -> Iterator[int]:
    """What others said not long before under the same item."""
    item = sentences[before].item
    for i in range(max(0, before - EARLIER), before):
        s = sentences[i]
        if s.voice != chair and s.item == item and len(plain_words(s.text)) >= FEWEST:
            yield i
