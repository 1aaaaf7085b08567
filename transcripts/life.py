"""The life of a recommendation: what was made in the room, and every dated step since.

A register is never written: it is folded anew from what was heard, what was minuted and what
people decided. A state without evidence cannot come out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transcripts.ledger import Decision
from transcripts.states import DERIVED, LADDERS, states

HEARD, CLAIMED, PROPOSED, MINUTED, DECIDED = "heard", "claimed", "proposed", "minuted", "decided"
STANDINGS = (HEARD, CLAIMED, PROPOSED, MINUTED, DECIDED)
RAG = ("Green", "Amber", "Red", "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a step can be checked: verbatim words, who said or wrote them, and an address.

    ``accessed`` is the ISO day on which a page outside the archive was looked at.
    """

    quote: str = ""
    who: str = ""
    link: str = ""
    meeting_id: str = ""
    accessed: str = ""

    @property
    def holds(self) -> bool:
        """Whether there is anything to check: words, an address, or somebody who answers for it."""
        return bool(self.quote.strip() or self.link.strip() or self.who.strip())


@dataclass(frozen=True, slots=True)
class Event:
    """One step. ``day`` is ISO; ``state`` is a state of ``ladder``, or empty for a note.

    ``standing``: heard in the making meeting; claimed in a later one with an explicit key or
    confirmed by a person; proposed by likeness alone; minuted; decided by a person, who is
    ``by`` (else ``machine``). ``source`` is the id of the act, claim, minute or ledger line.
    """

    id: str
    day: str
    ladder: str
    state: str
    standing: str
    by: str
    evidence: Evidence
    source: str
    reasons: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.standing not in STANDINGS:
            raise ValueError(f"standing '{self.standing}' is none of {', '.join(STANDINGS)}")
        if not self.state:
            return
        if self.state not in states().get(self.ladder, ()):
            raise ValueError(f"state '{self.state}' is not on the ladder '{self.ladder}'")
        if not self.evidence.holds:
            raise ValueError(f"event {self.id} tells the state '{self.state}' without evidence")


@dataclass(frozen=True, slots=True)
class Made:
    """A recommendation as a meeting made it, with names as they may be shown.

    A recommendation that came with somebody's tracker and is not in the archive has no
    ``finding_id`` and no acts. ``acts`` are events of the ladder ``recommendation``.
    """

    reference: str
    finding_id: str
    council: str
    committee: str
    meeting_id: str
    day: date
    item: str
    item_title: str
    text_spoken: str
    action: str = ""
    proposer: str = ""
    seconder: str = ""
    addressee: str = ""
    due: str = ""
    deadline: str = ""
    condition: str = ""
    outcome: str = ""
    link: str = ""
    acts: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its link to a recommendation, as the archive holds it.

    ``start_s`` is where in its meeting it was said: of two of one day the later one holds.
    """

    claim_id: str
    reference: str
    state: str
    day: date
    standing: str
    reasons: tuple[str, ...]
    evidence: Evidence
    score: float = 0.0
    said_of: str = ""
    start_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Minuted:
    """A point of the minutes matched to a recommendation."""

    point_id: str
    reference: str
    minute_no: str
    text: str
    approved: bool
    day: date
    standing: str
    reasons: tuple[str, ...]
    evidence: Evidence
    vote: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register, in the columns that clerks keep; days are ISO, unknown is empty.

    ``due_kind`` says what makes ``response_due`` a due date: statutory, constitution rule, stated
    by committee or estimated; ``action_due`` is the day said in the room or set by a person.
    ``silent`` is True where it was agreed, is past its day or meetings on, and nothing of it was
    found in what was searched, which is one later meeting at least; ``overdue`` where a day that
    binds has passed, which an estimate does not. ``recommendation`` is empty where lines tell of a
    reference whose meeting is not here: such an entry has no state at all. ``proposed`` counts
    claims and points of the minutes.
    """

    reference: str
    committee: str
    meeting_date: str
    agenda_item: str
    minute_no: str = ""
    kind: str = "recommendation"
    text_minuted: str = ""
    text_spoken: str = ""
    proposer: str = ""
    seconder: str = ""
    vote: str = ""
    recipient: str = ""
    recipient_kind: str = ""
    cabinet_member: str = ""
    lead_officer: str = ""
    referred_on: str = ""
    received_on: str = ""
    response_basis: str = ""
    response_due: str = ""
    due_kind: str = ""
    response: str = "none_found"
    response_date: str = ""
    response_body: str = ""
    response_text: str = ""
    response_reason: str = ""
    status: str = "not_started"
    rag: str = ""
    action_due: str = ""
    progress: str = ""
    evidence_urls: tuple[str, ...] = ()
    last_checked: str = ""
    closed_on: str = ""
    closed_reason: str = ""
    superseded_by: str = ""
    note: str = ""
    # beside the tracker's columns
    recommendation: str = "floated"
    disputed: bool = False
    proposed: int = 0  # links that wait for a person
    silent: bool = False
    overdue: bool = False
    open: bool = True
    meeting_id: str = ""
    council: str = ""
    finding_id: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """An entry with the events it was folded from, in order.

    There is none whose entry tells a state that no event of its own, with evidence, tells too:
    only what follows from today's date and from finding nothing needs no event.
    """

    entry: Entry
    events: tuple[Event, ...]

    def __post_init__(self) -> None:
        entry = self.entry
        told = {(e.ladder, e.state) for e in self.events if e.standing != PROPOSED}
        for step in zip(LADDERS, (entry.recommendation, entry.response, entry.status), strict=True):
            if step[1] and step[1] not in DERIVED and step not in told:
                raise ValueError(f"{entry.reference}: no event tells that it is '{step[1]}'")


def lives(
    made: Sequence[Made],
    told: Sequence[Told],
    minuted: Sequence[Minuted],
    decisions: Sequence[Decision],
    *,
    today: date,
    meetings: Sequence[tuple[str, date]] = (),
) -> list[Life]:
    """Every recommendation's life, in order of reference.

    ``decisions`` are those that stand, in the order of the ledger; every one that is about a
    recommendation shows among the events of a life, also where its meeting is not here.
    ``meetings`` are (committee, day) of every meeting that was searched, from which silence is
    told. The order of ``made``, ``told``, ``minuted`` and ``meetings`` makes no difference.
    """
    from transcripts.fold import fold  # it is made of the shapes above

    return fold(made, told, minuted, decisions, today=today, meetings=meetings)


def is_looked_for(entry: Entry) -> bool:
    """Whether later meetings are searched for it: only for what was heard being made."""
    return bool(entry.finding_id and entry.meeting_date)


def wording_is(entry: Entry, events: Sequence[Event] = ()) -> str:
    """What the official wording is: the minutes', or only what somebody entered in the register."""
    minuted = entry.minute_no or any(event.standing == MINUTED for event in events)
    return "Minuted" if minuted else "In the register"
