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

from models.following.words import Rarity
from transcripts.linked import NEARBY, Thread, Worry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PAIRS = (
    "own",  # cosine of the two sentences
    "around",  # cosine of the talk around them, the nearer the more
    "around_words",  # rare words that the talk around them shares, as a cosine
    "title_words",  # the share of the one item's title's rare words that are said around the other
    "near",  # how much of the talk around them is the same talk
    "same_meeting",
)
MEANING, WORDS = 0.7, 0.8  # what a turn weighs less for each turn that it is further away
MEANT = 4  # turns away at most whose meaning counts


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
    kept = weights()
    alike = chances(worries, kept)
    members: dict[int, list[int]] = defaultdict(list)
    for i, number in enumerate(clusters(alike, kept["threshold"])):
        members[int(number)].append(i)
    for rows in members.values():
        if len(rows) > 1:
            yield _thread(rows, alike, worries)


def clusters(alike: Floats, threshold: float) -> NDArray[np.int32]:
    """The number of each concern's cluster: those in one are likely one on average."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    upper = np.triu_indices(len(alike), 1)
    tree = linkage(1 - alike[upper], method="average")
    made: NDArray[np.int32] = fcluster(tree, t=1 - threshold, criterion="distance")
    return made


def _thread(rows: Sequence[int], alike: Floats, worries: Sequence[Worry]) -> Thread:
    central = max(rows, key=lambda i: float(alike[i, rows].sum()))
    ids = tuple(worries[i].finding_id for i in rows)
    # known by its first concern, so that a thread that grows stays itself
    name = hashlib.sha256(f"thread|{ids[0]}".encode()).hexdigest()[:16]
    return Thread(name, worries[central].text, ids)


def chances(worries: Sequence[Worry], kept: Mapping[str, Any]) -> Floats:
    """How likely every two concerns are one worry, (n, n)."""
    import numpy as np

    tables = pair_tables(worries)  # one at a time: a council of many years has thousands
    weights = dict(zip(kept["features"], kept["weights"], strict=True))
    total = np.full((len(worries), len(worries)), kept["bias"], dtype=np.float32)
    for name, table in tables:
        total += weights[name] * table
    made: Floats = (1 / (1 + np.exp(-total))).astype(np.float32)
    return made


def pair_tables(worries: Sequence[Worry]) -> Iterator[tuple[str, Floats]]:
    """Each of ``PAIRS`` for every two concerns, (n, n) each."""
    import numpy as np

    own, around = np.stack([w.vector for w in worries]), np.stack([_meant(w) for w in worries])
    yield "own", own @ own.T
    yield "around", around @ around.T
    rarity = Rarity([turn for w in worries for turn in w.turns])
    said = [_words_around(w, rarity) for w in worries]
    yield "around_words", _cosines(said)
    yield "title_words", _covered([rarity.weights(w.item_title) for w in worries], said)
    yield "near", _shared([{f"{w.meeting_id} {t}" for t in w.turns} for w in worries])
    meeting = np.array([w.meeting_id for w in worries])
    yield "same_meeting", (meeting[:, None] == meeting[None, :]).astype(np.float32)


def _meant(worry: Worry) -> Floats:
    """What is meant around a concern, a unit vector."""
    import numpy as np

    weighed = np.array([MEANING**a if a <= MEANT else 0.0 for a in worry.apart], dtype=np.float32)
    mean = weighed @ worry.vectors
    made: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return made


def _words_around(worry: Worry, rarity: Rarity) -> dict[str, float]:
    """The rare words said around a concern, each by its nearest turn."""
    found: dict[str, float] = {}
    for text, apart in zip(worry.turns, worry.apart, strict=True):
        for word, rare in rarity.weights(text).items():
            found[word] = max(found.get(word, 0.0), rare * WORDS**apart)
    return found


def _sparse(weighed: Sequence[Mapping[str, float]], column: Mapping[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    entries = [(r, column[w], v) for r, t in enumerate(weighed) for w, v in t.items()]
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_matrix((values, (rows, columns)), shape=(len(weighed), max(len(column), 1)))


def _columns(*weighed: Sequence[Mapping[str, float]]) -> dict[str, int]:
    return {w: i for i, w in enumerate(sorted({w for one in weighed for t in one for w in t}))}


def _cosines(weighed: Sequence[Mapping[str, float]]) -> Floats:
    """The cosine of every two texts over their weighed words, (n, n)."""
    import numpy as np

    table = _sparse(weighed, _columns(weighed))
    norms = np.sqrt(np.asarray(table.multiply(table).sum(axis=1))).ravel()
    norms[norms == 0] = 1.0
    made: Floats = ((table @ table.T).toarray() / norms[:, None] / norms[None, :]).astype(
        np.float32
    )
    return made


def _covered(of: Sequence[Mapping[str, float]], by: Sequence[Mapping[str, float]]) -> Floats:
    """What share of the weight of the one's words the other holds, the better way round, (n, n)."""
    import numpy as np

    column = _columns(of, by)
    whole = np.maximum(np.array([sum(t.values()) for t in of], dtype=np.float32), 1e-9)
    held = _sparse([dict.fromkeys(t, 1.0) for t in by], column)
    share = (_sparse(of, column) @ held.T).toarray().astype(np.float32) / whole[:, None]
    made: Floats = np.maximum(share, share.T)
    return made


def _shared(turns: Sequence[set[str]]) -> Floats:
    """How many turns two concerns share, by how many stand on one side of each, (n, n)."""
    import numpy as np

    weighed = [dict.fromkeys(t, 1.0) for t in turns]
    table = _sparse(weighed, _columns(weighed))
    made: Floats = ((table @ table.T).toarray() / (NEARBY + 1)).astype(np.float32)
    return made


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """The shipped weights, by ``PAIRS``."""
    text = files("models").joinpath("artefacts", "threads.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read
