"""The learned order: a weighted sum and small decision trees kept as data, which explain a verdict.

The log-odds of a logistic regression over ``signals`` and of boosted trees of at most eight leaves
are added, both fitted on questions about real committee meetings (``benchmarks/ranker.py`` makes
the files), one for questions asked by words and one for those asked by words and meaning. More of a
signal never counts against a place in the trees. What the trees say is explained as Saabas (2014)
does it: along the way to its leaf, every step from the mean of a node to that of the next belongs
to the signal that was asked there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from warehouse.frame import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees as arrays of shape (trees, nodes); a node that is a leaf leads to itself."""

    names: tuple[str, ...]
    start: float
    weights: Floats  # of the sum, by signal
    signal: Ints
    bound: NDArray[np.float32]
    left: Ints  # taken where the signal is at most the bound
    right: Ints
    value: Floats  # of the node: at a leaf what it adds, above it the mean of what lies below
    depth: int

    def scores(self, signals: NDArray[np.float32]) -> Floats:
        """Log-odds that each row answers the question; shape (rows,)."""
        node = self._leaves(signals)
        trees = np.arange(self.signal.shape[0])
        total: Floats = self.start + self.value[trees, node].sum(axis=1)
        if len(self.weights):
            total += signals @ self.weights
        return total

    def _leaves(self, signals: NDArray[np.float32]) -> Ints:
        """The leaf of each row in each tree; shape (rows, trees).

        Everything is taken by position from one long row: that costs half of what rows and
        columns do.
        """
        trees, width = self.signal.shape
        root = np.arange(trees) * width
        ways = np.stack([self.right + root[:, None], self.left + root[:, None]], axis=2).ravel()
        asked, bound, known = self.signal.ravel(), self.bound.ravel(), signals.ravel()
        row = (np.arange(len(signals)) * signals.shape[1])[:, None]
        node: Ints = np.broadcast_to(root, (len(signals), trees))
        for _ in range(self.depth):
            low = known.take(row + asked.take(node)) <= bound.take(node)
            node = ways.take(2 * node + low)
        leaves: Ints = node - root
        return leaves

    def parts(self, signals: NDArray[np.float32]) -> Floats:
        """How much each signal adds to or takes from each row; shape (rows, signals)."""
        trees = np.arange(self.signal.shape[0])
        rows = np.arange(len(signals))[:, None]
        node = np.zeros((len(signals), len(trees)), dtype=np.int64)
        out: Floats = signals * self.weights
        for _ in range(self.depth):
            asked = self.signal[trees, node]
            low = signals[rows, asked] <= self.bound[trees, node]
            then = np.where(low, self.left[trees, node], self.right[trees, node])
            np.add.at(out, (rows, asked), self.value[trees, then] - self.value[trees, node])
            node = then
        return out


def blank() -> Ranker:
    """A ranker without an opinion, which sees every signal: what one is fitted with."""
    tree = {"signal": [0], "bound": [0.0], "left": [0], "right": [0], "value": [0.0]}
    held = {"signals": [], "start": 0, "weights": [], "depth": 1, "trees": [tree]}
    return loads(json.dumps(held))


@cache
def shipped(mode: str) -> Ranker:
    """The ranker that comes with the program for ``words``, or for ``both`` and ``meaning``."""
    name = f"ranker-{'words' if mode == 'words' else 'both'}.json"
    return loads(files("warehouse").joinpath(name).read_text(encoding="utf-8"))


def loads(text: str) -> Ranker:
    """A ranker from its data."""
    held = json.loads(text)
    trees = held["trees"]
    width = max(len(t["value"]) for t in trees)
    return Ranker(
        tuple(held["signals"]),
        float(held["start"]),
        np.array(held["weights"], dtype=np.float64),
        _table(trees, "signal", width).astype(np.int64),
        _table(trees, "bound", width).astype(np.float32),
        _table(trees, "left", width).astype(np.int64),
        _table(trees, "right", width).astype(np.int64),
        _table(trees, "value", width),
        int(held["depth"]),
    )


def _table(trees: Sequence[dict[str, list[float]]], name: str, width: int) -> Floats:
    return np.array([t[name] + [0] * (width - len(t[name])) for t in trees], dtype=np.float64)
