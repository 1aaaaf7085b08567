"""Folds what was said, minuted and decided into lives.

Pure and linear: each event is made once, sorted among its own and read a fixed number of times,
and what was merged shows on the one that stays, not on all between.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from transcripts.entries import Around, entry_of, not_here
from transcripts.gather import Heap, Heaps, as_note, gather, lines_of, own_events
from transcripts.ladders import in_order, stood
from transcripts.ledger import Decision
from transcripts.life import DECIDED, PROPOSED, Event, Life, Made, Minuted, Told
from transcripts.steps import came_of_a_split, day_of

NUMBERED = re.compile(r"(.*?)(\d{0,9})", re.DOTALL)
Ordered = list[tuple[float, Event]]


def fold(
    made: Sequence[Made],
    told: Sequence[Told],
    minuted: Sequence[Minuted],
    decisions: Sequence[Decision],
    *,
    today: date,
    meetings: Sequence[tuple[str, date]] = (),
) -> list[Life]:
    """Every life, in order of reference."""
    heaps = gather(made, told, minuted, decisions)
    into, vain = _merged(heaps, decisions)
    shown = _shown(heaps, into, vain)
    around = Around(today.isoformat(), _days_met(meetings, today))
    held = sorted(heaps, key=lambda heap: place(heap.reference))
    return [_life(heap, in_order(shown[heap.reference]), around) for heap in held]


def _life(heap: Heap, events: Sequence[Event], around: Around) -> Life:
    if not heap.known:
        return Life(not_here(heap), tuple(map(as_note, events)))
    outcome = heap.made.outcome if heap.made else ""
    reopened = frozenset(line.id for line in lines_of(heap, "reopen"))
    return Life(entry_of(heap, events, stood(events, outcome, reopened), around), tuple(events))


def _merged(heaps: Heaps, decisions: Sequence[Decision]) -> tuple[dict[str, str], set[str]]:
    """Reference taken in → the one it was taken into, and the lines that could not be done.

    Two that would swallow each other do not: the second of those merges is in vain.
    """
    into: dict[str, str] = {}
    vain: set[str] = set()
    lines = [(day_of(d), at, d) for at, d in enumerate(decisions) if d.kind in ("merge", "reopen")]
    for _, _, line in sorted(lines, key=lambda found: found[:2]):
        taken = heaps.of(line.reference).reference
        stays = heaps.of(line.verdict).reference if line.kind == "merge" and line.verdict else ""
        if line.kind == "reopen":
            into.pop(taken, None)
        elif stays and taken not in _on_the_way(stays, into):
            into[taken] = stays
        else:
            vain.add(line.id)
    return into, vain


def _on_the_way(reference: str, into: dict[str, str]) -> list[str]:
    """A reference and all that it was taken into, one after the other."""
    way = [reference]
    while way[-1] in into:
        way.append(into[way[-1]])
    return way


def stays_in_the_end(reference: str, into: dict[str, str]) -> str:
    """The one that what was merged is now part of, itself where it was not merged."""
    return _on_the_way(reference, into)[-1]


def _shown(heaps: Heaps, into: dict[str, str], vain: set[str]) -> dict[str, Ordered]:
    """The events of every reference: its own, those of what it took in, and of what it came of."""
    came_of = [(heaps.of(other).reference, at, d) for at, d, other in list(_splits(heaps))]
    own = {
        heap.reference: [(at, as_note(e) if e.id in vain else e) for at, e in own_events(heap)]
        for heap in heaps
    }
    shown = {reference: list(events) for reference, events in own.items()}
    known: dict[str, tuple[set[str], set[str]]] = {}
    for taken in into:
        stays = stays_in_the_end(taken, into)
        if stays not in known:
            known[stays] = _not_again(heaps.of(stays), own[stays])
        shown[stays] += _taken_over(own[taken], taken, known[stays])
    for other, at, line in came_of:
        shown[other].append((float(at), came_of_a_split(line)))
    return shown


def _splits(heaps: Heaps) -> Iterator[tuple[int, Decision, str]]:
    for heap in heaps:
        for at, line in heap.lines:
            if line.kind == "split":
                yield from ((at, line, other) for other in dict.fromkeys(line.others))


def _taken_over(events: Ordered, taken: str, known: tuple[set[str], set[str]]) -> Ordered:
    """What the one that stays shows of the one it took in, beside what it has."""
    counted, listed = known
    return [
        (at, _carried(event, taken))
        for at, event in events
        if event.source not in (listed if event.standing == PROPOSED else counted)
    ]


def _not_again(heap: Heap, own: Ordered) -> tuple[set[str], set[str]]:
    """What is not taken over: what counts here already, and what is at least listed here.

    Nor, in either case, a claim that a person said is not about it.
    """
    refused = heap.refused()
    counted = {event.source for _, event in own if event.standing != PROPOSED}
    return counted | refused, {event.source for _, event in own} | refused


def _carried(event: Event, reference: str) -> Event:
    """An event as it shows on the one that stays: answers and progress count, the rest is told."""
    ended = event.standing == DECIDED and event.state in ("superseded", "closed_no_action")
    if event.ladder in ("response", "implementation") and not ended:
        return as_said_of(event, reference)
    return event if event.standing == PROPOSED else as_note(event, f"of {reference}")


def as_said_of(event: Event, reference: str) -> Event:
    """The event with a note of the reference it is about."""
    return replace(event, note="; ".join(filter(None, (f"of {reference}", event.note))))


def _days_met(meetings: Sequence[tuple[str, date]], today: date) -> Mapping[str, Sequence[str]]:
    days: dict[str, set[str]] = defaultdict(set)
    for committee, day in meetings:
        if day <= today:
            days[committee.casefold()].add(day.isoformat())
    return {committee: sorted(met) for committee, met in days.items()}


def place(reference: str) -> tuple[str, int, str]:
    """References of one year in the order of their numbers, also beyond 99."""
    found = NUMBERED.fullmatch(reference)
    series, number = found.groups() if found else (reference, "")
    return series.casefold(), int(number or 0), reference
