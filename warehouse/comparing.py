"""One question to several archives, one a council: what each found, in one order.

A score says how a sentence stands among those of its own archive: the best of each has the same,
also where nothing there is about the question. What compares is how likely the archive's ranker
holds its best to be, how much of the question is said together there, and how near in meaning
anything comes. Measured on real committee meetings cut into archives (``benchmarks/together.py``):
of the nDCG@10 of one archive with all of them, two have .98 so and .95 with hits taken in turn,
four .93 and .75.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING

import numpy as np

from warehouse.answered import share_met
from warehouse.matching import Ranked

if TYPE_CHECKING:
    from warehouse.hits import Hit
    from warehouse.search import Searched, SearchResult

PER_SHARE, PER_COSINE = 10.0, 20.0  # log-odds; half or twice as much changes little
LEAST = 1e-9
FIRST = 5
Row = tuple[float, str, "Hit"]


@dataclass(frozen=True, slots=True)
class Together:
    """The hits of several archives as one answer; ``homes`` has the archive of each hit.

    ``searched`` of the answer is the sum, ``each`` what was searched in every archive.
    """

    answer: SearchResult
    homes: tuple[str, ...]
    each: Mapping[str, Searched]


def strength(ranked: Ranked) -> float:
    """What the best hit of an archive is worth beside those of other archives, in log-odds."""
    odds = ranked.why.odds if ranked.why is not None else np.empty(0)
    best = float(odds.max()) if len(odds) else 0.0
    near = float(ranked.meaning.scores.max(initial=0.0))
    return best + PER_SHARE * share_met(ranked) + PER_COSINE * near


def together(found: Mapping[str, SearchResult], k: int) -> Together:
    """The best ``k`` of what was found in each archive, by the archive's name.

    Never said is only what none of them says; what comes nearest is told where none has an answer.
    """
    results = list(found.values())
    rows = [
        (value, home, hit)
        for home, result in found.items()
        # an archive's own order stands: it puts different answers first, not the next best
        for value, hit in zip(accumulate(_worth(result), min), result.hits, strict=True)
    ]
    rows = _with_another(sorted(rows, key=lambda row: -row[0]))
    unsaid = [set(r.not_said) for r in results]
    answer = replace(
        results[0],
        hits=tuple(hit for _, _, hit in rows[:k]),
        searched=searched_in_all([r.searched for r in results]),
        not_said=tuple(w for w in results[0].not_said if all(w in u for u in unsaid)),
        nearest=() if rows else _nearest(results),
        readings=tuple(dict.fromkeys(reading for r in results for reading in r.readings)),
        strength=max(r.strength for r in results),
        hold_only=_hold_only([r for r in results if r.hits]),
    )
    homes = tuple(home for _, home, _ in rows[:k])
    return Together(answer, homes, {home: r.searched for home, r in found.items()})


def _worth(result: SearchResult) -> Iterator[float]:
    """What each hit of an archive is worth, in its order."""
    return (result.strength + log(max(hit.score, LEAST)) for hit in result.hits)


def _with_another(rows: Sequence[Row]) -> list[Row]:
    """With another archive's best among the first ``FIRST``, for the strongest may be wrong."""
    first, late = list(rows[:FIRST]), list(rows[FIRST:])
    if len({home for _, home, _ in first}) == 1:
        another = next((row for row in late if row[1] != first[0][1]), None)
        if another:
            late.remove(another)
            first, late = [*first[:-1], another], [first[-1], *late]
    return first + late


def _nearest(results: Sequence[SearchResult]) -> tuple[Hit, ...]:
    most = max(len(r.nearest) for r in results)
    every = [hit for r in results for hit in r.nearest]
    return tuple(sorted(every, key=lambda h: -(h.meaning or 0.0))[:most])


def _hold_only(answering: Sequence[SearchResult]) -> tuple[str, ...]:
    """What the hits of all archives hold of what was asked for, where none holds all of it."""
    if not all(r.hold_only for r in answering):
        return ()
    return tuple(dict.fromkeys(word for r in answering for word in r.hold_only))


def searched_in_all(each: Sequence[Searched]) -> Searched:
    """What was searched in all; the share transcribed is that of all hours it is known for."""
    told = [s for s in each if s.share_transcribed is not None]
    hours = sum(s.hours for s in told)
    heard = sum((s.share_transcribed or 0.0) * s.hours for s in told)
    return replace(
        each[0],
        meetings=sum(s.meetings for s in each),
        sentences=sum(s.sentences for s in each),
        hours=sum(s.hours for s in each),
        share_transcribed=heard / hours if hours else None,
        first=min((s.first for s in each if s.first), default=None),
        last=max((s.last for s in each if s.last), default=None),
    )
