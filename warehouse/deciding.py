"""What a person decides, as the line of the ledger that says so, or a sentence why it cannot be.

The command and the desk write the same lines because both have them from here. Nothing is written:
each function looks at the archive, refuses what would make no sense and returns the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from transcripts import checks
from transcripts.ladders import ENDS, NOT_MADE
from transcripts.ledger import Decision, now
from transcripts.life import DECIDED, Entry, Event
from transcripts.states import DERIVED, DISPUTED, states
from warehouse.claims import check_point, claim_said, said_after
from warehouse.listings import finding as found_as
from warehouse.reader import Reader
from warehouse.register import life

LADDER = {"respond": "response", "progress": "implementation"}
PLAIN = ("withdraw", "close", "reopen", "contest")  # verbs that need no more than a reason
VERDICTS = ("accept", "reject")


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, and why."""

    who: str
    why: str = ""


def states_noted(verb: str) -> list[str]:
    """The states that a person can note with ``respond`` or ``progress``."""
    return [s for s in states()[LADDER[verb]] if s not in DERIVED and s != DISPUTED]


def stated(
    reader: Reader,
    reference: str,
    by: By,
    verb: str,
    state: str,
    *,
    on: date | None = None,
    url: str = "",
    accessed: date | None = None,
    quote: str = "",
    body: str = "",
) -> Decision:
    """What was answered (``respond``) or done (``progress``), with its evidence."""
    if state not in states_noted(verb):
        raise UnknownValueError(f"{LADDER[verb]} that a person can note", state, states_noted(verb))
    checks.has_come(accessed)
    looked = accessed.isoformat() if accessed else date.today().isoformat() if url else ""
    body = body.strip()
    values = (("response_body", body),) if body and verb == "respond" else ()
    return _line(
        reader, reference, by, verb, state,
        on=on, url=checks.address(url), accessed=looked, words=quote.strip(), values=values,
    )  # fmt: skip


def referred(
    reader: Reader,
    reference: str,
    by: By,
    recipient: str,
    *,
    on: date | None = None,
    received: date | None = None,
    basis: str = "",
    notice: date | None = None,
) -> Decision:
    """That it was sent to whoever was asked, and when it was received."""
    made = life(reader, reference, today=date.today()).entry.meeting_date
    for day in filter(None, (received, notice)):
        checks.after_the_meeting(day, made)
    checks.one_of("response_basis", basis)
    told = {
        "received_on": received.isoformat() if received else "",
        "response_basis": basis,
        "notice_on": notice.isoformat() if notice else "",
    }
    kept = tuple((k, v) for k, v in told.items() if v)
    return _line(reader, reference, by, "refer", recipient, on=on, values=kept)


def linked(reader: Reader, reference: str, by: By, claim_id: str, verdict: str) -> Decision:
    """That a claim is about it, or not; what was said before it was made is not."""
    where = claim_said(reader, claim_id, reference)
    if verdict == "accept":
        said_after(reader, life(reader, reference, today=date.today()).entry, where)
    return _line(reader, reference, by, "link", _ed(verdict), claim_id=claim_id, **where)


def minuted(reader: Reader, reference: str, by: By, point_id: str, verdict: str) -> Decision:
    """That a point of the minutes is its wording, or not; those of another meeting are not."""
    meeting_id = check_point(reader, point_id, reference)
    made = life(reader, reference, today=date.today()).entry.meeting_id
    if verdict == "accept" and made and meeting_id != made:
        raise BadInputError(
            f"the point is in the minutes of {meeting_id}, and {reference} was made in {made}; the "
            "wording of a recommendation stands in those of its own meeting"
        )
    return _line(reader, reference, by, "minuted", _ed(verdict), point_id=point_id)


def corrected(reader: Reader, reference: str, by: By, column: str, value: str) -> Decision:
    """That a column of the register is to say something else."""
    made = life(reader, reference, today=date.today()).entry.meeting_date
    checks.correctable(column, value, made)
    return _line(reader, reference, by, "correct", value, column=column)


def noted(reader: Reader, reference: str, by: By, text: str) -> Decision:
    """A note beside it."""
    if not text.strip():
        raise BadInputError("the note is empty; give the words that are to stand beside it")
    return _line(reader, reference, by, "note", text)


