"""How well each utterance and sentence answers a question, in arrays over the whole archive.

A sentence is judged by itself and by its place: the exchange it answers (BM25 over the utterance
with the last three sentences before it), what goes on around it (with two utterances either side),
nearness in meaning, whether the person asked about speaks, how good its neighbours and the rest
of its meeting are. The weights were measured on questions about real committee meetings, where
this order found twice what plain BM25 over utterances did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np
from numpy.typing import NDArray

from warehouse import sql

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
K1, B = 1.2, 0.75
EXCHANGE, AROUND, MEANING = 0.40, 0.35, 0.15
NEIGHBOURS = (0.3, 0.2, 0.1)  # what an utterance gives to those one, two and three away
MEETING_SHARE, MEETING_BEST = 0.5, 5  # half the mean of a meeting's five best goes to all of it
SPEAKS, NEXT_TO, ABSENT = 1.8, 1.48, 0.5  # the person asked about: speaks, is next, is not there
PAD = 4  # empty places between transcripts, so that nothing spreads from one to another


@dataclass(frozen=True, slots=True)
class Frame:
    """Every utterance that is searched, in order, with empty places between transcripts."""

    uids: Ints
    places: Ints  # of each uid among the padded
    starts: Ints  # place at which each transcript begins
    tokens_exchange: Floats  # padded
    tokens_around: Floats  # padded
    sentences: int
    mean_tokens: float  # of a sentence

    @property
    def size(self) -> int:
        return len(self.tokens_exchange)

    def place(self, uids: NDArray[np.generic]) -> Ints:
        """Places of utterances."""
        return self.places[np.searchsorted(self.uids, uids)]


@dataclass(slots=True)
class Index:
    """What searching keeps in memory of one generation; read when first needed."""

    frames: dict[bool, Frame] = field(default_factory=dict)
    codes: dict[tuple[bool, int], Mapping[str, NDArray[np.generic]]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] | None = None  # of people heard, by their words
    searched: dict[object, object] = field(
        default_factory=dict
    )  # what unfiltered answers speak for

    def frame(self, con: duckdb.DuckDBPyConnection, *, all_versions: bool) -> Frame:
        """The utterances of the preferred transcripts, or of all."""
        if all_versions not in self.frames:
            self.frames[all_versions] = _read_frame(con, all_versions)
        return self.frames[all_versions]

    def signs(
        self, con: duckdb.DuckDBPyConnection, *, all_versions: bool, width: int
    ) -> Mapping[str, NDArray[np.generic]]:
        """sid, uid and sign codes (n, width) of every sentence with a vector of that width."""
        key = (all_versions, width)
        if key not in self.codes:
            found = dict(sql.arrays(con, "codes", all_versions=all_versions, width=width))
            joined = b"".join(found["code"])
            found["code"] = np.frombuffer(joined, dtype=np.uint8).reshape(-1, width)
            self.codes[key] = found
        return self.codes[key]


def _read_frame(con: duckdb.DuckDBPyConnection, all_versions: bool) -> Frame:
    found = sql.arrays(con, "frame", all_versions=all_versions)
    count, total = sql.one(con, "sentence_totals", all_versions=all_versions)
    uids, tids = found["uid"].astype(np.int64), found["tid"].astype(np.int64)
    new = np.flatnonzero(np.diff(tids, prepend=-1))
    transcript = np.cumsum(np.isin(np.arange(len(tids)), new)) - 1 if len(tids) else tids
    places = np.arange(len(uids)) + PAD * transcript
    size = len(uids) + PAD * len(new)
    return Frame(
        uids,
        places,
        places[new],
        _padded(found["tokens_exchange"], places, size),
        _padded(found["tokens_around"], places, size),
        int(str(count)),
        max(1.0, int(str(total)) / max(1, int(str(count)))),
    )


def _padded(values: NDArray[np.generic], places: Ints, size: int) -> Floats:
    out = np.ones(size)
    out[places] = np.maximum(values.astype(np.float64), 1.0)
    return out


@dataclass(frozen=True, slots=True)
class Said:
    """Where one word was said: a row a sentence."""

    sid: Ints
    place: Ints  # of the utterance
    tf: Floats
    first: Ints  # where in the sentence, 255 for that or later
    tokens: Floats
    tail: NDArray[np.bool_]


def said(con: duckdb.DuckDBPyConnection, frame: Frame, term: int, *, all_versions: bool) -> Said:
    """The sentences that hold a word."""
    found = sql.arrays(con, "postings", term=term, all_versions=all_versions)
    return Said(
        found["sid"].astype(np.int64),
        frame.place(found["uid"]) if len(found["uid"]) else np.empty(0, dtype=np.int64),
        found["tf"].astype(np.float64),
        found["place"].astype(np.int64),
        found["tokens"].astype(np.float64),
        found["tail"].astype(np.bool_),
    )


def sentence_scores(frame: Frame, words: Sequence[Said]) -> tuple[Ints, Floats, Ints]:
    """sid, BM25 and place of every sentence that holds any of the words, by sid."""
    if not words:
        return np.empty(0, dtype=np.int64), np.empty(0), np.empty(0, dtype=np.int64)
    parts = [_bm25(w.tf, w.tokens / frame.mean_tokens, len(w.sid), frame.sentences) for w in words]
    sids, first, where = np.unique(
        np.concatenate([w.sid for w in words]), return_index=True, return_inverse=True
    )
    scores: Floats = np.bincount(where, weights=np.concatenate(parts)).astype(np.float64)
    places: Ints = np.concatenate([w.place for w in words])[first]
    return sids.astype(np.int64), scores, places


def context_scores(frame: Frame, words: Sequence[Said]) -> tuple[Floats, Floats]:
    """BM25 of every padded place as an exchange, and as the middle of what goes on around it."""
    exchange, around = np.zeros(frame.size), np.zeros(frame.size)
    if not len(frame.uids):
        return exchange, around
    x_length = frame.tokens_exchange / float(frame.tokens_exchange[frame.places].mean())
    a_length = frame.tokens_around / float(frame.tokens_around[frame.places].mean())
    for word in words:
        own = _counted(frame, word.place, word.tf)
        in_exchange = own + shifted(_counted(frame, word.place[word.tail], word.tf[word.tail]), 1)
        in_around = own.copy()
        for step in (-2, -1, 1, 2):
            in_around += shifted(own, step)
        for total, tf, length in ((exchange, in_exchange, x_length), (around, in_around, a_length)):
            held = np.flatnonzero(tf)
            total[held] += _bm25(tf[held], length[held], len(held), len(frame.uids))
    return exchange, around


def _counted(frame: Frame, places: Ints, tf: Floats) -> Floats:
    return np.bincount(places, weights=tf, minlength=frame.size).astype(np.float64)


def _bm25(tf: Floats, length: Floats, df: int, documents: int) -> Floats:
    """BM25 as Lucene has it; ``length`` is relative to the mean."""
    idf = np.log1p((max(documents, df) - df + 0.5) / (df + 0.5))
    weighed: Floats = idf * tf / (tf + K1 * (1 - B + B * length))
    return weighed


def shifted(values: Floats, by: int) -> Floats:
    """Every value ``by`` places later; earlier where negative; padding keeps transcripts apart."""
    out = np.zeros_like(values)
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out


def scaled(values: Floats) -> Floats:
    """With the best at 1; all zero where nothing is above zero."""
    best = float(values.max(initial=0.0))
    return values / best if best > 0 else values


def favoured(frame: Frame, scores: Floats, speaks: Ints) -> Floats:
    """Raises what the person asked about said and what stands next to it."""
    factor, own = np.ones(frame.size), np.zeros(frame.size)
    own[speaks] = 1.0
    there = np.repeat(np.maximum.reduceat(own, frame.starts) > 0, _lengths(frame))
    factor[~there] = ABSENT
    factor[(shifted(own, 1) + shifted(own, -1)) > 0] = NEXT_TO
    factor[speaks] = SPEAKS
    return scores * factor


def spread(frame: Frame, scores: Floats) -> Floats:
    """Gives every place a share of its neighbours and of the best of its meeting."""
    out = scores.copy()
    for distance, share in enumerate(NEIGHBOURS, start=1):
        out += share * (shifted(scores, distance) + shifted(scores, -distance))
    held = np.zeros(frame.size, dtype=np.bool_)
    held[frame.places] = True
    out[~held] = 0.0
    return np.where(held, out + MEETING_SHARE * _best_of_meeting(frame, out), 0.0)


def _best_of_meeting(frame: Frame, scores: Floats) -> Floats:
    rest, total = scores.copy(), np.zeros(len(frame.starts))
    for _ in range(MEETING_BEST):
        best = np.maximum.reduceat(rest, frame.starts)
        total += best
        # each transcript gives up one of its best, so that the next round meets the one after
        at_best = np.flatnonzero(rest == np.repeat(best, _lengths(frame)))
        owner = np.searchsorted(frame.starts, at_best, side="right")
        rest[at_best[np.unique(owner, return_index=True)[1]]] = 0.0
    return np.repeat(total / MEETING_BEST, _lengths(frame))


def _lengths(frame: Frame) -> Ints:
    return np.diff(frame.starts, append=frame.size)
