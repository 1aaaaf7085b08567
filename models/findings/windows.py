"""Windows: stretches of talk that a network reads at once, so that each sentence has its context.

Reading a sentence with what was said before and after costs little more than reading it alone
when neighbours share one window (Cohan et al. 2019, sequential sentence classification). The
sentences at a window's ends are only read; they are judged in the window where they stand inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.findings.features import Place

LONGEST = 384  # word pieces; shorter windows are read twice more often, longer ones cost more
MARGIN = 1  # sentences at each end that are only read; with two nothing was found better
SAME_TALK = 2  # turns; further apart means that something lies between


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences ``[first, end)``; those of ``[judged_from, judged_to)`` are judged."""

    first: int
    end: int
    judged_from: int
    judged_to: int

    @property
    def rows(self) -> range:
        return range(self.first, self.end)


def stretches(places: Sequence[Place]) -> list[range]:
    """Runs of sentences of one meeting without a gap in its turns, in order."""
    found: list[range] = []
    first = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or not _goes_on(places[at - 1], places[at]):
            found.append(range(first, at))
            first = at
    return found if places else []


def windows(
    lengths: Sequence[int], stretch: range, *, longest: int = LONGEST, margin: int = MARGIN
) -> list[Window]:
    """Windows over one stretch; every sentence of it is judged in exactly one.

    ``lengths`` counts word pieces by sentence. A sentence longer than a window has one alone.
    """
    found: list[Window] = []
    at = stretch.start
    while at < stretch.stop:
        first = _begin(lengths, at, max(stretch.start, at - margin), longest)
        end, total = first, 1
        while end < stretch.stop and (total + lengths[end] + 1 <= longest or end <= at):
            total += lengths[end] + 1
            end += 1
        judged_to = end if end == stretch.stop else max(at + 1, end - margin)
        found.append(Window(first, end, at, judged_to))
        at = judged_to
    return found


def _begin(lengths: Sequence[int], at: int, first: int, longest: int) -> int:
    """Where a window begins that judges from ``at``: what is only read leaves it half the room."""
    while first < at and 1 + sum(n + 1 for n in lengths[first : at + 1]) > longest // 2:
        first += 1
    return first


def _goes_on(before: Place, after: Place) -> bool:
    return before.meeting == after.meeting and abs(after.turn - before.turn) <= SAME_TALK
