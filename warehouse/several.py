"""A phrase in several archives, one a council: its places in time order, its counts together."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from warehouse.comparing import searched_in_all
from warehouse.concordance import Occurrence
from warehouse.scope import Scope
from warehouse.spans import MONTHS_OF, beginnings, in_words
from warehouse.trends import ROLES, Figure, Stretch, Trends, figure

Row = tuple[Occurrence, str]


def in_time(found: Sequence[Iterable[Row]]) -> Iterator[Row]:
    """The occurrences of each archive, which are in time order, as one such list."""
    return heapq.merge(*found, key=lambda row: row[0].date)


def scope_of_all(each: Sequence[Scope]) -> Scope:
    """What was searched in all of them."""
    if len(each) == 1:
        return each[0]
    return Scope(
        sum(s.meetings_held for s in each),
        sum(s.meetings_searched for s in each),
        tuple(meeting for s in each for meeting in s.not_searched),
        searched_in_all([s.searched for s in each]),
    )


def trends_of_all(each: Sequence[tuple[str, Trends]]) -> Trends:
    """The counts of several archives together, each with its council.

    Of committees that two councils call alike each keeps its own row, with its council.
    """
    _, first = each[0]
    if len(each) == 1:
        return first
    total = _sum("all", None, [t.total for _, t in each])
    return replace(first, stretches=tuple(_stretches(first.by, each)), total=total)


def _stretches(by: str, each: Sequence[tuple[str, Trends]]) -> Iterator[Stretch]:
    every = [s for _, t in each for s in t.stretches]
    if by in MONTHS_OF and every:
        begun: dict[date | None, list[Stretch]] = defaultdict(list)
        for stretch in every:
            begun[stretch.begins].append(stretch)
        days = [s.begins for s in every if s.begins]
        for begins in beginnings(min(days), max(days), by):
            yield _sum(in_words(begins, by), begins, begun[begins] or [_nothing(every[0])])
    elif by == "committee":
        labels = [s.label for s in every]
        own = [(council, s) for council, t in each for s in t.stretches]
        told = [
            replace(s, label=f"{s.label}, {council}") if labels.count(s.label) > 1 else s
            for council, s in own
        ]
        yield from sorted(told, key=lambda s: s.label)
    else:
        for label in ROLES.values():
            if same := [s for s in every if s.label == label]:
                yield _sum(label, None, same)


def _nothing(like: Stretch) -> Stretch:
    return Stretch("", None, 0, 0, 0.0, tuple(Figure() for _ in like.figures))


def _sum(label: str, begins: date | None, parts: Sequence[Stretch]) -> Stretch:
    hours = sum(p.hours_spoken for p in parts)
    figures = tuple(
        _together(same, hours) for same in zip(*(p.figures for p in parts), strict=True)
    )
    return Stretch(
        label,
        begins,
        sum(p.meetings_held for p in parts),
        sum(p.meetings_searched for p in parts),
        round(hours, 6),
        figures,
    )


def _together(figures: Sequence[Figure], hours: float) -> Figure:
    """Their sum; nothing where none of them was searched, which is not 0."""
    told = [f for f in figures if f.occurrences is not None]
    if not told:
        return Figure()
    times = sum(f.occurrences or 0 for f in told)
    return figure(times, sum(f.meetings or 0 for f in told), hours)
