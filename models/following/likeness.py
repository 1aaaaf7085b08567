"""How a claim and a recommendation may belong together, as figures that a linker weighs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from models.following.council import Council
from transcripts.linked import Spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Weights = NDArray[np.float64]
    Numbers = NDArray[np.int64]

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
LEADS = {"own_lead": "own_best", "around_lead": "around_best", "words_lead": "around_words"}
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


class Likeness:
    """Figures for every pair of a claim of one meeting and a recommendation made by its day."""

    def __init__(self, council: Council, day: date, heard: date | None = None) -> None:
        """``heard`` is by when rare words are told, the same day unless another is given."""
        self.council = council
        self.until = council.until(day)
        self._weights = council.rarity(heard or day)

    def table(self, spoken: Spoken, rows: Numbers) -> Floats:
        """A row of ``FEATURES`` for each of these recommendations, float32, (rows, FEATURES)."""
        import numpy as np

        columns = {f: np.broadcast_to(v, self.until)[rows] for f, v in self._told(spoken).items()}
        for lead, of in LEADS.items():
            columns[lead] = _leads(columns[of])
        return np.stack([columns[f] for f in FEATURES], axis=1).astype(np.float32)

    def _told(self, spoken: Spoken) -> dict[str, Any]:
        """What is told of each recommendation, or of all alike."""
        return {
            **self._meaning(spoken), **self._shared(spoken), **self._placed(spoken),
            "asked_for": float(bool(ASKED_FOR.search(" ".join(spoken.texts)))),
            "sure": spoken.claim.score or 0.0,
            "looks_back": float(bool(LOOKS_BACK.search(spoken.item_title))),
            "no_answer": float(spoken.claim.status == "awaiting"),
            "length": min(len(spoken.claim.quote.split()), LONG) / LONG,
            "question": float("?" in spoken.claim.quote),
        }  # fmt: skip

    def _meaning(self, spoken: Spoken) -> dict[str, Floats]:
        """How near in meaning the claim, and what stands around it, come to what was said."""
        import numpy as np

        starts = self.council.starts[: self.until]
        near = self.council.vectors[: self.council.starts[self.until]] @ spoken.vectors.T
        own = near[:, spoken.claim.about.index(spoken.claim.sentence_id)]
        best = near.max(axis=1)
        return {
            "own_best": np.maximum.reduceat(own, starts),
            "own_wording": own[starts],
            "around_best": np.maximum.reduceat(best, starts),
            "around_wording": best[starts],
        }

    def _shared(self, spoken: Spoken) -> dict[str, Any]:
        """Which rare words and figures both hold."""
        import numpy as np

        held, said, weights = self.council, self.council.words(spoken), self._weights
        own, around = _only(said.own, weights), _only(said.around, weights)
        whole, rare = weights[said.title], weights > 0
        asked_own, asked, title = (
            table[: self.until] for table in (held.own, held.around, held.title)
        )
        own_words, around_words = asked @ own, asked @ around
        both = title @ _only(said.title, rare)
        one_title = (both == (whole > 0).sum()) & (title @ rare == both) & (both > 0)
        return {
            "own_words": own_words,
            "own_covered": own_words / max(own.sum(), 1e-9),
            "around_words": around_words,
            "around_covered": around_words / max(around.sum(), 1e-9),
            "wording_covered": (asked_own @ around) / np.maximum(asked_own @ weights, 1e-9),
            "title_words": title @ around,
            "titles": one_title.astype(np.float64),
            "figures": [float(len(said.figures & own)) for own in held.figures[: self.until]],
        }

    def _placed(self, spoken: Spoken) -> dict[str, Any]:
        """Whether it was recommended in the same meeting, and just before."""
        import numpy as np

        held, until = self.council, self.until
        same = held.meetings[:until] == spoken.meeting_id
        soon = np.abs(spoken.claim.start_s - held.settled[:until]) <= SOON_S
        return {"same_meeting": same, "just_before": same & soon, "agreed": held.agreed[:until]}


def _only(stems: Numbers, weights: NDArray[Any]) -> Weights:
    """The weights of these stems, and 0 for every other."""
    import numpy as np

    made = np.zeros(len(weights))
    made[stems] = weights[stems]
    return made


def claimed(spoken: Sequence[Spoken]) -> float:
    """How sure the claims of one item are on average, 0 to 1; few claims count for less."""
    return sum(s.claim.score or 0.0 for s in spoken) / (len(spoken) + FEW)


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
