"""One line of the register out of the events of a recommendation and where it stands.

The columns come in this order, each over the one before: as made, as somebody's tracker had it,
as sent and answered, as minuted, as a person set it right. What a tracker adds later does not go
over the minutes either. Then the dates are told from them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transcripts import clocks, doing
from transcripts.columns import ANSWER, BROUGHT, CORRECTABLE, usable
from transcripts.gather import Heap, counted_points, lines_of
from transcripts.ladders import Stood
from transcripts.ledger import Decision
from transcripts.life import DECIDED, PROPOSED, Entry, Event, Made
from transcripts.sent import send
from transcripts.states import in_words
from transcripts.steps import NO_DAY, has_day, tracker_of, urls, web_address

Columns = dict[str, Any]
ALWAYS = ("committee", "meeting_date", "agenda_item")
NOT_HERE = "its meeting is not in the archive, or it was not found there in the last run"


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for every entry: the day, and when each committee met and was searched."""

    today: str
    met: Mapping[str, Sequence[str]]


def not_here(heap: Heap) -> Entry:
    """An entry for what people noted of a reference that the archive does not hold."""
    return Entry(heap.reference, "", "", "", note=NOT_HERE, recommendation="")


def entry_of(heap: Heap, events: Sequence[Event], stood: Stood, around: Around) -> Entry:
    """The entry of a recommendation; ``events`` are in order."""
    columns: Columns = _as_made(heap.made) if heap.made else {"reference": heap.reference}
    for line in lines_of(heap, "entry"):
        _bring(columns, line, over=heap.made is None or not heap.made.finding_id)
    send(columns, lines_of(heap, "refer"))
    _answer(columns, heap, stood)
    minuted = _minuted(heap)
    columns |= minuted
    columns["evidence_urls"] = _addresses(heap, events)
    notes = [columns.get("note", ""), *(line.verdict for line in lines_of(heap, "note"))]
    columns["note"] = "; ".join(filter(None, notes))
    columns["progress"] = _progress(columns, stood)
    for line in lines_of(heap, "correct"):
        if not (line.column in minuted and tracker_of(line)):
            columns |= _corrected(line)
    return _dated(columns, heap, events, stood, around)


def _as_made(made: Made) -> Columns:
    answer = clocks.said_of_the_answer(made.deadline, made.action or made.text_spoken)
    return {
        "reference": made.reference or made.finding_id,
        "committee": made.committee,
        "meeting_date": made.day.isoformat(),
        "agenda_item": " ".join(filter(None, (made.item, made.item_title))),
        "text_spoken": made.text_spoken,
        "proposer": made.proposer,
        "seconder": made.seconder,
        "recipient": made.addressee,
        "action_due": "" if answer else made.due,
        "said": made.due if answer else "",
        "meeting_id": made.meeting_id,
        "council": made.council,
        "finding_id": made.finding_id,
        "link": made.link,
    }


def _bring(columns: Columns, line: Decision, *, over: bool) -> None:
    """A tracker's row fills what is empty; it is the whole truth where there is no recording."""
    known = {"text_minuted": line.verdict, "meeting_id": line.meeting_id}
    values = known | usable(line.values, BROUGHT)
    columns |= {c: v for c, v in values.items() if over or not columns.get(c)}


def _answer(columns: Columns, heap: Heap, stood: Stood) -> None:
    """What is told of the answer that stands: nothing of it comes from a line about another."""
    answer = stood.response
    lines = lines_of(heap, "respond", "progress")
    for line in lines:
        columns |= {c: v for c, v in usable(line.values, BROUGHT).items() if c not in ANSWER}
    if answer is None or answer.state == "awaiting":  # what a tracker says of one without a state
        for line in lines:
            columns |= _of_answer(line)
    if answer is None:
        return
    own = next((d for d in lines_of(heap, "entry", "respond") if d.id == answer.source), None)
    if answer.state != "awaiting":
        columns |= dict.fromkeys(ANSWER, "") | (_of_answer(own) if own else {})
    said_of = {t.claim_id: t.said_of for t in heap.told}
    columns["response_date"] = said_of.get(answer.source) or (answer.day if has_day(answer) else "")
    columns["response_text"] = answer.evidence.quote or columns.get("response_text", "")
    if own and own.kind == "respond" and own.why and not tracker_of(own):
        columns["response_reason"] = own.why


def _of_answer(line: Decision) -> Columns:
    return {c: v for c, v in usable(line.values, BROUGHT).items() if c in ANSWER}


def _minuted(heap: Heap) -> Columns:
    """The minuted wording is the official one, the approved before the draft, the later last."""
    points = counted_points(heap)
    if not points:
        return {}
    best = max((p.approved, p.day) for p in points)
    chosen = sorted(
        (p for p in points if (p.approved, p.day) == best), key=lambda p: (p.minute_no, p.point_id)
    )
    told = {
        "text_minuted": " ".join(dict.fromkeys(p.text for p in chosen)),
        "minute_no": ", ".join(dict.fromkeys(p.minute_no for p in chosen if p.minute_no)),
        "vote": ", ".join(dict.fromkeys(p.vote for p in chosen if p.vote)),
    }
    return {column: value for column, value in told.items() if value}


