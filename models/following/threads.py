"""Threads: the same worry, raised by several people or in several meetings.

How likely two concerns are one worry is a logistic function of their likeness, fitted to invented
series (``models/training/train_following.py``): a worry seldom names what it is about, so the talk
around it counts more than its own words. Threads are the average-linkage clusters of that (Sokal
and Michener 1958). The title of a thread is its most central concern, in its own words.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from models.following.pairs import Pairs
from transcripts.linked import Thread, Worry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

AT_ONCE = 512  # concerns weighed against all others
MOST = 4_000  # concerns clustered together: a table of every two of them takes 64 MB
STEP = 0.05  # by how much likelier those are tied that are still together where there are more


def threads(worries: Sequence[Worry]) -> list[Thread]:
    """Threads of two or more concerns of one council, in order of their first."""
    councils: dict[str, list[Worry]] = defaultdict(list)
    for worry in worries:
        councils[worry.council].append(worry)
    made = [t for group in councils.values() for t in _of_council(group)]
    place = {w.finding_id: i for i, w in enumerate(worries)}
    return sorted(made, key=lambda t: place[t.finding_ids[0]])


def _of_council(worries: Sequence[Worry]) -> Iterator[Thread]:
    if len(worries) < 2:
        return
    kept, pairs = weights(), Pairs(worries)
    for rows in parts(*ties(pairs, kept), len(worries), kept["threshold"]):
        alike = pairs.chances(rows, rows, kept)
        members: dict[int, list[int]] = defaultdict(list)
        for place, number in enumerate(clusters(alike, kept["threshold"])):
            members[int(number)].append(place)
        for places in members.values():
            if len(places) > 1:
                yield _thread(places, alike, [worries[row] for row in rows])


def ties(pairs: Pairs, kept: Mapping[str, Any]) -> tuple[Rows, Rows, Floats]:
    """Every two concerns that are likely one worry, and how likely."""
    import numpy as np

    every = np.arange(len(pairs))
    found = []
    for start in range(0, len(pairs), AT_ONCE):
        rows = every[start : start + AT_ONCE]
        chance = pairs.chances(rows, every[start:], kept)
        one, other = np.nonzero(np.triu(chance >= kept["threshold"], 1))
        found.append((one + start, other + start, chance[one, other]))
    ones, others, chances = (np.concatenate(column) for column in zip(*found, strict=True))
    return ones, others, chances


def parts(ones: Rows, others: Rows, chances: Floats, count: int, bar: float) -> Iterator[Rows]:
    """Concerns that may be in one cluster: those that ties of at least ``bar`` hold together.

    Two clusters become one only where they are likely one worry on average, and so only where some
    two of them are: what no tie holds together is clustered apart, with the same result.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    strong = chances >= bar
    held = csr_matrix((chances[strong], (ones[strong], others[strong])), shape=(count, count))
    part = connected_components(held, directed=False)[1]
    order = np.argsort(part, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        if len(rows) > MOST and bar < 1.0:
            inside = np.isin(ones, rows) & np.isin(others, rows)
            at = np.searchsorted(rows, ones[inside]), np.searchsorted(rows, others[inside])
            for less in parts(*at, chances[inside], len(rows), bar + STEP):
                yield rows[less]
        elif len(rows) > 1:
            yield rows


def clusters(alike: Floats, threshold: float) -> NDArray[np.int32]:
    """The number of each concern's cluster: those in one are likely one on average."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    upper = np.triu_indices(len(alike), 1)
    tree = linkage(1 - alike[upper], method="average")
    made: NDArray[np.int32] = fcluster(tree, t=1 - threshold, criterion="distance")
    return made


def _thread(places: Sequence[int], alike: Floats, worries: Sequence[Worry]) -> Thread:
    # of two, each is as central as the other: the first is taken, whatever was rounded
    near = {i: round(float(alike[i, places].sum() - alike[i, i]), 4) for i in places}
    central = max(places, key=lambda i: near[i])
    ids = tuple(worries[i].finding_id for i in places)
    # known by its first concern, so that a thread that grows stays itself
    name = hashlib.sha256(f"thread|{ids[0]}".encode()).hexdigest()[:16]
    return Thread(name, worries[central].text, ids)


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """The shipped weights, by ``PAIRS``."""
    text = files("models").joinpath("artefacts", "threads.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read
