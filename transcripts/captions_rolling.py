"""What a roll-up display shows again: the last lines of one cue as the first of the next.

Only that is dropped. Whatever may have been said twice stays, for a roll call, a show of hands or
a "No, no, no" repeats words too: a display repeats them at once, with their marks and names, from
the beginning of a line, and to add something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

ROLLING_SHARE = 0.3  # of cues that begin with the end of the one before: a roll-up display
ADJOINS_S = 0.5  # a display goes on at once
MOMENT_S = 0.1  # nobody says a word in less: a cue that stands between two steps of a display


@dataclass(frozen=True, slots=True)
class Token:
    """A word as shown: whose it is, whether a mark stands before it, whether it begins a line."""

    word: str
    speaker: str = ""
    marked: bool = False
    begins_line: bool = False

    def is_again(self, before: Token) -> bool:
        """Lines may be broken elsewhere; a mark or another name is another's word."""
        ours, theirs = (self.word, self.speaker, self.marked), (
            before.word, before.speaker, before.marked,
        )  # fmt: skip
        return ours == theirs


@dataclass(frozen=True, slots=True)
class Shown:
    """One cue as shown, with its times."""

    start_s: float
    end_s: float
    tokens: tuple[Token, ...]

    @property
    def is_a_moment(self) -> bool:
        return 0 < self.end_s - self.start_s <= MOMENT_S


def shown_again(cues: Sequence[Shown]) -> list[int]:
    """How many words at the start of each cue are the display's repeats; none unless many are.

    Cues that say the same all over are no sign of a display.
    """
    pairs = list(pairwise(cues))
    again = [_repeats(a, b) for a, b in pairs]
    telling = sum(n > 0 and a.tokens != b.tokens for (a, b), n in zip(pairs, again, strict=True))
    if telling < max(2, ROLLING_SHARE * len(cues)):
        return [0] * len(cues)
    return [0, *again]


def _repeats(before: Shown, after: Shown) -> int:
    if after.start_s - before.end_s > ADJOINS_S:
        return 0
    return next((n for n in _overlaps(before.tokens, after.tokens) if _rolls(before, after, n)), 0)


def _overlaps(before: Sequence[Token], after: Sequence[Token]) -> list[int]:
    """The numbers of words that end ``before`` and begin ``after``, most first."""
    longest = min(len(before), len(after))
    return [
        n
        for n in range(longest, 0, -1)
        if all(b.is_again(a) for a, b in zip(before[-n:], after, strict=False))
    ]


def _rolls(before: Shown, after: Shown, count: int) -> bool:
    """Whether so many words are shown again, not said again."""
    if not before.tokens[-count].begins_line:
        return False
    if count < len(after.tokens):  # it adds something
        return True
    lines = _lines(after.tokens)
    at_once = after.is_a_moment or after.start_s < min(before.end_s, after.end_s) - MOMENT_S
    return at_once or len(set(lines)) > 1  # one new line cannot bring back several


def _lines(tokens: Sequence[Token]) -> list[str]:
    lines: list[list[str]] = [[]]
    for token in tokens:
        if token.begins_line:
            lines.append([])
        lines[-1].append(token.word)
    return [" ".join(line) for line in lines if line]
