"""The part of an archive that filters leave, as marks over its sentences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from warehouse import sql
from warehouse.query import Filters
from warehouse.reader import Reader


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
    frame = reader.index.frame(reader.con, all_versions=filters.all_versions)
    out = np.zeros(frame.beyond, np.bool_)
    if filters.speaker or filters.item or filters.kind:
        out[sql.arrays(reader.con, "allowed", **narrowing(filters))["sid"]] = True
        return out
    # whole meetings: their sentences lie in one stretch, so that no sentence has to be looked at
    found = sql.arrays(reader.con, "allowed_transcripts", **narrowing(filters))
    for first, count in zip(found["first_sid"], found["sentences"], strict=True):
        out[int(first) : int(first) + int(count)] = True
    return out