def _addresses(heap: Heap, events: Sequence[Event]) -> tuple[str, ...]:
    """The pages outside the archive that people gave as evidence."""
    given = [e.evidence.link for e in events if e.standing == DECIDED and e.evidence.link]
    listed = [url for line in lines_of(heap, "entry") for url in urls(dict(line.values))]
    return tuple(dict.fromkeys(given + listed))


def _progress(columns: Columns, stood: Stood) -> str:
    """What the latest step says. "Complete" on somebody's word alone is told as just that."""
    latest = stood.implementation
    if latest is None:
        return str(columns.get("progress", ""))
    if latest.state == "complete" and stood.proof is None:
        who = latest.evidence.who or latest.by
        when = f"on {latest.day}" if has_day(latest) else f"({NO_DAY})"
        words = columns.get("progress", "")  # a tracker's own are not lost
        quoted = latest.evidence.quote
        if quoted and latest.standing == DECIDED and quoted != words:
            # a letter in somebody's drawer: its words are held, and nothing to look them up in
            told = f"Complete according to {who} {when}; no page is held"
            return f"{told}, the words given are: {quoted}"
        told = f" It says: {words}" if words and words == quoted else ""
        return f"Complete according to {who} {when}; no other evidence is held.{told}"
    told = latest.evidence.quote or latest.note or in_words(latest.state)
    return f"{told} {_whose(latest)}{_since(stood)}"


def _since(stood: Stood) -> str:
    """That somebody said otherwise of what has proof is not kept from whoever reads the line."""
    if stood.since is None:
        return ""
    return f"; said since to be {in_words(stood.since.state)} {_whose(stood.since)}"


def _whose(event: Event) -> str:
    day = event.day if has_day(event) else NO_DAY
    who = event.evidence.who or (event.by if event.standing == DECIDED else "")
    return f"({', '.join(filter(None, (who, day)))})"


def _corrected(line: Decision) -> Columns:
    if line.column == "evidence_urls":
        return {"evidence_urls": tuple(u for u in line.verdict.split() if web_address(u))}
    right = usable([(line.column, line.verdict)], CORRECTABLE)
    # an empty value is a correction too: there is none
    return right or ({line.column: ""} if line.column in CORRECTABLE and not line.verdict else {})


def _dated(
    columns: Columns, heap: Heap, events: Sequence[Event], stood: Stood, around: Around
) -> Entry:
    asked = columns.get("recipient", "")
    own = clocks.is_bound(asked, columns.get("council", ""))
    columns["kind_is_sure"] = bool(columns.get("recipient_kind")) or own
    columns["recipient_kind"] = columns.get("recipient_kind") or clocks.recipient_kind(asked)
    columns["response_due"], columns["due_kind"] = _due(columns, stood)
    days = around.met.get(columns.get("committee", "").casefold(), ())
    later = days[bisect_right(days, columns.get("meeting_date", "")) :]  # they are in order
    if not columns.get("finding_id"):
        later = []  # only what was heard being made is looked for in what is said later
    columns["last_checked"] = max(
        [columns.get("last_checked", ""), *later[-1:], *(e.evidence.accessed for e in events)]
    )
    columns |= doing.told(columns, stood, events, around.today, len(later))
    columns |= _ended(columns, heap, stood)
    columns["proposed"] = sum(e.standing == PROPOSED for e in events)
    empty: Columns = dict.fromkeys(ALWAYS, "")
    return Entry(**(empty | _fit(columns)))


def _due(columns: Columns, stood: Stood) -> tuple[str, str]:
    """No answer is due to what was not agreed."""
    if not doing.agreed(stood):
        return columns.get("response_due", ""), ""
    return clocks.response_due(
        clocks.Asked(
            meeting_day=columns.get("meeting_date", ""),
            recipient_kind=columns["recipient_kind"],
            kind_is_sure=columns["kind_is_sure"],
            basis=columns.get("response_basis", ""),
            received_on=columns.get("received_on", ""),
            notice_on=columns.get("notice_on", ""),
            referred_on=columns.get("referred_on", ""),
            said=columns.get("said", ""),
            recorded=columns.get("response_due", ""),
            recorded_kind=columns.get("due_kind", ""),
        )
    )


def _ended(columns: Columns, heap: Heap, stood: Stood) -> Columns:
    """When and why it left the list, and what took its place."""
    if columns["open"]:
        return {}
    event = doing.ending(stood)
    line = next((d for _, d in heap.lines if event and d.id == event.source), None)
    out: Columns = {}
    if event:
        why = line.why if line else ""
        day = event.day if has_day(event) else ""
        out = {"closed_on": day, "closed_reason": why or in_words(event.state)}
    if line and line.kind in ("merge", "split"):
        out["superseded_by"] = line.verdict if line.kind == "merge" else ", ".join(line.others)
    return out


def _fit(columns: Columns) -> Columns:
    """Without what the dates were told from."""
    return {c: v for c, v in columns.items() if c not in ("said", "notice_on", "kind_is_sure")}
