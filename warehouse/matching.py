"""From a question to scores: what it names, where its words stand, what is near it in meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import log2

import numpy as np
from numpy.typing import NDArray

from warehouse import ranking, sql, tokens, vectors
from warehouse.query import Filters, Query, name_words, named_in, parse
from warehouse.ranking import Floats, Frame, Ints, Said
from warehouse.reader import Reader

Encode = Callable[[str], NDArray[np.float32]]
FIRST_PASS = 2_000  # candidates by sign bits that are compared exactly
# Cosine below which a sentence is not about what was asked. The best of many sentences is nearer
# by mere chance, so the bar rises with how many are compared: measured with MiniLM on committee
# speech, questions about nothing in it reach 0.28 in 200 sentences, 0.34 in 1,000 and 0.48 in
# 27,000 in one case of ten, questions about something in it 0.53 in 19 of 20 of the largest.
FLOOR, FLOOR_AT, FLOOR_PER_DOUBLING = 0.34, 200, 0.012
OWN = 1.0  # weight of a sentence's own score beside that of its place
ANY_PLACE = 255  # a first place that is not known exactly


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the people it names, as utterance numbers of what they said."""

    query: Query
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """Sentences, in order of number, with a score and the place of their utterance."""

    sids: Ints
    scores: Floats
    places: Ints

    def of(self, sid: int) -> float | None:
        """The score of one sentence, absent where it has none."""
        at = int(np.searchsorted(self.sids, sid))
        held = at < len(self.sids) and int(self.sids[at]) == sid
        return float(self.scores[at]) if held else None


