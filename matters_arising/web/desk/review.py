"""The queue: one doubt at a time, the worst first, decided by button or key and taken back at once.

A decision is a line of the ledger the moment it is made. Every form carries the mark of what was
decided about the same thing before; is that another one by now, nothing is written, and what the
others decided is shown beside the question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from fastapi.responses import Response

from matters_arising.errors import BadInputError
from matters_arising.naming import names_to_give
from matters_arising.web.desk.cards import card
from matters_arising.web.desk.done import Done, banner, kept, told
from matters_arising.web.desk.door import AtDesk, Place, Writing
from matters_arising.web.desk.filled import ANSWER, Typed, short_enough, typed
from matters_arising.web.desk.queue import Queue, TheQueue
from matters_arising.web.reading import Offset, around
from transcripts.about import together, unless_decided
from transcripts.ledger import Decision
from transcripts.voice_decisions import voice_decisions
from warehouse.deciding import By, judged, linked, minuted
from warehouse.listings import MeetingRow, meetings
from warehouse.unheard import NEW, NOTHING, PointAlone, answered, unless_answered
from warehouse.waiting import (
    FINDING,
    KINDS,
    LINK,
    MINUTES,
    VOICE,
    Case,
    unsettled,
)

router = APIRouter(prefix="/desk")
PAGE = 50  # meetings at a time


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue somebody goes through."""

    kind: str = ""
    meeting: str = ""

    @property
    def query(self) -> str:
        """As it stands in an address."""
        return urlencode({k: v for k, v in (("kind", self.kind), ("meeting", self.meeting)) if v})

    def address(self, case: Case | None) -> str:
        """Where a doubt of it is shown; without one, that none is left."""
        place = f"/desk/review/{case.id}" if case else "/desk/review"
        return f"{place}?{self.query}" if self.query else place


def asked(
    kind: Annotated[str, Query(max_length=20)] = "",
    meeting: Annotated[str, Query(max_length=300)] = "",
) -> Asked:
    """What narrows the queue; BadInputError for a kind of doubt that there is none of."""
    if kind and kind not in KINDS:
        raise BadInputError(f"no kind of doubt '{kind}' (there is: {', '.join(KINDS)})")
    return Asked(kind, meeting.strip())


Narrowed = Annotated[Asked, Depends(asked)]


def waiting(at: Place, queue: Queue, narrowed: Asked) -> list[Case]:
    """The part of the queue that is asked for, as it is now."""
    found = queue.of(at.reader, narrowed.meeting)
    own = [c for c in found if narrowed.kind in ("", c.kind)]
    return unsettled(own, at.desk.lines.standing())


@router.get("/review", response_model=None)
def overview(
    at: AtDesk, queue: TheQueue, narrowed: Narrowed, done: Done = "", offset: Offset = 0
) -> Response:
    """What waits, by kind and by meeting, with the worst first."""
    found = waiting(at, queue, Asked(meeting=narrowed.meeting))
    own = [c for c in found if narrowed.kind in ("", c.kind)]
    by_meeting = _by_meeting(own, meetings(at.reader))
    data = {
        "asked": narrowed,
        "waiting": own,
        "counts": {kind: sum(c.kind == kind for c in found) for kind in KINDS},
        "meetings": by_meeting[offset : offset + PAGE],
        **around(offset, PAGE, more=len(by_meeting) > offset + PAGE),
        "unheard": [at.outward((c, c.about)) for c in found if isinstance(c.about, PointAlone)],
        "banner": banner(at, done, narrowed.query),
    }
    return at.shown("desk/review.html", data)


def _by_meeting(found: Sequence[Case], held: Sequence[MeetingRow]) -> list[tuple[Any, int]]:
    counts: dict[str, int] = {}
    for case in found:
        counts[case.meeting_id] = counts.get(case.meeting_id, 0) + 1
    return [(m, counts[m.meeting_id]) for m in reversed(held) if m.meeting_id in counts]


@router.get("/review/{case_id}", response_model=None)
def one(at: AtDesk, queue: TheQueue, narrowed: Narrowed, case_id: str, done: Done = "") -> Response:
    """One doubt."""
    left = waiting(at, queue, narrowed)
    case = _case(queue, case_id)
    at.desk.sittings.looks(at.clerk.session.key, at.clerk.name, case.meeting_id, case.id)
    return _page(at, narrowed, case, left, {"banner": banner(at, done, narrowed.query)})


