"""What a question demands of a hit: phrases, and what AND, OR and NOT say of its utterance."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from warehouse.expansion import Lookup
from warehouse.frame import Frame, Ints
from warehouse.language import All, Leaf, Node, Part, wanted
from warehouse.postings import Said
from warehouse.query import Query
from warehouse.reader import Reader
from warehouse.verified import verified

Mask = NDArray[np.bool_]
LOOKED_AT = 20_000  # sentences whose text is read to tell a phrase from its look-alikes


def narrowed(
    reader: Reader, query: Query, lookup: Lookup, frame: Frame, allowed: Mask | None
) -> Mask | None:
    """``allowed`` without the sentences that cannot be a hit; by sentence number."""
    if query.tree is not None:
        places = _places(reader, query.tree, lookup)
        held = [_held(reader, part, lookup) for part in wanted(query.tree)]
        return _met(allowed, frame, [_in(said, places) for said in held])
    for phrase in query.phrases:
        allowed = _met(allowed, frame, [lookup.phrase(phrase).sid])
    return allowed


def _met(allowed: Mask | None, frame: Frame, sids: list[Ints]) -> Mask:
    out = np.zeros(frame.beyond, np.bool_)
    for some in sids:
        out[some] = True
    return out if allowed is None else out & allowed


def _in(said: Said, places: Ints) -> Ints:
    return said.sid[np.isin(said.place, places)]


def _places(reader: Reader, node: Node, lookup: Lookup) -> Ints:
    """The utterances that meet a demand, in order."""
    if isinstance(node, Leaf):
        return np.unique(_held(reader, node.part, lookup).place)
    found = [_places(reader, n, lookup) for n in node.of]
    if not isinstance(node, All):
        return reduce(np.union1d, found)
    out = reduce(lambda a, b: np.intersect1d(a, b, assume_unique=True), found)
    for other in node.but:
        out = np.setdiff1d(out, _places(reader, other, lookup), assume_unique=True)
    return out


def _held(reader: Reader, part: Part, lookup: Lookup) -> Said:
    """The sentences that hold a part; where postings cannot tell, their words are read."""
    said = lookup.part(part)
    if not part.exact or not len(said) or len(said) > LOOKED_AT:
        return said
    return verified(reader.con, said, part.holds)
