"""From a question to an order: what it names, where its words stand, what is near it in meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log2

import numpy as np
from numpy.typing import NDArray

from warehouse import demanded, nearest, postings, ranker, ranking, signals, sql, tokens
from warehouse.acronyms import vocabulary
from warehouse.expansion import Lookup, Reading, with_apostrophes
from warehouse.frame import Floats, Frame, Ints
from warehouse.names import (
    coded_in,
    committees_in,
    committees_meant,
    name_words,
    named_in,
    with_titles,
)
from warehouse.postings import Said, Spots
from warehouse.query import Filters, Part, Query, parse
from warehouse.ranker import Ranker
from warehouse.ranking import Around, First, Sought, scaled
from warehouse.reader import Reader
from warehouse.sentences import Scored

Encode = Callable[[str], NDArray[np.float32]]
Mask = NDArray[np.bool_]
# Cosine below which a sentence is not about what was asked. The best of many sentences is nearer
# by mere chance, so the bar rises with how many are compared: measured with MiniLM on committee
# speech, questions about nothing in it reach 0.28 in 200 sentences, 0.34 in 1,000 and 0.48 in
# 27,000 in one case of ten, questions about something in it 0.53 in 19 of 20 of the largest.
FLOOR, FLOOR_AT, FLOOR_PER_DOUBLING = 0.34, 200, 0.012
COMMITTEE = 1.0  # log-odds for the meetings of a committee that the question names
UNSEEN = 0.02  # what the best of those not looked at closely is worth beside the best of all


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the people and committees that it names; ``named`` are words for people."""

    query: Query
    people: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    literal: bool = False
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked:
    """What an answer is made from.

    ``places`` are the utterances, best first, with ``scores``; ``matches`` the sentences that hold
    a word asked for or are near in meaning. ``below`` are the nearest in meaning where nothing
    matched.
    """

    frame: Frame
    places: Ints
    scores: Floats
    matches: Scored
    words: Scored
    meaning: Scored
    not_said: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    below: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    why: signals.Weighed | None = None
    share_said: float = 1.0  # of the weight of what is asked for, what is said anywhere at all
    held: tuple[tuple[Part, Said], ...] = ()  # the parts asked for, with all sentences that hold it
    allowed: Mask | None = None

    def order(self) -> Ints:
        """The matching sentences, best first."""
        return self.matches.varied()

    def every(self) -> Ints:
        """All sentences that match, also those that stood too low to be put in order."""
        said = np.concatenate([np.empty(0, np.int64), *(said.sid for _, said in self.held)])
        if self.allowed is not None:
            said = said[self.allowed[said]]
        return np.unique(np.concatenate([said, self.matches.sids]))

    def lacking(self, sids: Sequence[int]) -> tuple[str, ...]:
        """Of what was asked for, what the utterances of these sentences hold, unless it is all."""
        where = self.matches.places[np.isin(self.matches.sids, np.array(sids, np.int64))]
        asked = [(p, s) for p, s in self.held if not p.spare and (len(s) or not p.compound)]
        there = tuple(p.label for p, s in asked if bool(np.isin(where, s.place).any()))
        return there if len(there) < len(asked) else ()


def understood(reader: Reader, text: str, *, literal: bool = False) -> Asked:
    """Takes a question apart, with the people and committees of this archive that it names.

    ``literal`` takes every word as a word: no names, no other spellings, no long forms.
    """
    if literal:
        return Asked(parse(text), literal=True)
    index = reader.index
    if index.names is None:
        heard = sql.run(reader.con, "people_heard").fetchall()
        index.names = {str(name): name_words(str(name)) for (name,) in heard}
    if index.committees is None:
        held = sql.run(reader.con, "all_committees").fetchall()
        index.committees = {str(c): name_words(str(c)) for (c,) in held}
        index.committee_codes = dict(sql.run(reader.con, "committee_codes").fetchall())
    named = named_in(text, index.names)
    committees = committees_in(text, index.committees) | coded_in(text, index.committee_codes)
    committees = committees or committees_meant(text, index.committees)
    names = [*with_titles(text, named.values()), *committees.values()]
    people = frozenset(word for name in named.values() for word in name)
    return Asked(parse(text, names), tuple(named), tuple(committees), named=people)


