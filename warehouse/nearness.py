"""Things near one another in a text: words in any form, or words in a row, by their distance."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse import tokens

Way = tuple[str, ...]  # one way of saying a thing: its words in a row
Span = tuple[int, int]  # words of a text: the first and the one after the last


def holds_near(text: str, things: Sequence[Sequence[Way]], within: int) -> bool:
    """Whether all the things, in any order, stand within so many words of one another.

    ``within`` 1 is side by side, as the word distance of most archives has it; what two of them
    are made of is not counted. Two things alike have to be said twice. Each is given by every way
    of saying it, whose words may have any form.
    """
    said = [tokens.stem(w) for w in tokens.words(text)]
    spots = [_spots(said, {tuple(map(tokens.stem, way)) for way in ways}) for ways in things]
    if not all(spots):
        return False
    return any(_fit(spots, n, first, within) for n, own in enumerate(spots) for first in own)


def _spots(said: Sequence[str], ways: set[Way]) -> list[Span]:
    return sorted(
        (
            (start, start + len(way))
            for way in ways
            for start in range(len(said) - len(way) + 1)
            if tuple(said[start : start + len(way)]) == way
        ),
        key=lambda span: (span[1], -span[0]),
    )


def _fit(spots: Sequence[Sequence[Span]], of: int, first: Span, within: int) -> bool:
    """Whether from one spot on every other thing has one of its own that is near enough."""
    taken = [first]
    for n, own in enumerate(spots):
        if n == of:
            continue
        free = (s for s in own if s[0] >= first[0] and not any(_overlap(s, t) for t in taken))
        spot = next(free, None)
        if spot is None:
            return False
        taken.append(spot)
    between = max(end for _, end in taken) - first[0] - sum(end - start for start, end in taken)
    return between < within


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