NOWHERE = np.empty(0, dtype=np.int64)
NONE = Scored(NOWHERE, np.empty(0), NOWHERE)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Scores of utterances, by place in the frame, and of the sentences that match.

    ``words`` and ``meaning`` are the sentences' own BM25 and cosine. ``below`` are the nearest in
    meaning where nothing matched.
    """

    frame: Frame
    utterances: Floats
    matches: Scored
    words: Scored = NONE
    meaning: Scored = NONE
    not_said: tuple[str, ...] = ()
    below: Ints = field(default_factory=lambda: NOWHERE)

    def order(self) -> Ints:
        """The matching sentences, best first."""
        return self.matches.sids[np.lexsort((self.matches.sids, -self.matches.scores))]


def understood(reader: Reader, text: str) -> Asked:
    """Takes a question apart, with the people heard in this archive that it names."""
    names = reader.index.names
    if names is None:
        heard = [str(name) for (name,) in sql.run(reader.con, "people_heard").fetchall()]
        names = reader.index.names = {name: name_words(name) for name in heard}
    named = named_in(text, names)
    return Asked(parse(text, named.values()), tuple(named))


def rank(
    reader: Reader,
    asked: Asked,
    *,
    mode: str,
    encode: Encode | None,
    filters: Filters,
    allowed: Ints | None,
) -> Ranked:
    """Scores everything that matches; ``allowed`` are the sentences that may be a hit."""
    everything = filters.all_versions
    frame = reader.index.frame(reader.con, all_versions=everything)
    heard = _heard(reader, frame, asked.query, everything)
    if asked.query.phrases:
        allowed = _meet(allowed, _holding_phrases(heard, asked.query))
    near = NONE
    if mode != "words" and encode is not None:
        vector = np.asarray(encode(asked.query.text), dtype=np.float32).ravel()
        near = _near(reader, frame, vector, allowed, everything)
    subject = [] if mode == "meaning" else [heard[w] for w in asked.query.subject]
    by_word = Scored(*ranking.sentence_scores(frame, subject))
    utterances = _utterances(reader, frame, asked, subject, near)
    compared = frame.sentences if allowed is None else len(allowed)
    matches = _matches(by_word, near, compared, utterances, allowed)
    missing = tuple(w for w in asked.query.subject if not len(heard[w].sid))
    below = NOWHERE if len(matches.sids) else near.sids[np.argsort(-near.scores)]
    return Ranked(frame, utterances, matches, by_word, near, missing, below)


def _heard(reader: Reader, frame: Frame, query: Query, everything: bool) -> dict[str, Said]:
    """Where each word was said that is asked for; words of one stem share their places."""
    wanted = dict.fromkeys((*query.subject, *(w for p in query.phrases for w in p)))
    by_term: dict[int, Said] = {}
    for word in wanted:
        term = tokens.term(word)
        if term not in by_term:
            by_term[term] = ranking.said(reader.con, frame, term, all_versions=everything)
    return {word: by_term[tokens.term(word)] for word in wanted}


def _meet(a: Ints | None, b: Ints) -> Ints:
    return b if a is None else np.intersect1d(a, b, assume_unique=True)


def _holding_phrases(heard: Mapping[str, Said], query: Query) -> Ints:
    """Sentences that may hold every phrase: all its words, in places that do not rule it out."""
    found: Ints | None = None
    for phrase in query.phrases:
        for first, second in pairwise(phrase):
            found = _meet(found, _side_by_side(heard[first], heard[second]))
        if len(phrase) == 1:
            found = _meet(found, np.sort(heard[phrase[0]].sid))
    return NOWHERE if found is None else found


def _side_by_side(first: Said, second: Said) -> Ints:
    """Sentences where one word may follow the other; certain only where each stands once."""
    both, a, b = np.intersect1d(first.sid, second.sid, assume_unique=True, return_indices=True)
    known = (first.tf[a] == 1) & (second.tf[b] == 1) & (second.first[b] < ANY_PLACE)
    kept: Ints = both[~known | (second.first[b] == first.first[a] + 1)]
    return kept


def _near(
    reader: Reader,
    frame: Frame,
    vector: NDArray[np.float32],
    allowed: Ints | None,
    everything: bool,
) -> Scored:
    """The nearest sentences: all by sign bits, the best of these exactly; filters come first."""
    signs = reader.index.signs(reader.con, all_versions=everything, width=(len(vector) + 7) // 8)
    sids, uids, codes = signs["sid"].astype(np.int64), signs["uid"], signs["code"]
    if allowed is not None:
        kept = np.isin(sids, allowed)
        sids, uids, codes = sids[kept], uids[kept], codes[kept]
    if not len(sids):
        return NONE
    apart = vectors.distances(codes.astype(np.uint8, copy=False), vector)
    count = min(FIRST_PASS, len(sids))
    first = np.sort(np.argpartition(apart, count - 1)[:count])
    found = dict(sql.run(reader.con, "vectors", sids=sids[first].tolist()).fetchall())
    cosines = vectors.similarities([found[sid] for sid in sids[first].tolist()], vector)
    return Scored(sids[first], cosines.astype(np.float64), frame.place(uids[first]))


def _utterances(
    reader: Reader, frame: Frame, asked: Asked, subject: list[Said], near: Scored
) -> Floats:
    """How good each utterance is as an answer."""
    exchange, around = ranking.context_scores(frame, subject)
    meaning = np.zeros(frame.size)
    np.maximum.at(meaning, near.places, near.scores - near.scores.min(initial=1.0))
    scores = (
        ranking.EXCHANGE * ranking.scaled(exchange)
        + ranking.AROUND * ranking.scaled(around)
        + ranking.MEANING * ranking.scaled(meaning)
    )
    if asked.people and len(frame.uids):
        found = sql.arrays(reader.con, "utterances_by", people=list(asked.people))["uid"]
        known = found[np.isin(found, frame.uids)]
        scores = ranking.favoured(frame, scores, frame.place(known))
    return ranking.spread(frame, scores) if len(frame.uids) else scores


def floor(compared: int) -> float:
    """The bar of meaning where so many sentences are compared."""
    return FLOOR + FLOOR_PER_DOUBLING * log2(max(1.0, compared / FLOOR_AT))


def _matches(
    by_word: Scored, near: Scored, compared: int, utterances: Floats, allowed: Ints | None
) -> Scored:
    """The sentences that match by a word or by meaning, scored by themselves and their place."""
    about = near.scores >= floor(compared)
    sids, first = np.unique(np.concatenate([by_word.sids, near.sids[about]]), return_index=True)
    places = np.concatenate([by_word.places, near.places[about]])[first]
    scores = OWN * _own(sids, by_word, near) + ranking.scaled(utterances)[places]
    if allowed is not None:
        kept = np.isin(sids, allowed)
        sids, scores, places = sids[kept], scores[kept], places[kept]
    return Scored(sids, scores, places)


def _own(sids: Ints, by_word: Scored, near: Scored) -> Floats:
    """Each sentence's own worth in [0, 1], words and meaning weighed as for utterances."""
    own = np.zeros(len(sids))
    for part, weight in ((by_word, ranking.EXCHANGE + ranking.AROUND), (near, ranking.MEANING)):
        if len(part.sids) and len(sids):
            at = np.minimum(np.searchsorted(sids, part.sids), len(sids) - 1)
            here = sids[at] == part.sids
            own[at[here]] += weight * ranking.scaled(part.scores)[here]
    return ranking.scaled(own)
