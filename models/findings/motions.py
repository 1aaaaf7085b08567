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
from models.findings.several import several
from models.findings.substance import substance
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

CONTENT = 6  # words; a shorter sentence does not put a motion into words
ANSWER = 6  # sentences between a question to the committee and its answer
FLOATED = 25  # sentences before a settlement in which its motion was floated
STATED = 10  # sentences before a settlement in which its motion was last stated
SUBSTANCE = 3  # words that tell what is to be done; with fewer the chair only says where it goes
LAST_WORDS = 3  # sentences of members, of which the fullest is the wording
SAME = 0.3  # cosine from which on an earlier sentence is about the same motion
SETTLING = frozenset(("agreed", "not_agreed"))
PROCEDURE = frozenset("minutes record apologies declarations programme adjourn substitute".split())


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sentences of one recommendation, as indices: ``members`` in order, ``at`` settled it.

    ``stated`` is the member with the wording as last stated, ``proposer`` a voice; ``alone`` tells
    whether nothing else was settled with it.
    """

    members: tuple[int, ...]
    stated: int
    at: int
    value: str
    proposer: str
    alone: bool = True


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
        movers: frozenset[str] = frozenset(),
    ) -> list[Gathered]:
        """The motions in the order in which they were settled; ``chair`` is the chair's voice.

        ``movers`` are the voices that may move one, members of the committee; empty is anybody.

        ``said`` is what each sentence does to a proposal, as ``Outcomes.meanings`` tells it;
        ``asked`` are the sentences of recommendations, in order.
        """
        motions: list[Gathered] = []
        taken: set[int] = set()  # settled already, so not what is settled next
        for settled in settlements(sentences, said, chair, asked):
            free = [i for i in asked if i not in taken]
            groups = _motions_of(settled, sentences, vectors, said, free, chair)
            for members in groups:
                if _procedure(sentences, [*members, settled.at]) or taken >= set(members):
                    continue
                alone = len(groups) < 2
                stated = _stated(settled, members, sentences, chair, said, alone=alone)
                proposer = _proposer(settled, members, stated, sentences, vectors, chair, movers)
                motions.append(
                    Gathered(tuple(members), stated, settled.at, settled.value, proposer, alone)
                )
                taken |= set(members)
        return motions


def _motions_of(
    settled: Settlement,
    sentences: Sequence[Sentence],
    vectors: Floats,
    said: Sequence[frozenset[str]],
    free: Sequence[int],
    chair: str,
) -> list[list[int]]:
    """The sentences of each motion that was settled: mostly one, several where taken together."""
    window = range(max(settled.after, settled.at - FLOATED), settled.at + 1)
    recent = range(max(settled.after, settled.at - STATED), settled.at + 1)
    if settled.value == "agreed" and any("together" in said[i] for i in recent):
        groups = _alike_groups([i for i in free if i in window], vectors)
        if len(groups) > 1:
            return groups
    if settled.value == "agreed" and chair:
        turn = _settling_turn(settled, sentences, chair)
        proposed = [i for i in free if i in window and sentences[i].voice != chair]
        proposed = [i for i in proposed if substance(sentences[i].text) >= SUBSTANCE]
        groups = several(turn, proposed, sentences, vectors)
        if groups:
            return groups
    members = _members(settled, sentences, vectors, free, chair)
    moved = any(i in free or sentences[i].voice != chair for i in members)
    return [members] if moved else []  # the chair alone settles all manner of things


def _settling_turn(settled: Settlement, sentences: Sequence[Sentence], chair: str) -> list[int]:
    """The chair's words that put and settle it, over what others answered in between."""
    window = range(max(settled.after, settled.at - STATED), settled.at + 2)
    own = [i for i in window if i < len(sentences) and sentences[i].voice == chair]
    # "All in favour? Carried, the pair." is settled by its first words
    turns = {sentences[i].utterance_id for i in own[-2:]}
    whole = [i for i in own if len(plain_words(sentences[i].text)) > CONTENT and i < settled.at]
    turns |= {sentences[i].utterance_id for i in whole[-1:]}
    return [i for i in own if sentences[i].utterance_id in turns]


def _alike_groups(rows: Sequence[int], vectors: Floats) -> list[list[int]]:
    """Sentences put with the first group that holds one about the same thing, in order."""
    groups: list[list[int]] = []
    for row in rows:
        near = [g for g in groups if max(float(vectors[row] @ vectors[i]) for i in g) >= SAME]
        if not near:
            groups.append([])
        (near or groups[-1:])[0].append(row)
    return groups


def _proposer(
    settled: Settlement,
    members: Sequence[int],
    stated: int,
    sentences: Sequence[Sentence],
    vectors: Floats,
    chair: str,
    movers: frozenset[str],
) -> str:
    """Whose words come nearest to the motion, the chair's own and officers' aside."""
    window = _reach(settled, sentences)

    def may(i: int) -> bool:
        voice = sentences[i].voice
        return voice != chair and (not movers or voice in movers)

    others = [i for i in members if may(i)] or [i for i in window if may(i)]
    if not others:
        return chair
    return sentences[max(others, key=lambda i: float(vectors[i] @ vectors[stated]))].voice