def rank(
    reader: Reader,
    asked: Asked,
    *,
    mode: str,
    encode: Encode | None,
    filters: Filters,
    allowed: Mask | None,
    least: int = 10,
    learned: Ranker | None = None,
    put_right: bool = True,
) -> Ranked:
    """Orders what matches; ``allowed`` marks the sentences that may be a hit, by number.

    At least ``least`` sentences are given where so many match.
    """
    everything = filters.all_versions
    frame = reader.index.frame(reader.con, all_versions=everything)
    inside = reader.total("apostrophes", lambda r: with_apostrophes(r.con))
    longs = vocabulary(reader.path.parent).longs
    lookup = Lookup(reader.con, everything, longs, asked.literal, put_right, inside)
    parts = _parts(asked.query, lookup, mode)
    found = {part: lookup.part(part) for part in parts}
    filtered, allowed = allowed, demanded.narrowed(reader, asked.query, lookup, frame, allowed)
    near, vector = Scored.none(), None
    if mode != "words" and encode is not None:
        vector = np.asarray(encode(asked.query.text), dtype=np.float32).ravel()
        near = nearest.sentences(reader, vector, allowed, all_versions=everything)
    about = _around(reader, frame, asked, found, near)
    first = ranking.first_order(about, _places_allowed(frame, found, near, allowed))
    words = _by_word(about, found, allowed, first.places)
    closer = _closer(about, first, words, found)
    weighed = _weighed(reader, asked, closer, learned or ranker.shipped(mode))
    places, scores = _places(weighed, first)
    matches = _matches(words, _above(near, frame, allowed), places, scores)
    if len(matches.sids) < least:
        words = _by_word(about, found, allowed, None)
        matches = _matches(words, _above(near, frame, allowed), places, scores)
    order = ranking.varied(places)
    places, scores = places[order], np.sort(scores)[::-1]
    unsaid = {p for p, said in found.items() if not (len(said) or p.spare)} - lookup.in_one
    unsaid |= lookup.guessed
    missing = tuple(p.label for p in found if p in unsaid and not asked.named.issuperset(p.words))
    below = np.empty(0, np.int64)
    if not len(matches.sids):
        if vector is not None and not len(near.sids):  # what was demanded stands nowhere
            near = nearest.sentences(reader, vector, filtered, all_versions=everything)
        below = near.best_first()
    return Ranked(
        frame, places, scores, matches, words, near, missing, _readings(asked, lookup), below,
        weighed, _share_said(found, unsaid, frame), tuple(found.items()), allowed,
    )  # fmt: skip


def _share_said(found: dict[Part, Said], unsaid: set[Part], frame: Frame) -> float:
    weights = {
        part: postings.idf(0 if part in unsaid else len(said), frame.sentences)
        for part, said in found.items()
        if not part.spare
    }
    said = sum(weight for part, weight in weights.items() if part not in unsaid)
    return said / (sum(weights.values()) or 1.0)


def _parts(query: Query, lookup: Lookup, mode: str) -> tuple[Part, ...]:
    if mode == "meaning" and query.tree is None:
        return ()
    if query.tree is not None:
        return query.subject
    also = (*lookup.also_short(query.words), *lookup.also_in_figures(query.words))
    return tuple(dict.fromkeys((*query.subject, *also)))


def _readings(asked: Asked, lookup: Lookup) -> tuple[Reading, ...]:
    named = [Reading("speaker", name, name, "favoured") for name in asked.people]
    named += [Reading("committee", name, name, "favoured") for name in asked.committees]
    small = [Reading("operator", o, o.lower(), "as a word") for o in asked.query.taken_small]
    quoted = asked.query.quoted  # other words were looked for beside these, and can be no hit
    told = [r for r in lookup.readings if not quoted.issuperset(tokens.words(r.words))]
    return tuple(dict.fromkeys((*small, *named, *told)))


def _around(
    reader: Reader, frame: Frame, asked: Asked, found: dict[Part, Said], near: Scored
) -> Around:
    sought = [
        Sought(part.label, Spots(said), postings.idf(len(said), frame.sentences))
        for part, said in found.items()
        if len(said)
    ]
    speaks = None
    if asked.people:
        spoken = sql.arrays(reader.con, "utterances_by", people=list(asked.people))["uid"]
        places = np.sort(spoken.astype(np.int64))
        places = places[places < frame.size]
        speaks = places[frame.tokens[places] > 0]
    return Around(frame, sought, (near.places, near.scores), speaks)


def _places_allowed(
    frame: Frame, found: dict[Part, Said], near: Scored, allowed: Mask | None
) -> Mask | None:
    """The utterances with a sentence that may be a hit."""
    if allowed is None:
        return None
    out = np.zeros(frame.size, np.bool_)
    out[near.places] = True
    for said in found.values():
        out[said.place[allowed[said.sid]]] = True
    return out


