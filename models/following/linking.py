"""Which earlier recommendation a claim is about.

A reference or a minute number that was said decides. Without one, likeness proposes: figures of
meaning, rare words, place and time are weighed by logistic regression
(``models/training/train_linking.py``), and a person confirms.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from models.following.likeness import FEATURES, Likeness
from models.following.threads import threads
from transcripts.claim import CERTAIN, PROPOSED, Claim, Link
from transcripts.linked import Spoken, Thread, Wanted, Worry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WORDS = {
    "own_best": "means nearly the same as what was said for it",
    "own_wording": "means nearly the same as its wording",
    "around_best": "stands beside words that mean nearly the same",
    "around_wording": "stands beside words near its wording",
    "own_words": "shares rare words with it",
    "own_covered": "most of its rare words are those of the recommendation",
    "around_words": "stands beside rare words of it",
    "around_covered": "stands among its words",
    "wording_covered": "the rare words of its wording are said there",
    "title_words": "names the item it was made under",
    "titles": "is said under an item of the same title",
    "figures": "names the same number or span of time",
    "asked_for": "speaks of what was asked for",
    "own_lead": "is nearer to it than to any other",
    "around_lead": "stands nearer to it than to any other",
    "words_lead": "shares more words with it than with any other",
    "just_before": "answers it at once",
}
CARRIED = 0.5  # of the chance that the claim before was about a recommendation
STAYS_S = 45.0  # between two claims of one matter
RULES = "1"  # raised where the same weights link otherwise than before
MOST_REASONS = 3
AT_ONCE = frozenset(
    ("accepted", "accepted_in_part", "accepted_in_principle", "rejected", "deferred")
)


class LikenessLinker:
    """Ties claims to recommendations, and concerns to threads.

    ``version`` changes with the weights, so that an archive knows when to ask again.
    """

    def __init__(self) -> None:
        self.version = _version()
        kept = _weights()
        self._threshold: float = kept["threshold"]
        self._bias: float = kept["bias"]
        self._weights: dict[str, float] = dict(zip(kept["features"], kept["weights"], strict=True))

    def link(self, wanted: Sequence[Wanted], spoken: Sequence[Spoken]) -> list[Link]:
        """One link a claim at most where likeness proposes; one a key where keys decide."""
        councils: dict[str, list[Wanted]] = defaultdict(list)
        for w in wanted:
            councils[w.council].append(w)
        likeness = {
            c: Likeness(ws, [s for s in spoken if s.council == c]) for c, ws in councils.items()
        }
        meetings: dict[tuple[str, str], list[Spoken]] = defaultdict(list)
        for s in spoken:
            if s.council in councils:
                meetings[s.council, s.meeting_id].append(s)
        return [
            link
            for (council, _), said in meetings.items()
            for link in self._meeting(said, councils[council], likeness[council])
        ]

    def threads(self, worries: Sequence[Worry]) -> list[Thread]:
        """Threads of two or more concerns of one committee, in order of their first."""
        return threads(worries)

    def _meeting(
        self, said: Sequence[Spoken], wanted: Sequence[Wanted], likeness: Likeness
    ) -> Iterator[Link]:
        """The links of one meeting's claims, in the order in which they were said.

        Talk stays with a matter for a while: what was just said of a recommendation makes it
        likelier that the next claim is about it too.
        """
        carried: dict[str, float] = {}
        last: Claim | None = None
        for spoken in sorted(said, key=lambda s: s.claim.start_s):
            claim = spoken.claim
            named = [(w, key) for w in wanted for key in w.keys if key in claim.keys]
            possible = candidates(spoken, wanted)
            if named:
                yield from (
                    Link(claim.id, w.finding_id, 1.0, CERTAIN, (f"{key} is said",))
                    for w, key in named
                )
                carried = {w.finding_id: 1.0 for w, _ in named}
            elif possible:
                kept = _faded(carried, last, claim)
                table = likeness.table(spoken, possible)
                own = self.chances(table)
                carried = {
                    w.finding_id: min(1.0, float(c) + CARRIED * kept.get(w.finding_id, 0.0))
                    for w, c in zip(possible, own, strict=True)
                }
                best = max(range(len(possible)), key=lambda j: carried[possible[j].finding_id])
                chance = carried[possible[best].finding_id]
                if chance >= self._threshold:
                    reasons = self._reasons(table[best])
                    found = possible[best].finding_id
                    yield Link(claim.id, found, round(chance, 4), PROPOSED, reasons)
            last = claim

    def chances(self, table: Floats) -> Floats:
        """The chance of each row of ``Likeness.table``."""
        import numpy as np

        weights = np.array([self._weights[f] for f in FEATURES], dtype=np.float32)
        made: Floats = 1 / (1 + np.exp(-(table @ weights + self._bias)))
        return made

    def _reasons(self, row: Floats) -> tuple[str, ...]:
        """What spoke most for it, in words."""
        told = {f: float(v) * self._weights[f] for f, v in zip(FEATURES, row, strict=True)}
        strongest = sorted((f for f in told if f in WORDS), key=lambda f: -told[f])
        kept = [WORDS[f] for f in strongest[:MOST_REASONS] if told[f] > 0]
        return tuple(kept) or ("is the likest of all",)


def _faded(carried: Mapping[str, float], last: Claim | None, claim: Claim) -> Mapping[str, float]:
    """What the claim before leaves for this one; nothing over an agenda item or a long time."""
    if last is None or last.item != claim.item or claim.start_s - last.end_s > STAYS_S:
        return {}
    return carried


def candidates(spoken: Spoken, wanted: Iterable[Wanted]) -> list[Wanted]:
    """The recommendations that a claim can be about: made before it, and not let go.

    In the meeting that made it only an answer given at once is one.
    """
    return [w for w in wanted if _earlier(spoken, w) and w.outcome in ("agreed", "")]


def _earlier(spoken: Spoken, wanted: Wanted) -> bool:
    if wanted.meeting_id == spoken.meeting_id:
        return (
            spoken.claim.status in AT_ONCE and spoken.claim.sentence_id not in wanted.sentence_ids
        )
    return wanted.day < spoken.day


@lru_cache(maxsize=1)
def _version() -> str:
    digest = hashlib.sha256(RULES.encode())
    for name in ("linking.json", "threads.json"):
        digest.update(files("models").joinpath("artefacts", name).read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def _weights() -> dict[str, Any]:
    text = files("models").joinpath("artefacts", "linking.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read
