"""The life of a recommendation: what was made in the room, and every dated step since.

A register is never written: it is folded anew from what was heard, what was minuted and what
people decided. A state without evidence cannot come out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transcripts.ledger import Decision

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
    """A claim with its link to a recommendation, as the archive holds it."""

    claim_id: str
    reference: str
    state: str
    day: date
    standing: str
    reasons: tuple[str, ...]
    evidence: Evidence
    score: float = 0.0
    said_of: str = ""


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

    ``due_kind`` says what makes ``response_due`` or ``action_due`` a due date: statutory,
    constitution rule, stated by committee or estimated. ``silent`` is True where it was agreed,
    is past its day or meetings on, and nothing of it was found in what was searched.
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
    """An entry with the events it was folded from, in order."""

    entry: Entry
    events: tuple[Event, ...]


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

    ``decisions`` are those that stand, in the order of the ledger. ``meetings`` are (committee,
    day) of every meeting that was searched, from which silence is told.
    """
    raise NotImplementedError
