"""Turns of a seat log beside those of the sound: what the log leaves to the sound, and both as one.

A log may begin late, stop early or miss a lectern. Speech under no open microphone is told apart
by sound; its voices are others than the log's, though the people may be the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from transcripts.words import Turn

Region = tuple[float, float]
REACH_S = 0.5  # a microphone is switched on after the first word and off before the last
SHORTEST_S = 2.0  # shorter speech under no microphone is a cough, a laugh, a clock that is off
FITS = 0.5  # share of the speech between its first and last row that a log must explain


def left_over(regions: Sequence[Region], turns: Sequence[Turn]) -> list[Region]:
    """The stretches of speech under no open microphone that are long enough to tell a voice."""
    found: list[Region] = []
    opened = _open(turns)
    for start, end in regions:
        at = start
        for a, b in opened:
            if b <= at or a >= end:
                continue
            found.append((at, a))
            at = b
        found.append((at, end))
    return [(a, b) for a, b in found if b - a >= SHORTEST_S]


def within(turns: Sequence[Turn], regions: Sequence[Region]) -> list[Turn]:
    """The parts of the turns that lie in one of the regions."""
    cut = (
        Turn(t.voice, max(t.start_s, a), min(t.end_s, b))
        for a, b in regions
        for t in turns
        if t.start_s < b and t.end_s > a
    )
    return sorted(cut, key=lambda t: (t.start_s, t.end_s, t.voice))


def fit(regions: Sequence[Region], turns: Sequence[Turn]) -> float:
    """Share of the speech between a log's first and last row that is under an open microphone."""
    first, last = min(t.start_s for t in turns), max(t.end_s for t in turns)
    inside = [(max(a, first), min(b, last)) for a, b in regions if a < last and b > first]
    total = sum(b - a for a, b in inside)
    missed = sum(b - a for a, b in left_over(inside, turns))
    return 1.0 - missed / total if total else 1.0


def together(log: Sequence[Turn], sound: Sequence[Turn]) -> list[Turn]:
    """Both in time order; the sound's voices are numbered on from the log's."""
    taken = len({t.voice for t in log})
    heard = dict.fromkeys(t.voice for t in sorted(sound, key=lambda t: t.start_s))
    more = {voice: f"V{taken + n}" for n, voice in enumerate(heard, start=1)}
    renamed = [Turn(more[t.voice], t.start_s, t.end_s) for t in sound]
    return sorted([*log, *renamed], key=lambda t: (t.start_s, t.end_s, t.voice))


def _open(turns: Sequence[Turn]) -> list[Region]:
    """When any microphone was open, a little longer at both ends."""
    merged: list[Region] = []
    for turn in sorted(turns, key=lambda t: t.start_s):
        start, end = turn.start_s - REACH_S, turn.end_s + REACH_S
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
