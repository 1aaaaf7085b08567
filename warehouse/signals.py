"""What is known of each candidate when a question is answered: the numbers that the ranker weighs.

Every signal is either a share in [0, 1] of the best candidate's, so that questions of few and of
many words compare, or a plain number of the place. The names say what a person may be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from warehouse import ranking
from warehouse.frame import Floats, Frame, Ints
from warehouse.postings import Said, bm25
from warehouse.ranking import Around, First, among, at, scaled

REACHES = (1, 2, 5, 10, 20)  # utterances either side
BEYOND = 0.3  # cosine from which nearness counts when it is summed up
RANK_HALVES = 10  # places down the first order at which its worth is a half
STANDING_HALVES = 5  # the same of one signal alone
STANDINGS = (
    "first order",
    "bm25 of its exchange",
    "bm25 within 2",
    "meaning nearby",
    "exchange and neighbours",
    "bm25 of its best sentence",
    "meaning",
    "itself in the first order",
    "pairs and neighbours",
)

Counts = Mapping[str, Sequence[Floats]]  # by stretch: of each thing asked for, by place


@dataclass(frozen=True, slots=True)
class Closer:
    """What else is known of the candidates.

    ``sentences`` are the sentences with words asked for, with their places and BM25; ``pairs`` the
    words that stand side by side in the question, as said, with the weight of the pair.
    """

    asked: Around
    first: First
    sentences: tuple[Ints, Floats]
    pairs: Sequence[tuple[Said, Said, float]]


def signals(closer: Closer, candidates: Ints) -> Mapping[str, Floats]:
    """Every signal of the candidates, by name; ``candidates`` are places in order."""
    frame, first = closer.asked.frame, closer.first
    counts = _counts(closer.asked, candidates)
    out = _words(closer.asked, candidates, counts)
    out["bm25 of its best sentence"] = _of(frame, *closer.sentences, candidates)
    pairs = _pairs(closer, candidates)
    out["words side by side"] = pairs
    out["words side by side nearby"] = _near_by(candidates, pairs, 2)
    out |= _meaning(closer.asked, candidates)
    out["first order"] = at(first.places, first.score, candidates)
    out["itself in the first order"] = at(first.places, first.own, candidates)
    out = {name: scaled(values) for name, values in out.items()}
    out["rank in the first order"] = _standing(out["first order"], RANK_HALVES)
    best = np.zeros(len(frame.starts))
    np.maximum.at(best, frame.transcript(first.places), first.own)
    out["best of its meeting"] = scaled(best)[frame.transcript(candidates)]
    out |= _shares(closer.asked, candidates, counts)
    out |= _spread(frame, candidates, out)
    out |= _people(closer.asked, candidates)
    out |= {f"standing by {n}": _standing(out[n], STANDING_HALVES) for n in STANDINGS}
    return out | _place(frame, candidates, len(closer.asked.sought))


def _standing(values: Floats, halves: int) -> Floats:
    """1 for the largest, a half for what stands so many places below it, 0 for what has nothing."""
    order = np.argsort(np.argsort(-values, kind="stable"), kind="stable")
    return np.where(values > 0, 1 / (1 + order / halves), 0.0)


def _counts(asked: Around, places: Ints) -> Counts:
    """How often each thing asked for is said in each stretch about the places."""
    frame, sought = asked.frame, asked.sought
    stretches = {"itself": (places, places), "its meeting": _meeting(frame, places)}
    stretches |= {_within(reach): frame.window(places, reach) for reach in REACHES}
    out = {name: [s.spots.within(*ends) for s in sought] for name, ends in stretches.items()}
    return out | {"its exchange": [s.spots.in_exchange(places) for s in sought]}


def _within(reach: int) -> str:
    return f"within {reach}"


def _words(asked: Around, places: Ints, counts: Counts) -> dict[str, Floats]:
    frame = asked.frame
    exchange = np.maximum(frame.tokens_exchange[places] / frame.mean_exchange, ranking.LEAST)
    lengths = {
        "of itself": frame.words_within(places, places) / frame.mean_utterance,
        "of its exchange": exchange,
    }
    for reach in REACHES:
        mean = frame.mean_utterance * (2 * reach + 1)
        lengths[_within(reach)] = frame.words_within(*frame.window(places, reach)) / mean
    out = {}
    for name, length in lengths.items():
        total = np.zeros(len(places))
        for s, tf in zip(asked.sought, counts[name.removeprefix("of ")], strict=True):
            total += bm25(tf, length, s.weight)
        out[f"bm25 {name}"] = total
    return out


def _shares(asked: Around, places: Ints, counts: Counts) -> dict[str, Floats]:
    """What share of the weight of the words asked for is there at all."""
    total = sum(s.weight for s in asked.sought) or 1.0
    names = {f"in {n}": n for n in ("itself", "its meeting", "its exchange")}
    names |= {_within(reach): _within(reach) for reach in REACHES[:4]}
    out = {}
    for told, name in names.items():
        share = np.zeros(len(places))
        for s, tf in zip(asked.sought, counts[name], strict=True):
            share += s.weight / total * (tf > 0)
        out[f"words {told}"] = share
    return out


def _meeting(frame: Frame, places: Ints) -> tuple[Ints, Ints]:
    which = frame.transcript(places)
    return frame.starts[which], frame.ends[which]


def _of(frame: Frame, places: Ints, values: Floats, candidates: Ints) -> Floats:
    """The largest value of each candidate."""
    out = np.zeros(len(candidates))
    held = among(places, candidates)
    np.maximum.at(out, np.searchsorted(candidates, places[held]), values[held])
    return out


def _near_by(places: Ints, values: Floats, reach: int) -> Floats:
    out = values.copy()
    for step in (s for s in range(-reach, reach + 1) if s):
        out = np.maximum(out, at(places, values, places + step))
    return out


def _pairs(closer: Closer, candidates: Ints) -> Floats:
    """The weight of the pairs of the question that stand in one sentence of each candidate."""
    out = np.zeros(len(candidates))
    for one, other, weight in closer.pairs:
        held = among(one.sid, other.sid) & among(one.place, candidates)
        found = np.unique(np.searchsorted(candidates, one.place[held]))
        out[found] += weight
    return out


def _meaning(asked: Around, places: Ints) -> dict[str, Floats]:
    near, cosines = asked.near
    order = np.argsort(near, kind="stable")
    near, cosines = near[order], cosines[order]
    held, nearest = _largest(near, cosines)
    own = at(held, nearest, places)
    nearby = own.copy()
    for step in (-2, -1, 1, 2):
        nearby = np.maximum(nearby, at(held, nearest, places + step))
    low, high = asked.frame.window(places, 5)
    beyond = np.concatenate([[0.0], np.cumsum(np.maximum(nearest - BEYOND, 0.0))])
    summed = beyond[np.searchsorted(held, high, side="right")] - beyond[np.searchsorted(held, low)]
    meeting = np.zeros(len(asked.frame.starts))
    np.maximum.at(meeting, asked.frame.transcript(held), nearest)
    return {
        "meaning": own,
        "meaning nearby": nearby,
        "meaning within 5": summed,
        "meaning of its meeting": meeting[asked.frame.transcript(places)],
    }


def _largest(places: Ints, values: Floats) -> tuple[Ints, Floats]:
    if not len(places):
        return places, values
    new = np.flatnonzero(np.diff(places, prepend=-1))
    return places[new], np.maximum.reduceat(values, new)


def _spread(frame: Frame, places: Ints, out: Mapping[str, Floats]) -> dict[str, Floats]:
    spread = {
        "exchange and neighbours": out["bm25 of its exchange"],
        "itself and neighbours": out["bm25 of itself"],
        "pairs and neighbours": out["words side by side"],
        "meaning and neighbours": scaled(np.maximum(out["meaning"] - BEYOND, 0.0)),
    }
    return {n: scaled(ranking.spread(frame, places, v)) for n, v in spread.items()}


def _people(asked: Around, places: Ints) -> dict[str, Floats]:
    names = ("person speaks", "person speaks next", "person speaks within 3", "person is absent")
    if asked.speaks is None:
        return {name: np.zeros(len(places)) for name in names}
    speaks, frame = asked.speaks, asked.frame
    own = among(places, speaks)
    beside = among(places - 1, speaks) | among(places + 1, speaks)
    low, high = frame.window(places, 3)
    close = np.searchsorted(speaks, high, side="right") > np.searchsorted(speaks, low)
    absent = ~ranking.there(frame, places, speaks)
    return {n: v.astype(float) for n, v in zip(names, (own, beside, close, absent), strict=True)}


def _place(frame: Frame, places: Ints, sought: int) -> dict[str, Floats]:
    low, high = _meeting(frame, places)
    return {
        "length": np.log(np.maximum(frame.tokens[places], 1.0)).astype(np.float64),
        "how far into the meeting": (places - low) / np.maximum(high - low, 1),
        "words asked for": np.full(len(places), float(sought)),
    }


def matrix(found: Mapping[str, Floats], names: Sequence[str]) -> NDArray[np.float32]:
    """The signals as columns in the order of ``names``; shape (candidates, names)."""
    return np.stack([found[name] for name in names], axis=1).astype(np.float32)


def side_by_side(words: Sequence[tuple[Said, float]]) -> list[tuple[Said, Said, float]]:
    """Each word with the next, weighing as much as the two do."""
    return [(a, b, wa + wb) for (a, wa), (b, wb) in pairwise(words) if len(a) and len(b)]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates in order of place, with their log-odds and signals."""

    places: Ints
    odds: Floats
    seen: NDArray[np.float32]
    names: tuple[str, ...]
