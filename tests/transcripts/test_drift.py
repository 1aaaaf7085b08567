"""Captions that come late are measured, and those that fit are left alone."""

from __future__ import annotations

import random

import pytest

from transcripts.drift import Drift, Region, drift


def speech(seconds: float, seed: int = 3) -> list[Region]:
    """Talk with pauses, as a meeting has it."""
    draw, at = random.Random(seed), 0.0
    found = []
    while at < seconds:
        length = draw.uniform(1.0, 12.0)
        found.append((at, at + length))
        at += length + draw.uniform(0.4, 6.0)
    return found


def late(regions: list[Region], by_s: float, more: float = 0.0) -> list[Region]:
    """The same, later, and later still towards the end."""
    end = regions[-1][1]
    return [(a + by_s + more * a / end, b + by_s + more * b / end) for a, b in regions]


@pytest.mark.parametrize("by_s", [0.0, 2.4, 7.0, -1.5])
def test_how_late_captions_are_is_told_to_a_fifth_of_a_second(by_s: float) -> None:
    heard = speech(1800)

    found = drift([r for r in late(heard, by_s) if r[0] >= 0], heard)

    assert found is not None
    assert found.late_s == pytest.approx(by_s, abs=0.2)
    assert found.grows_s == pytest.approx(0.0, abs=0.2)


def test_captions_that_lag_more_and_more_are_told() -> None:
    heard = speech(3600)

    found = drift(late(heard, 1.0, more=6.0), heard)

    assert found is not None
    assert found.late_s == pytest.approx(4.0, abs=0.6)
    assert found.grows_s == pytest.approx(4.0, abs=1.2)


def test_captions_of_another_meeting_tell_nothing() -> None:
    assert drift(speech(1800, seed=1), speech(1800, seed=2)) is None


@pytest.mark.parametrize(("words", "heard"), [([], [(0.0, 1.0)]), ([(0.0, 1.0)], [])])
def test_where_there_is_nothing_to_compare_nothing_is_told(
    words: list[Region], heard: list[Region]
) -> None:
    assert drift(words, heard) is None


def test_one_long_speech_without_a_pause_tells_nothing() -> None:
    assert drift([(0.0, 900.0)], [(0.0, 900.0)]) in (None, Drift(0.0, 0.0))
