"""The recommendations of one council as tables: thousands are weighed against a claim at once.

How much a word tells depends on how rare it is, and that on what was said by the day that is asked
about, not later: so what a meeting was linked to stays as it is when later meetings come.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from models.following.words import LEAST, figures, rarity, stems
from transcripts.linked import Spoken, Wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Weights = NDArray[np.float64]
    Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """Stems by number: of the sentence itself, of all around it, and of its item's title."""

    own: Numbers
    around: Numbers
    title: Numbers
    figures: frozenset[str]


class Council:
    """What was recommended, in the order in which it was made, and all that was said of any of it.

    ``own``, ``around`` and ``title`` tell which stems each recommendation holds, sparse, (wanted,
    stems). ``vectors`` are those of all their sentences; those of one begin at its ``starts``.
    """

    def __init__(self, wanted: Iterable[Wanted], spoken: Sequence[Spoken]) -> None:
        import numpy as np

        self.wanted = in_order(wanted)
        self._numbers: dict[str, int] = {}
        said: list[Wanted | Spoken] = [*self.wanted, *spoken]
        self._count(said)
        self._titles = {t: self._stems(t) for t in {s.item_title for s in spoken}}
        words = [self._of_wanted(w) for w in self.wanted]
        self.own, self.around, self.title = (
            self._table([getattr(w, part) for w in words]) for part in ("own", "around", "title")
        )
        self.figures = [w.figures for w in words]
        self.vectors: Floats = np.concatenate([w.vectors for w in self.wanted])
        lengths = [len(w.vectors) for w in self.wanted]
        self.starts: Numbers = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        self.settled = np.array([w.settled_s for w in self.wanted])
        self.meetings = np.array([w.meeting_id for w in self.wanted])
        self.agreed = np.array([w.outcome == "agreed" for w in self.wanted])
        self.open = np.array([w.outcome in ("agreed", "") for w in self.wanted])
        self._days = [w.day for w in self.wanted]
        self._met: dict[str, list[date]] = defaultdict(list)
        for committee, day in sorted({(s.committee, s.day) for s in said}):
            self._met[committee].append(day)
        self._keys: dict[str, list[int]] = defaultdict(list)
        for n, w in enumerate(self.wanted):
            for key in w.keys:
                self._keys[key].append(n)

    def until(self, day: date) -> int:
        """How many recommendations were made by the end of a day."""
        return bisect_right(self._days, day)

    def before(self, day: date) -> int:
        """How many were made on earlier days."""
        return bisect_left(self._days, day)

    def last_met(self, committee: str, day: date) -> date | None:
        """The last day before this one on which a committee said anything that is held."""
        met = self._met[committee]
        at = bisect_left(met, day)
        return met[at - 1] if at else None

    def named(self, keys: Sequence[str], until: int) -> list[tuple[Wanted, str]]:
        """Those of the first so many that have one of these keys, with it, in order."""
        found = {(n, key) for key in keys for n in self._keys.get(key, ()) if n < until}
        return [(self.wanted[n], key) for n, key in sorted(found)]

    def rarity(self, day: date) -> Weights:
        """What each stem weighs by what was said by the end of a day (Spärck Jones 1972)."""
        import numpy as np

        texts = bisect_right(self._said_days, day)
        heard = self._said[: self._ends[texts]]
        return rarity(np.bincount(heard, minlength=len(self._numbers)), texts)

    def words(self, said: Spoken) -> Words:
        """The stems of a claim that is one of those said of this council's recommendations."""
        own = said.texts[said.claim.about.index(said.claim.sentence_id)]
        around, title = self._stems(" ".join(said.texts)), self._titles[said.item_title]
        return Words(self._stems(own), around, title, figures([own]))

    def _of_wanted(self, w: Wanted) -> Words:
        around = self._stems(" ".join((*w.texts, w.addressee, w.matter)))
        return Words(self._stems(w.texts[0]), around, self._stems(w.item_title), figures(w.texts))

    def _count(self, said: Sequence[Wanted | Spoken]) -> None:
        """The stems of each text, those of the first day first."""
        import numpy as np

        texts = sorted((each.day, " ".join(each.texts)) for each in said)
        rows = [self._stems(text) for _, text in texts]
        self._said_days = [day for day, _ in texts]
        self._said: Numbers = np.concatenate(rows)
        self._ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])

    def _stems(self, text: str) -> Numbers:
        import numpy as np

        numbers = self._numbers
        kept = [w for w in sorted(stems(text)) if len(w) >= LEAST]
        return np.array([numbers.setdefault(w, len(numbers)) for w in kept], dtype=np.int64)

    def _table(self, rows: Sequence[Numbers]) -> Any:
        import numpy as np
        from scipy.sparse import csr_matrix

        ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
        columns = np.concatenate(rows)
        return csr_matrix(
            (np.ones(len(columns)), columns, ends), shape=(len(rows), len(self._numbers))
        )


def in_order(wanted: Iterable[Wanted]) -> list[Wanted]:
    """Recommendations in the order in which they were made."""
    return sorted(wanted, key=lambda w: (w.day, w.meeting_id, w.settled_s))
