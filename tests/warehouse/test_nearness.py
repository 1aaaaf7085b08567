"""Nearness is counted in words, between things that are what was asked for."""

from __future__ import annotations

import pytest

from warehouse.nearness import Way, holds_near

Things = tuple[tuple[Way, ...], ...]
BUS, LANE, MOULD = (("bus",),), (("lane",),), (("mould",), ("mold",))
RECOGNITION = (("facial", "recognition"),)


@pytest.mark.parametrize(("within", "held"), [(1, False), (3, False), (4, True), (10, True)])
def test_nearness_counts_words(within: int, held: bool) -> None:
    """In any order and any form of the words."""
    assert holds_near("A lane for the new buses.", (BUS, LANE), within) is held


@pytest.mark.parametrize(
    ("text", "things", "held"),
    [
        ("Facial recognition on the lane.", (RECOGNITION, LANE), True),
        ("The lane has facial recognition.", (RECOGNITION, LANE), True),
        ("Recognition of a facial lane.", (RECOGNITION, LANE), False),
        ("Mould in the lane.", (MOULD, MOULD), False),
        ("Mould upon mould.", (MOULD, MOULD), True),
        ("Mold in the lane.", (MOULD, LANE), True),
        ("A bus and a bus and a bus and then a lane.", (BUS, LANE, BUS), False),
        ("A bus in a bus lane.", (BUS, LANE, BUS), True),
    ],
)
def test_things_are_whole_and_each_is_said(text: str, things: Things, held: bool) -> None:
    """A phrase stays one, and what is asked for twice is said twice."""
    assert holds_near(text, things, 3) is held