def _by_word(
    about: Around, found: dict[Part, Said], allowed: Mask | None, places: Ints | None
) -> Scored:
    """Sentences with words asked for and their BM25; of some places only, where given."""
    frame = about.frame
    here = None
    if places is not None:
        here = np.zeros(frame.size, np.bool_)
        here[places] = True
    parts, weights = [], []
    for said in found.values():
        kept = np.ones(len(said), np.bool_) if here is None else here[said.place]
        if allowed is not None:
            kept &= allowed[said.sid]
        rows = said.where(kept)
        weight = postings.idf(len(said), frame.sentences)
        parts.append(rows)
        weights.append(postings.bm25(rows.tf, rows.tokens / frame.mean_tokens, weight))
    return Scored.summed(parts, weights)


def _closer(about: Around, first: First, words: Scored, found: dict[Part, Said]) -> signals.Closer:
    sentences = about.frame.sentences
    pairs = [(s, postings.idf(len(s), sentences)) for p, s in found.items() if not p.spare]
    beside = signals.side_by_side(pairs)
    return signals.Closer(about, first, (words.places, words.scores), beside)


def _weighed(
    reader: Reader, asked: Asked, closer: signals.Closer, learned: Ranker
) -> signals.Weighed:
    """The best of the first order, looked at closely."""
    first, frame = closer.first, closer.asked.frame
    candidates = first.places[ranking.best(first.score, ranking.CANDIDATES)]
    found = signals.signals(closer, candidates)
    names = learned.names or tuple(found)
    seen = signals.matrix(found, names)
    odds = learned.scores(seen)
    if asked.committees:
        odds[_of_committees(reader, frame, candidates, asked.committees)] += COMMITTEE
    return signals.Weighed(candidates, odds, seen, names)


def _of_committees(reader: Reader, frame: Frame, places: Ints, names: Sequence[str]) -> Mask:
    held = sql.arrays(reader.con, "places_of_committees", committees=list(names))["first_uid"]
    starts = np.sort(held.astype(np.int64))
    return ranking.among(frame.starts[frame.transcript(places)], starts)


def floor(compared: int) -> float:
    """The bar of meaning where so many sentences are compared."""
    return FLOOR + FLOOR_PER_DOUBLING * log2(max(1.0, compared / FLOOR_AT))


def _above(near: Scored, frame: Frame, allowed: Mask | None) -> Scored:
    compared = frame.sentences if allowed is None else int(allowed.sum())
    return near.where(near.scores >= floor(compared))


def _matches(words: Scored, near: Scored, ordered: Ints, scores: Floats) -> Scored:
    """Sentences that match, scored by their place and by how they stand among those of it.

    The best sentence of an utterance has the score of the utterance, the next half of it, and so
    on: what stands first are different answers, not the sentences of one.
    """
    sids, where = np.unique(np.concatenate([words.sids, near.sids]), return_index=True)
    places = np.concatenate([words.places, near.places])[where]
    own = np.zeros(len(sids))
    for part, weight in ((words, ranking.EXCHANGE + ranking.AROUND), (near, ranking.MEANING)):
        own[np.searchsorted(sids, part.sids)] += weight * scaled(part.scores)
    by_place = np.argsort(ordered, kind="stable")
    worth = ranking.at(ordered[by_place], scores[by_place], places)
    return Scored(sids, _by_standing(places, own, worth), places)


def _by_standing(places: Ints, own: Floats, worth: Floats) -> Floats:
    order = np.lexsort((-own, places))
    new = np.flatnonzero(np.diff(places[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(new, np.diff(np.append(new, len(order))))
    out = np.empty(len(order))
    # an utterance that was not looked at is worth nothing, but its sentences still have an order
    out[order] = (worth[order] + 1e-4 * scaled(own)[order]) * 0.5 ** np.minimum(rank, 40)
    return out


def _places(weighed: signals.Weighed, first: First) -> tuple[Ints, Floats]:
    """Utterances, best first, with a score in [0, 1]."""
    chance = scaled(1 / (1 + np.exp(-weighed.odds)))
    looked = ranking.among(first.places, weighed.places)
    unseen, rest = first.places[~looked], first.score[~looked]
    lowest = float(chance.min(initial=1.0))
    places = np.concatenate([weighed.places, unseen])
    scores = np.concatenate([chance, UNSEEN * lowest * scaled(rest)])
    order = np.lexsort((places, -scores))
    return places[order], scores[order]
