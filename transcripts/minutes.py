"""Minutes beside speech: a document's numbered points, and which spoken recommendation each is.

The minutes are the formal record of a meeting. Their words are kept as they stand, beside what was
said and never in its place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from transcripts.meeting import Engine
from transcripts.states import states

DECISIONS, DRAFT, APPROVED = "decisions", "draft", "approved"
# the later takes the place of the earlier; decisions are published days after a meeting
STATES = (DECISIONS, DRAFT, APPROVED)
POINT_KINDS = (
    "recommendation",
    "information request",
    "action",  # of the committee itself, or what somebody was to do for it
    "noting",
    "agreement of minutes",
    "procedure",
    "statement",
)
TRACKED = frozenset(("recommendation", "information request", "action"))  # somebody is to act
HEADINGS = ("RESOLVED", "RECOMMENDED", "AGREED", "NOTED", "DECISION", "ACTION", "LOST")
# by an explicit key; taken as matched by a clear margin, for a person to reject; by likeness alone
CERTAIN, MATCHED, PROPOSED = "certain", "matched", "proposed"
STANDINGS = (CERTAIN, MATCHED, PROPOSED)


def place(minute_no: str, item: str) -> str:
    """Where a point stands, in words: "Minute 31", else "Item 4"."""
    return f"Minute {minute_no}" if minute_no else f"Item {item or '?'}"


@dataclass(frozen=True, slots=True)
class MinutePoint:
    """One point of what a meeting resolved. ``text``, ``lead`` and ``vote`` are verbatim.

    ``lead`` is what stands before a list and belongs to each point of it ("That Cabinet be
    recommended to:"); ``label`` is the point's own number as printed (``2``, ``1(a)``).
    ``minute_no`` and ``item`` are as printed, without their stops. ``position`` counts the points
    of the document from 0. ``addressee`` are the words for who is asked. ``rule`` is what told
    its kind. ``answer`` is a response state where an executive answers a recommendation here, and
    ``about`` the words of its item, which say whose and which.
    """

    id: str
    kind: str
    text: str
    position: int
    heading: str = "RESOLVED"
    lead: str = ""
    label: str = ""
    item: str = ""
    item_title: str = ""
    minute_no: str = ""
    mover: str = ""
    seconder: str = ""
    vote: str = ""
    addressee: str = ""
    link: str = ""
    rule: str = ""
    answer: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        if self.kind not in POINT_KINDS:
            raise ValueError(f"kind '{self.kind}' is none of {', '.join(POINT_KINDS)}")
        if self.heading not in HEADINGS:
            raise ValueError(f"heading '{self.heading}' is none of {', '.join(HEADINGS)}")
        if not self.text.strip():
            raise ValueError(f"point {self.id} has no words")
        if self.answer and self.answer not in states()["response"]:
            raise ValueError(f"point {self.id} answers '{self.answer}', which is no response")

    @property
    def wording(self) -> str:
        """The whole of it, as it would be quoted: the words before the list and its own."""
        return f"{self.lead} {self.text}".strip()

    @property
    def tracked(self) -> bool:
        """Whether somebody is to act on it, and the meeting decided so."""
        return self.kind in TRACKED and self.heading != "LOST"


@dataclass(frozen=True, slots=True)
class MinuteMatch:
    """A point that is taken for what the recommendation ``finding_id`` says.

    ``score`` is a likeness in [0, 1]; ``margin`` what it is ahead of the next best pair that shares
    the point or the finding. ``reasons`` are for people, strongest first. A point may match several
    findings, and a finding several points.
    """

    point_id: str
    finding_id: str
    score: float
    margin: float
    standing: str
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.standing not in STANDINGS:
            raise ValueError(f"standing '{self.standing}' is none of {', '.join(STANDINGS)}")
        if not self.reasons:
            raise ValueError(f"the match of point {self.point_id} gives no reason")

    @property
    def taken(self) -> bool:
        """Whether the minuted wording stands for the spoken one until a person says no."""
        return self.standing != PROPOSED


@dataclass(frozen=True, slots=True)
class MinutesVersion:
    """One reading of one document, matched to the findings of ``matched_to`` (their versions).

    ``document_sha256`` is that of the file as it was read; ``source`` its name or address;
    ``fetched_at`` ISO 8601 with zone; ``approved_on`` the ISO day on which they were approved.
    ``left_out`` says in words what was not taken, such as an exempt part. ``version`` is a hash of
    all of it.
    """

    meeting_id: str
    document_sha256: str
    source: str
    fetched_at: str
    state: str
    form: str
    engine: Engine
    points: tuple[MinutePoint, ...]
    approved_on: str = ""
    matches: tuple[MinuteMatch, ...] = ()
    matched_to: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    version: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"state '{self.state}' is none of {', '.join(STATES)}")
        if self.approved_on:
            date.fromisoformat(self.approved_on)
        known = {p.id for p in self.points}
        if any(m.point_id not in known for m in self.matches):
            raise ValueError("a match names a point that is not in these minutes")

    def point(self, point_id: str) -> MinutePoint | None:
        """The point of this id."""
        return next((p for p in self.points if p.id == point_id), None)


def point_ids(meeting_id: str, points: Sequence[MinutePoint]) -> tuple[MinutePoint, ...]:
    """The same points with ids that hold as long as the words stand at the same item.

    The same words keep their id from a draft to the approved minutes, so that a person's decision
    about them does too: within an archive a point is told by the version of its minutes *and* id.
    """
    seen: dict[str, int] = {}
    out = []
    for point in points:
        words = re.sub(r"\W+", " ", point.wording.lower()).strip()
        place = f"{meeting_id}|minute|{point.item}|{point.item_title.lower()}|{words}"
        number = seen[place] = seen.get(place, -1) + 1
        made = hashlib.sha256(f"{place}|{number}".encode()).hexdigest()[:16]
        out.append(replace(point, id=made))
    return tuple(out)