@router.post("/review/{case_id}", response_model=None)
def decide(
    at: Writing,
    queue: TheQueue,
    narrowed: Narrowed,
    case_id: str,
    mark: Annotated[str, Form(max_length=100)] = "",
    verdict: Annotated[str, Form(max_length=20)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    why: Typed = "",
) -> Response:
    """Keeps what was decided and goes on to the next; a stale answer is shown, not kept."""
    left = waiting(at, queue, narrowed)  # first: after a restart only this tells which there are
    case = _case(queue, case_id)

    def written() -> list[Decision]:
        by = By(at.clerk.name, short_enough("reason", typed(why), ANSWER["why"]))
        lines = _lines(at, case, by, verdict, name)
        made = at.desk.keeper.keep(lines, _given(case, mark, lines))
        at.desk.sittings.decides(at.clerk.session.key, case.meeting_id)
        return made

    def again(data: dict[str, Any], status: int) -> Response:
        return _page(at, narrowed, case, left, {**data, "why": why, "name": name}, status)

    return kept(at, written, again, lambda: narrowed.address(_after(case, left)))


def _lines(at: Place, case: Case, by: By, verdict: str, name: str) -> list[Decision]:
    """The lines that an answer amounts to."""
    about: Any = case.about
    reader = at.reader
    if verdict not in ("accept", "reject", "name"):
        raise BadInputError("choose one of the answers")
    if name and verdict != "name":
        raise BadInputError(
            f"'{name}' is chosen from the list, and another answer was given; choose nothing "
            "there, or give the answer that stands below the list"
        )
    if case.kind == VOICE:
        if verdict == "name" and not name:
            raise BadInputError("choose a name from the roster first")
        if verdict == "accept" and not about.person:
            raise BadInputError("this voice has no name that could be right; choose one")
        said = {"accept": about.person or "", "name": name, "reject": ""}[verdict]
        home, meeting_id = at.desk.home, case.meeting_id
        names = names_to_give(home, meeting_id, at.desk.lines.standing())
        return voice_decisions(home, meeting_id, about.voice, said, by.who, by.why, names=names)
    if isinstance(about, PointAlone):
        answer = {"accept": NEW, "reject": NOTHING, "name": name}[verdict]
        return answered(reader, about, by, answer, at.desk.lines.all())
    if verdict == "name":
        raise BadInputError("only a voice can be given a name")
    if case.kind == FINDING:
        judgement = {"accept": "restored", "reject": "rejected"}[verdict]
        return [judged(reader, about.finding_id, by, judgement)]
    if case.kind == LINK:
        return [linked(reader, about.reference, by, about.claim_id, verdict)]
    assert case.kind == MINUTES  # noqa: S101
    return [minuted(reader, about.reference, by, about.point_id, verdict)]


def _given(case: Case, mark: str, lines: Sequence[Decision]) -> Callable[[list[Decision]], None]:
    """What must hold when the lines are written: nobody decided meanwhile, the number is free."""
    unchanged = unless_decided(case.thing, mark)
    if not isinstance(case.about, PointAlone):
        return unchanged
    return together(unchanged, unless_answered(case.about, lines))


def _case(queue: Queue, case_id: str) -> Case:
    found = queue.known.get(case_id)
    if found is None:
        raise HTTPException(404)
    return found


def _after(case: Case, left: Sequence[Case]) -> Case | None:
    """The next one in the order of the queue, the first where none comes after."""
    others = [c for c in left if c.id != case.id]
    rank = (-case.at_risk, case.id)
    return next((c for c in others if (-c.at_risk, c.id) > rank), others[0] if others else None)


def _before(case: Case, left: Sequence[Case]) -> Case | None:
    rank = (-case.at_risk, case.id)
    return next((c for c in reversed(left) if (-c.at_risk, c.id) < rank), None)


def _page(
    at: Place,
    narrowed: Asked,
    case: Case,
    left: Sequence[Case],
    data: dict[str, Any],
    status: int = 200,
) -> Response:
    standing = at.desk.lines.standing()
    after, before = _after(case, left), _before(case, left)
    about = {
        "card": at.outward(card(at.reader, case, standing)),
        "asked": narrowed,
        "mark": at.desk.lines.mark(case.thing),
        "decided": told(at, [d for d in standing if case.settled_by(d)]),
        "nth": next((n for n, c in enumerate(left, 1) if c.id == case.id), 0),
        "of": len(left),
        "next": narrowed.address(after),
        "previous": narrowed.address(before) if before else "",
        "why": "",
        "name": "",
        "most": ANSWER,
    }
    return at.shown("desk/case.html", about | data, status)
