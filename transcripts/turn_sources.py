"""Turns of a seat log beside those of the sound: what the log leaves to the sound, and both as one.

A log may begin late, stop early or miss a lectern. Speech under no open microphone is told apart
by sound; a voice that the sound heard under one microphone keeps that microphone's label there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from transcripts.utterances import Voices
from transcripts.words import UNKNOWN_VOICE, Turn, Word

Region = tuple[float, float]
REACH_S = 0.5  # a microphone is switched on after the first word and off before the last
SHORTEST_S = 0.5  # shorter speech under no microphone is the edge of a turn
STEP_S = 0.5
ENOUGH_S = 10.0  # of a voice of the sound under open microphones, and
MOSTLY = 0.9  # the share of that under one of them, for the voice to be that microphone's
FITS = 0.5  # share of the speech between its first and last row that a log must explain


def left_over(regions: Sequence[Region], turns: Sequence[Turn]) -> list[Region]:
    """The stretches of speech under no open microphone, without the very short ones."""
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


def together(log: Sequence[Turn], rest: Sequence[Turn], sound: Sequence[Turn]) -> list[Turn]:
    """The log's turns and the ``rest`` of the sound's, in time order.

    A voice of the sound that is heard under one microphone is that microphone's voice elsewhere
    too; the others are numbered on from the log's.
    """
    names = _same_voices(log, sound)
    taken = max((int(t.voice.removeprefix("V")) for t in log), default=0)
    others = dict.fromkeys(t.voice for t in rest if t.voice not in names)
    names |= {voice: f"V{taken + n}" for n, voice in enumerate(others, start=1)}
    renamed = [Turn(names[t.voice], t.start_s, t.end_s) for t in rest]
    return sorted([*log, *renamed], key=lambda t: (t.start_s, t.end_s, t.voice))


def _same_voices(log: Sequence[Turn], sound: Sequence[Turn]) -> dict[str, str]:
    """The microphone of each of the sound's voices that speaks enough, and nearly only, there."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    microphones = Voices(log, last_has_it=True)
    for turn in sound:
        at = turn.start_s
        while at < turn.end_s:
            voice = microphones.of(Word("", at, min(at + STEP_S, turn.end_s)))
            heard[turn.voice][voice] += 1
            at += STEP_S
    found = {}
    for voice, counts in heard.items():
        counts.pop(UNKNOWN_VOICE, None)
        best, steps = counts.most_common(1)[0] if counts else ("", 0)
        if steps * STEP_S >= ENOUGH_S and steps >= MOSTLY * counts.total():
            found[voice] = best
    return found


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