def merged(reader: Reader, reference: str, by: By, into: str) -> Decision:
    """That it is one with another, under which it goes on."""
    (stays,) = _others(reader, reference, (into,))
    own = life(reader, reference, today=date.today()).entry.reference
    if own in _part_of(reader, stays):
        raise BadInputError(
            f"{stays} is part of {own} by now; reopen {stays} before {own} is merged into it"
        )
    return _line(reader, reference, by, "merge", stays)


def split(reader: Reader, reference: str, by: By, others: Sequence[str]) -> Decision:
    """Which others it became."""
    became = _others(reader, reference, others)
    return _line(reader, reference, by, "split", "split", others=became)


def plain(reader: Reader, reference: str, by: By, verb: str, *, on: date | None = None) -> Decision:
    """One of the verbs that need no more than a reason.

    What would change nothing is refused: such a line reads later as if something had happened. So
    is a dispute of which nobody could say what it is about.
    """
    known = life(reader, reference, today=date.today())
    entry = known.entry
    if verb == "reopen" and _goes_on(entry):
        raise BadInputError(f"{entry.reference} is open; there is nothing to reopen")
    if verb == "contest" and not by.why.strip():
        raise BadInputError("a dispute needs its reason: who disputes what, and on what ground")
    if verb == "withdraw" and entry.recommendation == "withdrawn":
        raise BadInputError(f"{entry.reference} is withdrawn already; reopen takes that back")
    if verb == "close" and not entry.open and entry.recommendation not in NOT_MADE:
        told = f"{entry.reference} is closed already ({entry.closed_reason})"
        raise BadInputError(f"{told}; reopen takes that back")
    if verb == "contest" and any(map(_contests, known.events)):
        raise BadInputError(f"{entry.reference} is disputed already; say more in a note")
    return _line(reader, reference, by, verb, verb, on=on)


def judged(reader: Reader, finding_id: str, by: By, verdict: str) -> Decision:
    """That a finding is none (``rejected``), or that it is one (``restored``)."""
    found = found_as(reader, finding_id)
    return Decision(
        kind="finding",
        verdict=verdict,
        who=by.who,
        when=now(),
        why=by.why,
        meeting_id=found.meeting_id,
        finding_id=finding_id,
        recording_sha256=found.recording_sha256,
        words=found.quote,
        start_s=found.start_s,
        end_s=found.end_s,
    )


def _ed(verdict: str) -> str:
    if verdict not in VERDICTS:
        raise UnknownValueError("verdict", verdict, VERDICTS)
    return f"{verdict}ed"


def _line(
    reader: Reader,
    reference: str,
    by: By,
    kind: str,
    verdict: str,
    *,
    on: date | None = None,
    **more: Any,
) -> Decision:
    entry = life(reader, reference, today=date.today()).entry
    day = on or date.today()
    checks.after_the_meeting(day, entry.meeting_date)
    return Decision(
        kind=kind,
        verdict=verdict,
        who=by.who,
        when=now(),
        why=by.why,
        reference=entry.reference,
        day=day.isoformat(),
        **more,
    )


def _contests(event: Event) -> bool:
    """Whether it is a person's line that disputes."""
    return event.standing == DECIDED and event.state == DISPUTED


def _goes_on(entry: Entry) -> bool:
    """Whether nothing ended it, not even a word that leaves it open for somebody to look at."""
    return entry.open and entry.status not in ENDS and entry.recommendation not in NOT_MADE


def _part_of(reader: Reader, reference: str) -> list[str]:
    """What a recommendation was merged into, and that in turn."""
    way = [reference]
    while True:
        into = life(reader, way[-1], today=date.today()).entry.superseded_by
        try:
            found = life(reader, into, today=date.today()).entry.reference if into else ""
        except NotInArchiveError:  # several of a split, or words that a person put there
            found = ""
        if not found or found in way:
            return way[1:]
        way.append(found)


def _others(reader: Reader, reference: str, others: Sequence[str]) -> tuple[str, ...]:
    """Other recommendations that are held, as they are spelt."""
    today = date.today()
    own, *spelt = (life(reader, r, today=today).entry.reference for r in (reference, *others))
    if own in spelt:
        raise BadInputError(f"{own} cannot be merged with itself, nor split into itself")
    return tuple(dict.fromkeys(spelt))
