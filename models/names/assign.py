"""From evidence to one consistent assignment of persons to voices.

Each pair of voice and person is scored; the assignment with the highest sum is taken (Kuhn 1955,
in scipy); a pair is named only if its score passes a bar and beats every rival by a margin. A
voice is never named because nobody else is left.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.names.evidence import Evidence

BAR = 2.9
GUEST_BAR = 3.3  # for a name that no roster holds
MARGIN = 2.0
LOG = "seat-log"  # who is a microphone by a log may be another voice by sound where the log is not
SECOND_VOICE = 5.0  # a person may be a second voice too where that stands on its own feet


@dataclass(frozen=True, slots=True)
class Choice:
    """A person for a voice, how far ahead of the next, and what speaks for it."""

    person: str
    score: float
    margin: float
    evidence: tuple[Evidence, ...]


def scores(evidence: Iterable[Evidence]) -> dict[str, dict[str, float]]:
    """Score of each person for each voice; a rule's fourth cue adds less than its first."""
    counts: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for e in evidence:
        counts[e.voice, e.person, e.rule].append(e.weight)
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (voice, person, _), weights in counts.items():
        found[voice][person] += weights[0] * (1 + math.log(len(weights)))
    return {v: dict(p) for v, p in found.items()}


def assign(
    voices: Sequence[str], evidence: Sequence[Evidence], *, apart: bool = False
) -> dict[str, Choice]:
    """The voices that can be given a person, with the reasons.

    ``apart``: each voice by itself, for a person may be any number of them.
    """
    table = scores(evidence)
    if apart:
        return _each(voices, table, evidence)
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    people = sorted({p for v in table.values() for p, s in v.items() if s > 0})
    if not people:
        return {}
    matrix = np.array([[table.get(v, {}).get(p, 0.0) for p in people] for v in voices])
    nobody = np.zeros((len(voices), len(voices)))
    rows, columns = linear_sum_assignment(np.hstack([matrix, nobody]), maximize=True)
    # a person of no score is as good as nobody, and would hide whom the voice is a second voice of
    taken = {
        voices[r]: people[c]
        for r, c in zip(rows, columns, strict=True)
        if c < len(people) and matrix[r, c] > 0
    }
    chosen: dict[str, Choice] = {}
    for voice in voices:
        for person in (taken.get(voice, ""), _second(voice, table, taken)):
            choice = _choice(voice, person, table, taken, evidence) if person else None
            if choice and choice.score >= _bar(person) and choice.margin >= MARGIN:
                chosen[voice] = choice
                break
    return chosen


def _each(
    voices: Sequence[str], table: dict[str, dict[str, float]], evidence: Sequence[Evidence]
) -> dict[str, Choice]:
    """The best person of each voice, whoever else is that person."""
    chosen: dict[str, Choice] = {}
    for voice in voices:
        own = table.get(voice, {})
        person = max(own, key=lambda p: own[p], default="")
        choice = _choice(voice, person, {voice: own}, {}, evidence) if person else None
        if choice and choice.score >= _bar(person) and choice.margin >= MARGIN:
            chosen[voice] = choice
    return chosen


def _bar(person: str) -> float:
    return GUEST_BAR if person.startswith("?") else BAR


def _second(voice: str, table: dict[str, dict[str, float]], taken: dict[str, str]) -> str:
    """A person already given to another voice whom this voice, too, plainly is."""
    own = table.get(voice, {})
    best = max(own, key=lambda p: own[p], default="")
    return best if best in taken.values() and own[best] >= SECOND_VOICE else ""


def _choice(
    voice: str,
    person: str,
    table: dict[str, dict[str, float]],
    taken: dict[str, str],
    evidence: Sequence[Evidence],
) -> Choice:
    own = table.get(voice, {})
    score = own.get(person, 0.0)
    others = [s for p, s in own.items() if p != person]
    logged = any(e.rule == LOG and e.voice == voice and e.person == person for e in evidence)
    rivals = [
        theirs.get(person, 0.0)
        for v, theirs in table.items()
        if v != voice and not logged and not _explained(v, person, theirs, taken)
    ]
    margin = score - max(0.0, *others, *rivals) if others or rivals else score
    reasons = tuple(e for e in evidence if e.voice == voice and e.person == person)
    return Choice(person, score, margin, reasons)


def _explained(voice: str, person: str, own: dict[str, float], taken: dict[str, str]) -> bool:
    """Whether a voice that could be this person is better explained, or may share the person."""
    other = taken.get(voice, "")
    if other and other != person and own.get(other, 0.0) >= own.get(person, 0.0) + MARGIN:
        return True
    return own.get(person, 0.0) >= SECOND_VOICE
