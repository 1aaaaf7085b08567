"""How a claim and a recommendation may belong together, as figures that a linker weighs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.following.words import Rarity, covered, figures, shared
from transcripts.linked import Spoken, Wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FEATURES = (
    "own_best",  # cosine of the claim's sentence and the nearest of the recommendation's
    "own_wording",  # and its wording
    "around_best",  # the nearest of its sentence and those around it
    "around_wording",
    "own_words",  # rare words that the claim's sentence shares, by weight
    "own_covered",  # their share of its rare words
    "around_words",
    "around_covered",
    "wording_covered",  # the share of the wording's rare words that claim and context hold
    "title_words",  # rare words that claim and context share with the item's title
    "titles",  # the two items have one title
    "figures",  # numbers in common
    "asked_for",  # it speaks of a recommendation, or of what was asked
    "own_lead",  # how much nearer it is than to the next best recommendation
    "around_lead",
    "words_lead",
    "sure",  # how sure it is that anything is claimed
    "same_meeting",
    "just_before",  # in the same meeting, settled not long before or after
    "agreed",
    "looks_back",  # the item's title says that it is about earlier matters
    "no_answer",  # the claim is that none came
    "length",  # of the claim's sentence, at most 1
    "question",
)
LOOKS_BACK = re.compile(
    r"\b(?:actions?|arising|follow|implementation|log|minutes?|outstanding|previous|progress|"
    r"recommendations?|refer\w*|repl(?:y|ies)|respons\w*|tracker|update)\b",
    re.IGNORECASE,
)
LONG = 30  # words
ASKED_FOR = re.compile(
    r"\b(?:recommend\w*|asked (?:for|you|them|that)|we(?:'d| had)? asked|our ask|request\w*|"
    r"agreed (?:in|last|at)|in (?:january|february|march|april|may|june|july|september|october|"
    r"november|december)|last (?:time|meeting)|since (?:we|the last))\b",
    re.IGNORECASE,
)
FEW = 2  # claims that are taken to be none, so that one sure claim is not an item of them
SOON_S = 90.0  # between a settlement and an answer given at once


@dataclass(frozen=True, slots=True)
class Words:
    """The rare words of a recommendation or of a claim with what stands around it."""

    own: Mapping[str, float]
    around: Mapping[str, float]
    title: Mapping[str, float]
    numbers: frozenset[str]


class Likeness:
    """Figures for every pair of one claim and the recommendations that it may be about."""

    def __init__(self, wanted: Sequence[Wanted], spoken: Sequence[Spoken]) -> None:
        texts = [" ".join(w.texts) for w in wanted] + [" ".join(s.texts) for s in spoken]
        self._rarity = Rarity(texts)
        self._wanted = {w.finding_id: self._of_wanted(w) for w in wanted}

    def table(self, spoken: Spoken, wanted: Sequence[Wanted]) -> Floats:
        """One row of ``FEATURES`` a recommendation, float32, (len(wanted), features)."""
        import numpy as np

        said = self._of_spoken(spoken)
        own, around = _split(spoken)
        rows = [self._row(spoken, said, own, around, w) for w in wanted]
        table = np.array(rows, dtype=np.float32).reshape(len(wanted), len(FEATURES))
        for lead, of in (
            ("own_lead", "own_best"),
            ("around_lead", "around_best"),
            ("words_lead", "around_words"),
        ):
            table[:, FEATURES.index(lead)] = _leads(table[:, FEATURES.index(of)])
        return table

    def _of_wanted(self, w: Wanted) -> Words:
        weigh = self._rarity.weights
        whole = weigh(" ".join((*w.texts, w.addressee, w.matter)))
        return Words(weigh(w.texts[0]), whole, weigh(w.item_title), figures(w.texts))

    def _of_spoken(self, s: Spoken) -> Words:
        weigh = self._rarity.weights
        own = s.texts[s.claim.about.index(s.claim.sentence_id)]
        return Words(weigh(own), weigh(" ".join(s.texts)), weigh(s.item_title), figures([own]))

    def _row(
        self, spoken: Spoken, said: Words, own: Floats, around: Floats, wanted: Wanted
    ) -> list[float]:
        asked = self._wanted[wanted.finding_id]
        near = wanted.vectors @ own
        context = around @ wanted.vectors.T
        apart = spoken.claim.start_s - wanted.settled_s
        same = spoken.meeting_id == wanted.meeting_id
        return [
            float(near.max()),
            float(near[0]),
            float(context.max()) if context.size else 0.0,
            float(context[:, 0].max()) if context.size else 0.0,
            shared(said.own, asked.around),
            covered(said.own, asked.around),
            shared(said.around, asked.around),
            covered(said.around, asked.around),
            covered(asked.own, said.around),
            shared(said.around, asked.title),
            float(bool(said.title) and said.title == asked.title),
            float(len(said.numbers & asked.numbers)),
            float(bool(ASKED_FOR.search(" ".join(spoken.texts)))),
            *(0.0, 0.0, 0.0),
            spoken.claim.score or 0.0,
            float(same),
            float(same and abs(apart) <= SOON_S),
            float(wanted.outcome == "agreed"),
            float(bool(LOOKS_BACK.search(spoken.item_title))),
            float(spoken.claim.status == "awaiting"),
            min(len(spoken.claim.quote.split()), LONG) / LONG,
            float("?" in spoken.claim.quote),
        ]


def claimed(spoken: Sequence[Spoken]) -> float:
    """How sure the claims of one item are on average, 0 to 1; few claims count for less."""
    return sum(s.claim.score or 0.0 for s in spoken) / (len(spoken) + FEW)


def _split(spoken: Spoken) -> tuple[Floats, Floats]:
    """The vector of the claim's own sentence, and those of all that tell what it is about."""
    at = spoken.claim.about.index(spoken.claim.sentence_id)
    return spoken.vectors[at], spoken.vectors


def _leads(values: Floats) -> Floats:
    """How far each value is above the best of the others; all of it where there is no other."""
    import numpy as np

    if len(values) < 2:
        return values
    order = np.argsort(values)
    best, second = order[-1], order[-2]
    leads: Floats = values - values[best]
    leads[best] = values[best] - values[second]
    return leads
