"""The part of an archive that filters leave, as marks over its sentences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from warehouse import sql
from warehouse.frame import Frame
from warehouse.query import Filters
from warehouse.reader import Reader

REMEMBERED = 8  # filters of a generation: people ask more than one question of the same part


def narrowing(filters: Filters) -> Mapping[str, object]:
    """The filters as the values that the queries take."""
    return {
        "speaker": filters.speaker,
        "committee": filters.committee,
        "first": filters.first,
        "last": filters.last,
        "kind": filters.kind,
        "item": filters.item,
        "meeting": filters.meeting,
        "all_versions": filters.all_versions,
    }


def allowed(reader: Reader, filters: Filters) -> NDArray[np.bool_] | None:
    """Marks the sentences that the filters leave, by number; None where they leave all."""
    if not filters.narrow:
        return None
    known = reader.index.allowed
    if filters not in known:
        while len(known) >= REMEMBERED:
            known.pop(next(iter(known)), None)
        known[filters] = _allowed(reader, filters)
    return known[filters]


def _allowed(reader: Reader, filters: Filters) -> NDArray[np.bool_]:
    frame = reader.index.frame(reader.con, all_versions=filters.all_versions)
    out = np.zeros(frame.beyond, np.bool_)
    if filters.speaker or filters.item or filters.kind:
        out[:] = _of_utterances(reader, filters, frame)
        if filters.kind:
            of_kind = np.zeros(frame.beyond, np.bool_)
            held = sql.arrays(reader.con, "sentences_of_kind", kind=filters.kind)["sid"]
            of_kind[held.astype(np.int64)] = True
            out &= of_kind
        return out
    # whole meetings: their sentences lie in one stretch, so that no sentence has to be looked at
    found = sql.arrays(reader.con, "allowed_transcripts", **narrowing(filters))
    for first, count in zip(found["first_sid"], found["sentences"], strict=True):
        out[int(first) : int(first) + int(count)] = True
    return out


def _of_utterances(reader: Reader, filters: Filters, frame: Frame) -> NDArray[np.bool_]:
    """Filters that leave whole utterances: there are four sentences to one of them."""
    places = np.zeros(frame.size, np.bool_)
    found = sql.arrays(reader.con, "utterances_allowed", **narrowing(filters))
    places[found["uid"].astype(np.int64)] = True
    sentences = reader.index.places(reader.con, frame)
    kept: NDArray[np.bool_] = places.take(sentences, mode="clip")
    return kept
