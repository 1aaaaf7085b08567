"""Everything about one reference, in one place: what is folded into its life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from transcripts import steps
from transcripts.ledger import REGISTER_KINDS, Decision
from transcripts.life import CLAIMED, MINUTED, Event, Made, Minuted, Told
from transcripts.states import in_words

ABOUT_RECOMMENDATIONS = frozenset((*REGISTER_KINDS, "note"))
VERDICTS = (steps.ACCEPTED, steps.REJECTED)


@dataclass(slots=True)
class Heap:
    """What is known of one reference, gathered while folding. ``lines`` are in ledger order."""

    reference: str
    made: Made | None = None
    told: list[Told] = field(default_factory=list)
    minuted: list[Minuted] = field(default_factory=list)
    lines: list[tuple[int, Decision]] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether there is a recommendation here: made in a meeting, or in somebody's tracker."""
        return self.made is not None or any(line.kind == "entry" for _, line in self.lines)

    def refused(self) -> set[str]:
        """The claims and points of which a person said that they are not about this one."""
        said = self.verdicts("link") | self.verdicts("minuted")
        return {source for source, line in said.items() if line.verdict == steps.REJECTED}

    def verdicts(self, kind: str) -> dict[str, Decision]:
        """The last word on each claim or point; ``kind`` is ``link`` or ``minuted``."""
        return {
            line.claim_id or line.point_id: line
            for _, line in self.lines
            if line.kind == kind and line.verdict in VERDICTS
        }


class Heaps:
    """The heaps by reference, as it is spelt where it was made; people type either case."""

    def __init__(self) -> None:
        self._heaps: dict[str, Heap] = {}

    def __iter__(self) -> Iterator[Heap]:
        return iter(self._heaps.values())

    def of(self, reference: str) -> Heap:
        """The heap of a reference, an empty one where nothing is known of it yet."""
        key = reference.casefold()
        if key not in self._heaps:
            self._heaps[key] = Heap(reference)
        return self._heaps[key]


def gather(
    made: Sequence[Made],
    told: Sequence[Told],
    minuted: Sequence[Minuted],
    decisions: Sequence[Decision],
) -> Heaps:
    """Lays everything out by reference; a note on a finding goes to its recommendation."""
    heaps = Heaps()
    by_finding: dict[str, str] = {}
    for m in sorted(made, key=lambda m: (m.day, m.reference, m.finding_id)):
        heap = heaps.of(m.reference or m.finding_id)
        heap.made = heap.made or m
        by_finding[m.finding_id] = heap.reference
    for at, line in enumerate(decisions):
        reference = line.reference or by_finding.get(line.finding_id, "")
        if reference and line.kind in ABOUT_RECOMMENDATIONS:
            heaps.of(reference).lines.append((at, line))
    for t in told:
        heaps.of(t.reference).told.append(t)
    for point in minuted:
        heaps.of(point.reference).minuted.append(point)
    _link_what_people_linked(heaps, told)
    return heaps


def _link_what_people_linked(heaps: Heaps, told: Sequence[Told]) -> None:
    """A person may tie a claim to a recommendation that the machine did not think of."""
    wanted = {claim_id for heap in heaps for claim_id in heap.verdicts("link")}
    # in an order of their own: a claim may be tied to several, and told of each otherwise
    claims = {t.claim_id: t for t in sorted((t for t in told if t.claim_id in wanted), key=repr)}
    for heap in list(heaps):
        have = {t.claim_id for t in heap.told}
        for claim_id, line in heap.verdicts("link").items():
            if line.verdict == steps.ACCEPTED and claim_id in claims and claim_id not in have:
                heap.told.append(
                    replace(
                        claims[claim_id],
                        reference=heap.reference,
                        standing=CLAIMED,
                        reasons=(f"linked by {line.who}",),
                    )
                )


def own_events(heap: Heap) -> list[tuple[float, Event]]:
    """The events of a heap, each with where it stands among those of its day."""
    out: list[tuple[float, Event]] = []
    if heap.made is not None:
        out += [(float(n), event) for n, event in enumerate(steps.of_making(heap.made))]
    links, points = heap.verdicts("link"), heap.verdicts("minuted")
    out += [
        (t.start_s, event)
        for t in heap.told
        if (event := steps.of_claim(t, links.get(t.claim_id))) is not None
    ]
    out += [
        (0.0, event)
        for point in heap.minuted
        if (event := steps.of_point(point, points.get(point.point_id))) is not None
    ]
    for at, line in heap.lines:
        made = steps.of_entry(line) if line.kind == "entry" else (steps.of_decision(line),)
        out += [(float(at), event) for event in made]
    return out


def as_note(event: Event, before: str = "") -> Event:
    """The same event telling no state: what it said is in its note."""
    parts = (before, in_words(event.state), event.note)
    return replace(event, ladder="", state="", note="; ".join(filter(None, parts)))


def counted_points(heap: Heap) -> list[Minuted]:
    """The points of the minutes that are this recommendation, as explicit as a key or a person."""
    verdicts = heap.verdicts("minuted")
    return [
        p
        for p in heap.minuted
        if (event := steps.of_point(p, verdicts.get(p.point_id))) and event.standing == MINUTED
    ]


def lines_of(heap: Heap, *kinds: str) -> list[Decision]:
    """The lines of these kinds, in ledger order."""
    return [line for _, line in heap.lines if line.kind in kinds]
