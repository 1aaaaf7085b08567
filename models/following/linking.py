"""Which earlier recommendation a claim is about.

A reference that was said decides, and so does a minute number where it can mean but one
(``models/following/keyed.py``). Without one, likeness proposes: figures of
meaning, rare words, place and time are weighed, and all claims of a meeting together
(``models/following/chain.py``; fitted by ``models/training/fit_chain.py``). A person confirms.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from models.following.chain import NEVER, Gap, chances
from models.following.council import Council
from models.following.keyed import Keyed, keyed
from models.following.likeness import FEATURES, LOOKS_BACK, Likeness, claimed
from models.following.published import answers
from models.following.threads import threads
from transcripts.claim import CERTAIN, PROPOSED, Claim, Link
from transcripts.linked import Published, Spoken, Thread, Wanted, Worry

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
STAYS_S = 45.0  # between two claims of one matter
REVIEWS = 0.35  # how sure the claims of an item are from which on it is taken to look back
MOST = 40  # recommendations that one meeting is asked about; an archive may hold thousands
SURELY = 50.0  # log odds of what was named
RULES = "6"  # raised where the same weights link otherwise than before
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
        self._steps: dict[str, float] = kept["steps"]

    def link(
        self, wanted: Sequence[Wanted], spoken: Sequence[Spoken], only: Container[str] | None = None
    ) -> list[Link]:
        """One link a claim at most where likeness proposes; one a key where keys decide."""
        councils: dict[str, list[Wanted]] = defaultdict(list)
        for w in wanted:
            councils[w.council].append(w)
        said = {c: [s for s in spoken if s.council == c] for c in councils}
        laid = {c: Council(ws, said[c]) for c, ws in councils.items()}
        meetings: dict[tuple[str, str], list[Spoken]] = defaultdict(list)
        for s in spoken:
            if s.council in councils and (only is None or s.meeting_id in only):
                meetings[s.council, s.meeting_id].append(s)
        return [
            link for (council, _), own in meetings.items()
            for link in self._meeting(own, laid[council])
        ]  # fmt: skip

    def answers(self, wanted: Sequence[Wanted], published: Sequence[Published]) -> list[Link]:
        """Certain where a reference or minute number is named, else proposed."""
        return answers(wanted, published)

    def threads(self, worries: Sequence[Worry]) -> list[Thread]:
        """Threads of two or more concerns of one committee, in order of their first."""
        return threads(worries)

    def _meeting(self, said: Sequence[Spoken], council: Council) -> Iterator[Link]:
        """The links of one meeting's claims, in the order in which they were said."""
        spoken = sorted(said, key=lambda s: s.claim.start_s)
        told = Told(spoken, council, self.likely)
        named = [keyed(s, council, told.until) for s in spoken]
        odds = told.odds([each.surely for each in named]) if told.wanted else None
        chance = None if odds is None else chances(odds, gaps(spoken), self._steps)
        for t, s in enumerate(spoken):
            sure = None if chance is None else chance[t]
            if named[t].surely:
                yield from _by_key(s, named[t])
                continue
            perhaps = list(_by_number(s, named[t], told, sure))
            yield from perhaps
            if sure is not None:
                taken = {link.finding_id for link in perhaps}
                yield from self._likeliest(s, told, t, sure, taken)

    def _likeliest(
        self, s: Spoken, told: Told, at: int, sure: Floats, taken: Container[str]
    ) -> Iterator[Link]:
        """What a claim is likeliest about, where that is likely and not proposed already."""
        best = int(sure.argmax())
        found = told.wanted[best].finding_id
        if sure[best] >= self._threshold and found not in taken:
            reasons = self._reasons(told.tables[at][best])
            yield Link(s.claim.id, found, round(float(sure[best]), 4), PROPOSED, reasons)

    def likely(self, table: Floats) -> Floats:
        """The log odds of each row of ``Likeness.table``."""
        import numpy as np

        weights = np.array([self._weights[f] for f in FEATURES], dtype=np.float32)
        made: Floats = table @ weights + self._bias
        return made

    def _reasons(self, row: Floats) -> tuple[str, ...]:
        """What spoke most for it, in words."""
        told = {f: float(v) * self._weights[f] for f, v in zip(FEATURES, row, strict=True)}
        strongest = sorted((f for f in told if f in WORDS), key=lambda f: -told[f])
        kept = [WORDS[f] for f in strongest[:MOST_REASONS] if told[f] > 0]
        return tuple(kept) or ("is the likest of all",)


