"""What a question demands of a hit: phrases, and what AND, OR and NOT say of its utterance."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from warehouse import postings
from warehouse.expansion import Lookup
from warehouse.frame import Frame, Ints
from warehouse.language import All, Leaf, Node, Part, wanted
from warehouse.postings import Said
from warehouse.query import Query
from warehouse.reader import Reader
from warehouse.verified import verified

Mask = NDArray[np.bool_]
# Sentences of which the text is read for one part of a question. Where more hold its words, as of
# two that half of all sentences hold, a page would wait for half a minute: then the index decides,
# which tells that they stand in one sentence, and the answer says that no more was looked at.
MOST_READ = 30_000


def narrowed(
    reader: Reader, query: Query, lookup: Lookup, frame: Frame, allowed: Mask | None
) -> Mask | None:
    """``allowed`` without the sentences that cannot be a hit; by sentence number."""
    if query.tree is not None:
        places = _places(reader, query.tree, lookup)
        held = [_held(reader, part, lookup, places) for part in wanted(query.tree)]
        return _met(allowed, frame, [said.sid for said in held])
    for phrase in query.phrases:
        allowed = _met(allowed, frame, [lookup.phrase(phrase).sid])
    return allowed


def _met(allowed: Mask | None, frame: Frame, sids: list[Ints]) -> Mask:
    out = np.zeros(frame.beyond, np.bool_)
    for some in sids:
        out[some] = True
    return out if allowed is None else out & allowed


def _places(reader: Reader, node: Node, lookup: Lookup, within: Ints | None = None) -> Ints:
    """The utterances that meet a demand, in order; of those ``within``, where they are given.

    What only the text tells is asked last, of the utterances that meet all else.
    """
    if isinstance(node, Leaf):
        return np.unique(_held(reader, node.part, lookup, within).place)
    if not isinstance(node, All):
        return reduce(np.union1d, (_places(reader, n, lookup, within) for n in node.of))
    out = within
    for one in sorted(node.of, key=_reads):
        out = _places(reader, one, lookup, out)
    met = out if out is not None else np.empty(0, np.int64)
    for other in sorted(node.but, key=_reads):
        met = np.setdiff1d(met, _places(reader, other, lookup, met), assume_unique=True)
    return met


def _reads(node: Node) -> bool:
    return any(part.exact for part in wanted(node))


def _held(reader: Reader, part: Part, lookup: Lookup, within: Ints | None) -> Said:
    """The sentences that hold a part; where postings cannot tell, their words are read.

    What a short form stands for is not: its text is another.
    """
    said = _within(lookup.part(part), within)
    if not part.exact:
        return said
    beside = lookup.beside.get(part, postings.NOWHERE)
    unsure = _within(lookup.written(part), within) if len(beside) else said
    if len(unsure) <= MOST_READ:
        held = verified(reader.con, unsure, lookup.holds(part))
        return postings.any_of([held, _within(beside, within)])
    if not (part.prefix and len(part.words) == 1):  # of a beginning the index tells nearly all
        lookup.unread(part)
    return said


def _within(said: Said, places: Ints | None) -> Said:
    return said if places is None else said.where(np.isin(said.place, places))
