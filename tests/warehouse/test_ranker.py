"""The learned order is data, and its verdicts add up."""

from __future__ import annotations

import numpy as np
import pytest

from tests.warehouse import builders as b
from warehouse import ranker, store
from warehouse.matching import rank, understood
from warehouse.query import Filters
from warehouse.reader import open_reader


@pytest.mark.parametrize("mode", ["words", "both"])
def test_a_verdict_is_the_sum_of_what_each_signal_gives(mode: str) -> None:
    """Whatever the signals are: the start, and the parts."""
    learned = ranker.shipped(mode)
    seen = np.random.default_rng(3).random((50, len(learned.names))).astype(np.float32)
    parts = learned.parts(seen)
    first = learned.start + learned.value[:, 0].sum()
    assert parts.shape == seen.shape
    assert learned.scores(seen) == pytest.approx(first + parts.sum(axis=1), abs=1e-4)


@pytest.mark.parametrize("mode", ["words", "both"])
def test_the_trees_never_hold_more_of_a_signal_against_a_place(mode: str) -> None:
    """A place that has more of the words cannot stand lower for it, but by the plain sum."""
    learned = ranker.shipped(mode)
    at = learned.names.index("bm25 of its exchange")
    rng = np.random.default_rng(4)
    low = rng.random((200, len(learned.names))).astype(np.float32)
    high = low.copy()
    high[:, at] += rng.random(200).astype(np.float32)
    gained = learned.scores(high) - learned.scores(low)
    assert (gained - (high - low) @ learned.weights > -1e-4).all()


def test_every_signal_of_the_rankers_is_told(tmp_path: object) -> None:
    """A renamed signal would else be met by the first search of a user."""
    store.load(tmp_path, [b.done("june")])  # type: ignore[arg-type]
    with open_reader(tmp_path) as reader:  # type: ignore[arg-type]
        ranked = rank(
            reader, understood(reader, "bins"), mode="both", encode=b.encode, filters=Filters(),
            allowed=None, learned=ranker.blank(),
        )  # fmt: skip
    assert ranked.why is not None
    for mode in ("words", "both"):
        assert set(ranker.shipped(mode).names) == set(ranked.why.names)
