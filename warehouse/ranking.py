"""Which utterances may answer a question: a first order, made for a whole archive at once.

An utterance is judged by the exchange it ends (BM25 over it with the last three sentences before
it), by what goes on around it (two utterances either side), by nearness in meaning, by whether the
person asked about speaks, and by its neighbours and the rest of its meeting. The weights were
measured on questions about real committee meetings. What this order finds, ``signals`` looks at
more closely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.frame import Floats, Frame, Ints
from warehouse.postings import Spots, bm25

EXCHANGE, AROUND, MEANING = 0.40, 0.35, 0.15
NEIGHBOURS = (0.3, 0.2, 0.1)  # what an utterance gives to those one, two and three away
MEETING_SHARE, MEETING_BEST = 0.5, 5  # half the mean of a meeting's five best goes to all of it
SPEAKS, NEXT_TO, ABSENT = 1.8, 1.48, 0.5  # the person asked about: speaks, is next, is not there
SEEDS = 2_000  # utterances whose surroundings are looked at
LEAST = 1e-6  # of a length, so that places without an utterance divide by something
CANDIDATES = 400  # that are looked at closely
FIRST, MOST_CLOSE, STRETCH, LOOKED_THROUGH = 5, 4, 10, 60  # see ``varied``


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that is looked for, as it was found."""

    label: str
    spots: Spots
    weight: float  # idf


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a question when utterances are ordered; arrays are by place.

    ``near`` are the places of sentences near in meaning with their cosines; ``speaks`` those where
    a person speaks whom the question names.
    """

    frame: Frame
    sought: Sequence[Sought]
    near: tuple[Ints, Floats]
    speaks: Ints | None = None


@dataclass(frozen=True, slots=True)
class First:
    """Places in order of number, with what the first order makes of them."""

    places: Ints
    own: Floats  # before neighbours and meeting have their say
    score: Floats


def first_order(asked: Around, allowed: NDArray[np.bool_] | None = None) -> First:
    """The places worth a closer look; where ``allowed`` is given, found from places that it marks.

    ``allowed`` has an entry a place.
    """
    frame = asked.frame
    exchange = _exchanges(asked)
    seeds, nearness = exchange, None
    if len(asked.near[0]):  # else there is nothing to add, and an archive's length of noughts
        nearness = by_place(frame.size, *asked.near)
        seeds = EXCHANGE * scaled(exchange) + MEANING * _above_least(nearness)
    if asked.speaks is not None or allowed is not None:
        seeds = seeds.copy()
    if asked.speaks is not None:
        seeds[asked.speaks] *= SPEAKS
    if allowed is not None:
        seeds[~allowed] = 0.0
    active = _with_neighbours(frame, best(seeds, SEEDS))
    own = EXCHANGE * scaled(exchange[active]) + AROUND * scaled(around(asked, active, 2))
    if nearness is not None:
        own += MEANING * _above_least(nearness[active])
    if asked.speaks is not None:
        own *= favour(frame, active, asked.speaks)
    return First(active, own, spread(frame, active, own))


def _exchanges(asked: Around) -> Floats:
    """BM25 of every place as an exchange."""
    frame = asked.frame
    total, counted = np.zeros(frame.size), np.zeros(frame.size, np.float32)
    for s in asked.sought:
        counted[s.spots.places] = s.spots.tf
        inside = s.spots.after < frame.size
        counted[s.spots.after[inside]] += s.spots.after_tf[inside]
        for touched in (s.spots.places, s.spots.after[inside]):
            # what is counted at the first pass is nothing at the second
            tf, length = counted[touched], frame.tokens_exchange[touched] / frame.mean_exchange
            total[touched] += bm25(tf, np.maximum(length, LEAST), s.weight)
            counted[touched] = 0.0
    total[frame.tokens == 0] = 0.0
    return total


def around(asked: Around, places: Ints, reach: int) -> Floats:
    """BM25 of the utterances within ``reach`` of each place, taken together."""
    frame = asked.frame
    low, high = frame.window(places, reach)
    length = frame.words_within(low, high) / (frame.mean_utterance * (2 * reach + 1))
    total = np.zeros(len(places))
    for s in asked.sought:
        total += bm25(s.spots.within(low, high), length, s.weight)
    return total


def by_place(size: int, places: Ints, values: Floats) -> Floats:
    """The largest value of each place, zero where there is none."""
    out = np.zeros(size)
    np.maximum.at(out, places, values)
    return out


def _above_least(values: Floats) -> Floats:
    """How far each is above the least of those there are, the best at 1."""
    held = values > 0
    least = float(values[held].min()) if held.any() else 0.0
    return scaled(np.where(held, values - least, 0.0))


def scaled(values: Floats) -> Floats:
    """With the best at 1; all zero where nothing is above zero."""
    most = float(values.max(initial=0.0))
    return values / most if most > 0 else values


def best(scores: Floats, count: int) -> Ints:
    """The positions of the ``count`` best that are above zero, by position."""
    held = np.flatnonzero(scores > 0)
    if len(held) > count:
        held = held[np.argpartition(-scores[held], count - 1)[:count]]
    return np.sort(held)


def _with_neighbours(frame: Frame, places: Ints) -> Ints:
    steps = np.arange(-len(NEIGHBOURS), len(NEIGHBOURS) + 1)
    found = np.add.outer(places, steps).ravel()
    marked = np.zeros(frame.size, np.bool_)
    marked[found[(found >= 0) & (found < frame.size)]] = True
    kept: Ints = np.flatnonzero(marked & (frame.tokens > 0))
    return kept


def favour(frame: Frame, places: Ints, speaks: Ints) -> Floats:
    """What to multiply by for the person asked about, who speaks at the places ``speaks``."""
    factor = np.where(there(frame, places, speaks), 1.0, ABSENT)
    factor[among(places - 1, speaks) | among(places + 1, speaks)] = NEXT_TO
    factor[among(places, speaks)] = SPEAKS
    return factor


def there(frame: Frame, places: Ints, speaks: Ints) -> NDArray[np.bool_]:
    """Whether the person speaks anywhere in the transcript of each place."""
    held = np.unique(frame.transcript(speaks))
    return among(frame.transcript(places), held)


def among(values: Ints, held: Ints) -> NDArray[np.bool_]:
    """Whether each value is one of those held, which are in order."""
    if not len(held):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(held, values), len(held) - 1)
    found: NDArray[np.bool_] = held[at] == values
    return found


def spread(frame: Frame, places: Ints, scores: Floats) -> Floats:
    """Gives every place a share of its neighbours and of the best of its meeting."""
    out = scores.copy()
    for distance, share in enumerate(NEIGHBOURS, start=1):
        for step in (-distance, distance):
            out += share * at(places, scores, places + step)
    return out + MEETING_SHARE * best_of_meeting(frame, places, out)


def at(places: Ints, scores: Floats, wanted: Ints) -> Floats:
    """The scores of the places wanted, zero where they have none."""
    if not len(places):
        return np.zeros(len(wanted))
    found = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
    return np.where(places[found] == wanted, scores[found], 0.0)


def best_of_meeting(frame: Frame, places: Ints, scores: Floats) -> Floats:
    """The mean of the five best of each place's meeting, missing ones counted as nothing."""
    which = frame.transcript(places)
    order = np.lexsort((-scores, which))
    ranked = which[order]
    new = np.flatnonzero(np.diff(ranked, prepend=-1))
    rank = np.arange(len(ranked)) - np.repeat(new, np.diff(np.append(new, len(ranked))))
    first = order[rank < MEETING_BEST]
    total = np.bincount(which[first], weights=scores[first], minlength=len(frame.starts))
    share: Floats = total[which] / MEETING_BEST
    return share


def varied(places: Ints) -> Ints:
    """Another order of places that stand best first, so that the first are not all of one stretch.

    A question that is misunderstood is mostly so for a whole stretch of a meeting: of the first
    five at most four come from one. Gives positions.
    """
    first: list[int] = []
    for n, place in enumerate(places[:LOOKED_THROUGH].tolist()):
        close = sum(abs(place - int(places[m])) <= STRETCH for m in first)
        if close < MOST_CLOSE:
            first.append(n)
        if len(first) == FIRST:
            break
    rest = np.ones(len(places), np.bool_)
    rest[first] = False
    return np.concatenate([np.array(first, np.int64), np.flatnonzero(rest)])
