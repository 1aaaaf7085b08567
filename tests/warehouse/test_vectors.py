"""Compressed vectors keep what matters: the order of the nearest."""

from __future__ import annotations

import numpy as np
import pytest

from warehouse.vectors import (
    against_signs,
    codes_of,
    distances,
    in_columns,
    least,
    quantised,
    similarities,
)


@pytest.mark.parametrize("dimensions", [12, 64, 384])
def test_two_passes_find_what_an_exact_scan_finds(dimensions: int) -> None:
    """Nine of the nearest ten, of 5,000 in clusters, for any width."""
    rng = np.random.default_rng(5)
    centres = rng.standard_normal((50, dimensions))
    made = centres[rng.integers(0, 50, 5000)] + 0.7 * rng.standard_normal((5000, dimensions))
    vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    query = vectors[7] + 0.02 * rng.standard_normal(dimensions).astype(np.float32)

    first = least(distances(in_columns(codes_of(vectors)), query), 1000)
    assert len(first) == 1000
    likely = against_signs(in_columns(codes_of(vectors))[:, first], query)
    first = first[np.argsort(-likely)[:500]]
    stored = [row.tobytes() for row in quantised(vectors)[first]]
    found = first[np.argsort(-similarities(stored, query))[:10]]
    exact = np.argsort(-(vectors @ query))[:10]

    assert len(set(found.tolist()) & set(exact.tolist())) >= 9


def test_a_vector_of_nothing_is_near_nothing() -> None:
    """An empty sentence has no direction; it must not become not-a-number."""
    empty = np.zeros((1, 16), dtype=np.float32)
    assert similarities([quantised(empty)[0].tobytes()], np.ones(16, dtype=np.float32)) == [0.0]