def settlements(
    sentences: Sequence[Sentence],
    said: Sequence[frozenset[str]],
    chair: str,
    moved: Sequence[int] = (),
) -> list[Settlement]:
    """Where something was settled, in order; a member's assent counts only after a question.

    ``moved`` are the sentences of recommendations: who moved nothing takes nothing back.
    """
    found: list[Settlement] = []
    begin, put = 0, -ANSWER
    for at, values in enumerate(said):
        if at and sentences[at].item != sentences[at - 1].item:
            begin, put = at, -ANSWER
        value = next((v for v in ("withdrawn", "not_agreed", "agreed") if v in values), "")
        asked = at - put <= ANSWER
        if value == "withdrawn" and not _may_withdraw(at, sentences, chair, moved):
            value = ""
        if value == "agreed" and not asked and sentences[at].voice != chair:
            value = ""
        if "denied" in values and asked and not value and sentences[at].voice == chair:
            value = "not_agreed"  # the chair says no to what was put
        if value in SETTLED:
            again = found and found[-1].value == value and at - found[-1].at <= ANSWER // 2
            if not (again and found[-1].after >= begin - ANSWER):
                found.append(Settlement(value, begin, at))
            begin, put = at + 1, -ANSWER
        elif "put" in values:
            put = at
    return found


def _may_withdraw(at: int, sentences: Sequence[Sentence], chair: str, moved: Sequence[int]) -> bool:
    lately = {sentences[i].voice for i in moved if at - FLOATED <= i <= at}
    return not moved or sentences[at].voice in lately | {chair}


def _members(
    settled: Settlement,
    sentences: Sequence[Sentence],
    vectors: Floats,
    asked: Sequence[int],
    chair: str,
) -> list[int]:
    """The sentences of the motion that was settled, in order; none if nothing was moved."""
    window = _reach(settled, sentences)
    moved = [i for i in asked if i in window]
    own = sentences[settled.at].voice
    if settled.value == "withdrawn":
        lately = [i for i in moved if i >= settled.after]
        return [i for i in lately if sentences[i].voice == own][-1:] or lately[-1:]
    stated = _chairs_words(settled, sentences, chair) if settled.value == "agreed" else []
    if not stated and not any(i >= settled.after for i in moved):
        return []
    told = [i for i in stated if substance(sentences[i].text) >= SUBSTANCE]
    recent = [i for i in moved if i >= settled.after]
    last = stated[-1] if told or not recent else _refused(settled, moved, sentences, vectors)
    alike = [i for i in window if i < last and _about(i, last, sentences, vectors)]
    near = [i for i in moved if i in alike or (0 <= last - i <= ANSWER and i >= settled.after)]
    floated = [i for i in alike if sentences[i].voice != chair and i >= settled.after]
    return sorted({*near, *floated[-3:], *stated, last})


def _reach(settled: Settlement, sentences: Sequence[Sentence]) -> range:
    """The sentences of the item in which the motion may have been floated.

    Something else may have been settled in between: "leave the volunteers off, but the Saturdays
    stay" takes up what was moved before it.
    """
    first = settled.at
    while (
        first
        and settled.at - first < FLOATED
        and sentences[first - 1].item == sentences[settled.at].item
    ):
        first -= 1
    return range(first, settled.at + 1)


def _refused(
    settled: Settlement, moved: Sequence[int], sentences: Sequence[Sentence], vectors: Floats
) -> int:
    """Which of the last proposals was settled: the one that the settling words come nearest to."""
    own = [i for i in moved if settled.after <= i]
    if settled.value != "not_agreed" or len(plain_words(sentences[settled.at].text)) < CONTENT - 2:
        return own[-1]
    return max(own[-3:], key=lambda i: float(vectors[i] @ vectors[settled.at]))


def _chairs_words(settled: Settlement, sentences: Sequence[Sentence], chair: str) -> list[int]:
    """The chair's last turn with content before the settlement."""
    window = range(max(settled.after, settled.at - STATED), settled.at + 1)
    whole = [
        i
        for i in window
        if sentences[i].voice == chair and len(plain_words(sentences[i].text)) > CONTENT
    ]
    turn = {sentences[i].utterance_id for i in whole[-1:]}
    return [i for i in whole if sentences[i].utterance_id in turn] if chair else []


def _about(index: int, other: int, sentences: Sequence[Sentence], vectors: Floats) -> bool:
    long_enough = len(plain_words(sentences[index].text)) >= CONTENT - 2
    return long_enough and float(vectors[index] @ vectors[other]) >= SAME


def _stated(
    settled: Settlement,
    members: Sequence[int],
    sentences: Sequence[Sentence],
    chair: str,
    said: Sequence[frozenset[str]],
    *,
    alone: bool = True,
) -> int:
    """The sentence with the wording as last stated: of the chair's last words that hold any of it
    the one that holds most, else of the members' last the one that does.

    Where it was not settled ``alone``, what the chair says of several at once is the wording of
    none of them: its deadline would become that of all.
    """
    chairs = _chairs_words(settled, sentences, chair) if settled.value == "agreed" else []
    if not alone:
        chairs = [i for i in chairs if i in members]
    # "I'll take the silence as a yes" is no wording
    chairs = [
        i for i in chairs if not said[i] & SETTLING or substance(sentences[i].text) > SUBSTANCE
    ]
    fullest = max(chairs, key=lambda i: substance(sentences[i].text), default=-1)
    # what somebody else moved after the chair's words was stated later than they were
    if chairs and chairs[-1] >= members[-1] and substance(sentences[fullest].text) >= SUBSTANCE:
        return fullest
    others = [i for i in members if i not in chairs] or list(members)
    return max(others[-LAST_WORDS:], key=lambda i: (substance(sentences[i].text), i))


def _procedure(sentences: Sequence[Sentence], rows: Iterable[int]) -> bool:
    return any(PROCEDURE & set(plain_words(sentences[i].text)) for i in rows)
