"""Which of its events tells the state of a recommendation, on each of the three ladders.

The later day holds; of one day, what a person decided before what was minuted, and that before
what was said. What merely follows from the date never displaces what somebody said or decided, and
what takes no view ("noted", "passed to officers") displaces an answer only where a person says so.
Nor does a word displace proof: what is complete with a page to show stays so whatever is said of
it later, until a person decides otherwise; who disputes it stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transcripts.life import CLAIMED, DECIDED, HEARD, MINUTED, PROPOSED, Entry, Event
from transcripts.states import DERIVED, DISPUTED

OUTCOMES = ("floated", "agreed", "not_agreed", "withdrawn", "downgraded_to_comment")
NOT_MADE = frozenset(("not_agreed", "withdrawn", "downgraded_to_comment"))
LEFT = NOT_MADE | {"floated"}  # nothing was asked of anybody
AGREED = frozenset(("agreed", "minuted_draft", "minuted_approved", "referred"))
NO_VIEW = frozenset(("noted_only", "forwarded_to_officers", "interim"))  # neither yes nor no
CLOSED, SUPERSEDED = "closed_no_action", "superseded"
ENDS = frozenset(("complete", SUPERSEDED, CLOSED, "no_longer_feasible"))
RANK = {HEARD: 0, PROPOSED: 1, CLAIMED: 2, MINUTED: 3, DECIDED: 4}
UPWARDS = ("minuted_draft", "minuted_approved", "referred")


def followed(entries: Iterable[Entry]) -> list[Entry]:
    """What the register follows: recommendations by which somebody was asked for something."""
    return [entry for entry in entries if entry.recommendation not in LEFT]


def at_end(entry: Entry) -> bool:
    """Whether nothing more is looked for. "Complete" on a word alone is no end: it stays open."""
    return not entry.open or entry.status == "no_longer_feasible"


def awaited(entry: Entry) -> bool:
    """Whether anything is still to come of it: not at its end, and not refused."""
    return not at_end(entry) and entry.response != "rejected"


@dataclass(frozen=True, slots=True)
class Stood:
    """The events that tell where a recommendation stands; None where nothing tells it."""

    recommendation: Event | None
    response: Event | None
    implementation: Event | None
    disputed: bool
    proof: Event | None = None  # of completion, other than somebody's word
    closed: Event | None = None  # by a person
    since: Event | None = None  # what was last said against a completion that has proof


def in_order(events: Iterable[tuple[float, Event]]) -> list[Event]:
    """Events by day, then by what weighs more, then by where in meeting or ledger they stand."""
    ranked = sorted(events, key=lambda e: (e[1].day, RANK[e[1].standing], e[0], e[1].id))
    return [event for _, event in ranked]


def stood(events: Sequence[Event], outcome: str, reopened: frozenset[str]) -> Stood:
    """Where a recommendation stands after ``events``, which are in order.

    ``outcome`` is that of its meeting, ``reopened`` are the ids of the lines that reopened it:
    each sets aside whatever ended it before.
    """
    last = max((n for n, e in enumerate(events) if e.id in reopened), default=-1)
    told = [
        e
        for n, e in enumerate(events)
        if e.state and e.standing != PROPOSED and not (n < last and _ended(e))
    ]
    doing = [e for e in told if e.ladder == "implementation" and e.state != DISPUTED]
    proof = next((e for e in reversed(doing) if _proves(e)), None)
    weaker = _said_since(doing, proof)
    latest = _doing([e for e in doing if e not in weaker])
    return Stood(
        _made([e for e in told if e.ladder == "recommendation"], outcome or "floated"),
        _answered([e for e in told if e.ladder == "response"]),
        latest,
        any(e.state == DISPUTED for e in told),
        proof,
        next((e for e in reversed(doing) if e.state == CLOSED and e.standing == DECIDED), None),
        weaker[-1] if weaker and latest is proof else None,
    )


def _proves(event: Event) -> bool:
    """Whether it shows that something is done: a person's line with a page, not only a word."""
    return event.state == "complete" and event.standing == DECIDED and bool(event.evidence.link)


def _said_since(doing: Sequence[Event], proof: Event | None) -> list[Event]:
    """What was said, and not decided, to be otherwise after the last proof of completion."""
    if proof is None:
        return []
    later = doing[doing.index(proof) + 1 :]
    return [e for e in later if e.standing != DECIDED and e.state != "complete"]


def _ended(event: Event) -> bool:
    if event.ladder == "recommendation":
        return event.state in NOT_MADE and event.standing != HEARD
    return event.state in ENDS


def _latest(told: Sequence[Event]) -> Event | None:
    said = [e for e in told if e.state not in DERIVED] or told
    return said[-1] if said else None


def _answered(told: Sequence[Event]) -> Event | None:
    """The last that takes a view, or that a person decided; where there is none, the last.

    "Noted" said after "accepted" is no second answer: the committee heard of it and moved on.
    """
    views = [e for e in told if e.state not in NO_VIEW or e.standing == DECIDED]
    return _latest(views or told)


def _doing(told: Sequence[Event]) -> Event | None:
    """What a person ended stays so until it is reopened; closing leaves how it had ended."""
    ends = [e for e in told if e.standing == DECIDED and e.state in (CLOSED, SUPERSEDED)]
    replaced = [e for e in ends if e.state == SUPERSEDED]
    if replaced or not ends:
        return replaced[-1] if replaced else _latest(told)
    before = _latest([e for e in told if e.state != CLOSED])
    return before if before and before.state in ENDS else ends[-1]


def _made(told: Sequence[Event], outcome: str) -> Event | None:
    """The outcome, unless a person says another; then minuted and referred, whichever is higher."""
    later = [e for e in told if e.state in OUTCOMES and e.standing != HEARD]
    if later and later[-1].state in NOT_MADE:
        return later[-1]
    for state in reversed(UPWARDS):
        found = [e for e in told if e.state == state]
        if found:
            return found[-1]
    heard = [e for e in told if e.standing == HEARD]
    own = [e for e in heard if e.state == outcome] or heard
    return later[-1] if later else (own[-1] if own else None)
