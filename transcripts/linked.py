"""What ties meetings together is told from these: recommendations, claims and worries with vectors.

The warehouse lays them out from what it holds, a linker among the models says what belongs
together, and the warehouse keeps what it says. The same holdings always give the same links.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from transcripts.claim import PROPOSED, Claim, Link

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A recommendation that later words may be about.

    ``texts`` are the sentences of its acts and ``vectors`` their unit vectors, one a sentence; the
    wording is the first. ``keys`` are its reference and minute numbers. ``settled_s`` is when it
    was settled, in seconds within its recording.
    """

    finding_id: str
    meeting_id: str
    council: str
    committee: str
    day: date
    texts: tuple[str, ...]
    vectors: Vectors
    addressee: str = ""
    matter: str = ""
    item_title: str = ""
    keys: tuple[str, ...] = ()
    outcome: str = ""
    settled_s: float = 0.0
    sentence_ids: tuple[str, ...] = ()  # of the texts


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim in its meeting; ``texts`` and ``vectors`` are those of ``claim.about``, in order.

    ``vectors`` may be left out where nobody asks what the claim is about.
    """

    claim: Claim
    meeting_id: str
    council: str
    committee: str
    day: date
    texts: tuple[str, ...]
    vectors: Vectors
    item_title: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A point in which an executive answered something, in its minutes or published decisions.

    ``text`` is verbatim; ``about`` are the words of its item, its title among them.
    """

    point_id: str
    meeting_id: str
    council: str
    committee: str
    day: date
    text: str
    about: str


NEARBY = 8  # turns; a worry seldom names what it is about, but the talk around it does


@dataclass(frozen=True, slots=True)
class Worry:
    """A concern that somebody voiced; ``text`` is its sentence and ``vector`` that of it.

    ``turns`` are the turns nearby under the same item, its own among them, in their order, with how
    many turns they are ``apart`` from its own; ``vectors`` are the unit means of their sentences'.
    """

    finding_id: str
    meeting_id: str
    council: str
    committee: str
    day: date
    who: str
    text: str
    vector: Vectors
    turns: tuple[str, ...]
    apart: tuple[int, ...]
    vectors: Vectors
    matter: str = ""
    item_title: str = ""


def unit_means(groups: Sequence[Vectors]) -> Vectors:
    """The mean of each group of vectors, (n, dimensions), of length one where it has a length."""
    import numpy as np

    means = np.stack([group.mean(axis=0) for group in groups])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    made: Vectors = (means / np.maximum(lengths, 1e-9)).astype(np.float32)
    return made


@dataclass(frozen=True, slots=True)
class Thread:
    """The same worry of several people or meetings; ``title`` is verbatim from one of them."""

    id: str
    title: str
    finding_ids: tuple[str, ...]


class Linker(Protocol):
    """Says what belongs together."""

    def link(
        self, wanted: Sequence[Wanted], spoken: Sequence[Spoken], only: Container[str] | None = None
    ) -> list[Link]:
        """A few links a claim at most, likeliest first, never to what a later meeting made.

        ``only`` are the meetings whose claims are asked about; those of the others say how rare
        words are, and need no vectors. What a meeting is linked to follows from what was said by
        the end of its day, so that later meetings do not change it.
        """

    def answers(self, wanted: Sequence[Wanted], published: Sequence[Published]) -> list[Link]:
        """The recommendations that each point may answer; its id stands for that of a claim."""

    def threads(self, worries: Sequence[Worry]) -> list[Thread]:
        """Threads of two or more concerns of one council, in order of their first."""


def one_a_turn(links: Sequence[Link], spoken: Iterable[Spoken]) -> list[Link]:
    """Without proposals that only say again what another sentence of their turn says.

    Of those of one turn that propose one state for one recommendation, the surest is left: each
    is for a person to look at, and the words around it are shown with it.
    """
    claims, meetings = {}, {}
    for s in spoken:
        claims[s.claim.id], meetings[s.claim.id] = s.claim, s.meeting_id
    best: dict[tuple[str, ...], Link] = {}
    for link in (k for k in links if k.standing == PROPOSED):
        claim = claims[link.claim_id]
        place = (meetings[link.claim_id], claim.utterance_id, claim.status, link.finding_id)
        other = best.get(place)
        if other is None or _sure(link, claim) > _sure(other, claims[other.claim_id]):
            best[place] = link
    kept = {(link.claim_id, link.finding_id) for link in best.values()}
    return [k for k in links if k.standing != PROPOSED or (k.claim_id, k.finding_id) in kept]


def _sure(link: Link, claim: Claim) -> float:
    return link.score * (claim.score or 0.0)