def _by_key(said: Spoken, named: Keyed) -> Iterator[Link]:
    for w, key in named.surely:
        yield Link(said.claim.id, w.finding_id, 1.0, CERTAIN, (f"{key} is said",))


def _by_number(said: Spoken, named: Keyed, told: Told, sure: Floats | None) -> Iterator[Link]:
    """Proposals by a minute number; how likely each is, is told by likeness as of any other."""
    at = {w.finding_id: n for n, w in enumerate(told.wanted)}
    for w, key in named.perhaps:
        n = at.get(w.finding_id)
        likely = 0.0 if sure is None or n is None else round(float(sure[n]), 4)
        why = (f"{key} is said, which may mean another",)
        yield Link(said.claim.id, w.finding_id, likely, PROPOSED, why)


class Told:
    """The claims of a meeting beside the recommendations that they are likeliest about.

    ``wanted`` are those in the order in which they were made; ``tables`` has one of
    ``Likeness.table`` a claim. ``until`` is how many the council had made by then.
    """

    def __init__(
        self,
        spoken: Sequence[Spoken],
        council: Council,
        likely: Callable[[Floats], Floats],
        heard: date | None = None,
    ) -> None:
        """``heard`` is by when rare words are told, their own day unless another is given."""
        import numpy as np

        likeness = Likeness(council, spoken[0].day, heard)
        self.until = likeness.until
        may = np.stack([candidates(s, council) for s in spoken])
        rows = np.flatnonzero(may.any(axis=0))
        tables = [likeness.table(s, rows) for s in spoken] if len(rows) else []
        odds = np.stack([likely(t) for t in tables]) if tables else np.zeros((len(spoken), 0))
        kept = np.sort(odds.max(axis=0).argsort()[::-1][:MOST]) if tables else rows
        self.wanted = [council.wanted[n] for n in rows[kept]]
        self.tables = [table[kept] for table in tables]
        self.may: NDArray[np.bool_] = may[:, rows[kept]]
        self._odds: Floats = odds[:, kept].astype(np.float32)

    def odds(self, named: Sequence[Sequence[tuple[Wanted, str]]]) -> Floats:
        """Log odds, (claims, wanted): what was named is sure, what cannot be meant is not."""
        import numpy as np

        odds = np.where(self.may, self._odds, NEVER).astype(np.float32)
        for t, pairs in enumerate(named):
            found = {w.finding_id for w, _ in pairs}
            if found:
                odds[t] = [SURELY if w.finding_id in found else NEVER for w in self.wanted]
        return odds


def gaps(spoken: Sequence[Spoken]) -> list[Gap]:
    """What lies before each claim but the first; they are in the order in which they were said."""
    review = reviewing(spoken)
    return [_gap(a.claim, b.claim, b.claim.item in review) for a, b in itertools.pairwise(spoken)]


def _gap(last: Claim, claim: Claim, review: bool) -> Gap:
    same_turn = last.utterance_id == claim.utterance_id
    return Gap(same_turn, last.item == claim.item, claim.start_s - last.end_s > STAYS_S, review)


def reviewing(spoken: Sequence[Spoken]) -> frozenset[str]:
    """The items of one meeting that go through earlier matters, by their titles or their talk.

    Titles tell it for some committees only; where much of what is said claims something, an item
    is about what became of things, whatever it is called.
    """
    items: dict[str, list[Spoken]] = defaultdict(list)
    for s in spoken:
        items[s.claim.item].append(s)
    return frozenset(
        item
        for item, said in items.items()
        if any(LOOKS_BACK.search(s.item_title) for s in said) or claimed(said) >= REVIEWS
    )


def candidates(spoken: Spoken, council: Council) -> NDArray[np.bool_]:
    """Which recommendations made by its day a claim can be about: earlier ones, not let go.

    In the meeting that made it only an answer given at once is one.
    """
    import numpy as np

    until = council.until(spoken.day)
    may: NDArray[np.bool_] = np.arange(until) < council.before(spoken.day)
    if spoken.claim.status in AT_ONCE:
        for n in np.flatnonzero(council.meetings[:until] == spoken.meeting_id):
            may[n] = spoken.claim.sentence_id not in council.wanted[n].sentence_ids
    may &= council.open[:until]
    return may


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
