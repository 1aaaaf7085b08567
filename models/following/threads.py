"""Threads: the same worry, raised by several people or in several meetings.

How likely two concerns are one worry is a logistic function of their likeness, its weights found by
random search (see the model card); threads are the average-linkage clusters of that (Sokal and
Michener 1958). The title of a thread is its most central concern, in its own words.
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
from transcripts.linked import Thread, Worry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PAIRS = (
    "own",  # cosine of the two sentences
    "turn",  # cosine of the two turns
    "crossed",  # the better cosine of one's sentence with the other's turn
    "own_words",  # rare words that the sentences share, as a cosine
    "turn_words",  # and the turns
    "titles",  # said under items of one title
    "title_words",  # rare words that the titles share
    "same_meeting",
    "same_person",
)


def threads(worries: Sequence[Worry]) -> list[Thread]:
    """Threads of two or more concerns of one council, in order of their first."""
    councils: dict[str, list[Worry]] = defaultdict(list)
    for worry in worries:
        councils[worry.council].append(worry)
    made = [t for group in councils.values() for t in _of_council(group)]
    place = {w.finding_id: i for i, w in enumerate(worries)}
    return sorted(made, key=lambda t: place[t.finding_ids[0]])


def _of_council(worries: Sequence[Worry]) -> Iterator[Thread]:
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(worries) < 2:
        return
    kept = weights()
    alike = chances(pair_tables(worries), kept)
    upper = np.triu_indices(len(worries), 1)
    tree = linkage(1 - alike[upper], method="average")
    numbers = fcluster(tree, t=1 - kept["threshold"], criterion="distance")
    members: dict[int, list[int]] = defaultdict(list)
    for i, number in enumerate(numbers):
        members[int(number)].append(i)
    for rows in members.values():
        if len(rows) > 1:
            yield _thread(rows, alike, worries)


def _thread(rows: Sequence[int], alike: Floats, worries: Sequence[Worry]) -> Thread:
    central = max(rows, key=lambda i: float(alike[i, rows].sum()))
    ids = tuple(worries[i].finding_id for i in rows)
    # known by its first concern, so that a thread that grows stays itself
    name = hashlib.sha256(f"thread|{ids[0]}".encode()).hexdigest()[:16]
    return Thread(name, worries[central].text, ids)


def pair_tables(worries: Sequence[Worry]) -> dict[str, Floats]:
    """Each of ``PAIRS`` for every two concerns, (n, n) each."""
    import numpy as np

    own = np.stack([w.vector for w in worries])
    turn = np.stack([w.turn for w in worries])
    crossed = own @ turn.T
    rarity = Rarity([f"{w.item_title} {w.around}" for w in worries])

    def equal(values: Sequence[str]) -> Floats:
        names = np.array(values)
        same = (names[:, None] == names[None, :]) & (names != "")[:, None]
        return np.asarray(same, dtype=np.float32)

    return {
        "own": own @ own.T,
        "turn": turn @ turn.T,
        "crossed": np.maximum(crossed, crossed.T),
        "own_words": _word_cosines([rarity.weights(w.text) for w in worries]),
        "turn_words": _word_cosines(
            [rarity.weights(f"{w.item_title} {w.around}") for w in worries]
        ),
        "titles": equal([w.item_title for w in worries]),
        "title_words": _word_cosines([rarity.weights(w.item_title) for w in worries]),
        "same_meeting": equal([w.meeting_id for w in worries]),
        "same_person": equal([w.who for w in worries]),
    }


def _word_cosines(weighed: Sequence[Mapping[str, float]]) -> Floats:
    """The cosine of every two texts over their weighed words, (n, n)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    column = {w: i for i, w in enumerate(sorted({w for t in weighed for w in t}))}
    entries = [(r, column[w], v) for r, t in enumerate(weighed) for w, v in t.items()]
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    table = csr_matrix((values, (rows, columns)), shape=(len(weighed), max(len(column), 1)))
    norms = np.sqrt(np.asarray(table.multiply(table).sum(axis=1))).ravel()
    norms[norms == 0] = 1.0
    made: Floats = ((table @ table.T).toarray() / norms[:, None] / norms[None, :]).astype(
        np.float32
    )
    return made


def chances(tables: Mapping[str, Floats], kept: Mapping[str, Any]) -> Floats:
    """How likely every two concerns are one worry, (n, n)."""
    import numpy as np

    weighed = [w * tables[f] for f, w in zip(kept["features"], kept["weights"], strict=True)]
    made: Floats = 1 / (1 + np.exp(-(np.sum(weighed, axis=0) + kept["bias"])))
    return made


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """The shipped weights, by ``PAIRS``."""
    text = files("models").joinpath("artefacts", "threads.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read
