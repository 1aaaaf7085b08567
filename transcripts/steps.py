"""The events of a recommendation's life, one out of everything that was said, minuted or decided.

A claim that is only proposed, and a line about a recommendation that is not here, become events
that tell no state: they are listed and change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from transcripts.clocks import is_day
from transcripts.columns import strays
from transcripts.ledger import Decision
from transcripts.life import CLAIMED, DECIDED, HEARD, MINUTED, PROPOSED, Event, Evidence, Made, Told
from transcripts.life import Minuted as Point
from transcripts.states import DERIVED, DISPUTED, states

MACHINE = "machine"
# what a person's line of this kind does: ladder and state
DONE_BY = {
    "refer": ("recommendation", "referred"),
    "withdraw": ("recommendation", "withdrawn"),
    "contest": ("implementation", DISPUTED),
    "close": ("implementation", "closed_no_action"),
    "merge": ("implementation", "superseded"),
    "split": ("implementation", "superseded"),
}
STATE_COLUMNS = {
    "recommendation": "recommendation",
    "response": "response",
    "status": "implementation",
}
PLAINLY = {
    "withdraw": "withdrawn",
    "close": "closed",
    "reopen": "reopened",
    "contest": "contested",
}
ACCEPTED, REJECTED = "accepted", "rejected"
FROM_TRACKER = "from the tracker "  # what the reason of a line that was brought in begins with
UNDATED = "undated"  # among the values of such a line: its day is none of the tracker's
# where a tracker's row tells the day of its answer, and of what was done
TRACKER_DAYS = {"response": ("response_date",), "status": ("closed_on", "last_checked")}
NO_DAY = "undated in the tracker"


def of_making(made: Made) -> Iterator[Event]:
    """Its acts, and its outcome where no act tells it."""
    yield from made.acts
    state = made.outcome or "floated"
    evidence = Evidence(made.text_spoken, made.proposer, made.link, made.meeting_id)
    if evidence.holds and made.finding_id and state not in {a.state for a in made.acts}:
        source = made.finding_id
        day = made.day.isoformat()
        yield Event(
            f"{source}:{state}", day, "recommendation", state, HEARD, MACHINE, evidence, source
        )


def of_claim(told: Told, verdict: Decision | None) -> Event | None:
    """A claim as an event; None where a person rejected the link.

    It tells the state that the person saw, also where another engine reads its words otherwise.
    """
    if verdict is not None and verdict.verdict == REJECTED:
        return None
    standing, by = (CLAIMED, verdict.who) if verdict else (told.standing, MACHINE)
    state = dict(verdict.values).get("state", told.state) if verdict else told.state
    ladder = _ladder(state)
    known = bool(ladder) and told.evidence.holds
    return Event(
        f"{told.claim_id}@{told.reference}",
        told.day.isoformat(),
        ladder,
        state if known else "",
        PROPOSED if standing == PROPOSED else CLAIMED,
        by,
        told.evidence,
        told.claim_id,
        told.reasons,
        "" if known else state,
    )


def of_point(point: Point, verdict: Decision | None) -> Event | None:
    """A point of the minutes as an event; None where a person rejected the match."""
    if verdict is not None and verdict.verdict == REJECTED:
        return None
    counts = verdict is not None or point.standing != PROPOSED
    state = "minuted_approved" if point.approved else "minuted_draft"
    evidence = point.evidence if point.evidence.holds else Evidence(quote=point.text)
    return Event(
        f"{point.point_id}@{point.reference}",
        point.day.isoformat(),
        "recommendation",
        state if evidence.holds else "",
        MINUTED if counts else PROPOSED,
        verdict.who if verdict else MACHINE,
        evidence,
        point.point_id,
        point.reasons,
        f"minute {point.minute_no}" if point.minute_no else "",
    )


def of_decision(decision: Decision) -> Event:
    """A person's line as an event; what tells no state is a note."""
    ladder, state = _state_of(decision)
    return Event(
        decision.id,
        day_of(decision),
        ladder,
        state,
        DECIDED,
        decision.who,
        evidence_of(decision),
        decision.id,
        note=_note(decision, state),
    )


def of_entry(decision: Decision) -> Iterator[Event]:
    """A line of somebody's tracker: the line itself, and the states it gives."""
    values = dict(decision.values)
    line = of_decision(decision)
    day = values.get("meeting_date", "")
    state = values.get("recommendation", "")
    yield replace(
        line,
        day=day if is_day(day) else line.day,
        ladder="recommendation",
        state=state if state in states()["recommendation"] else "agreed",
    )
    for column, words in (
        ("response", ("response_text", "response_reason")),
        ("status", ("progress",)),
    ):
        state, ladder = values.get(column, ""), STATE_COLUMNS[column]
        if state in states()[ladder] and state not in DERIVED:
            quote = next((values[w] for w in words if values.get(w)), state)
            told = next((values[d] for d in TRACKER_DAYS[column] if is_day(values.get(d, ""))), "")
            yield replace(
                line,
                id=f"{decision.id}:{column}",
                day=told or (day if is_day(day) else line.day),
                ladder=ladder,
                state=state,
                evidence=replace(line.evidence, quote=quote),
                note="" if told else NO_DAY,
            )


def has_day(event: Event) -> bool:
    """Whether its day is known; that of an undated line of a tracker only puts it in order."""
    return NO_DAY not in event.note


def tracker_of(decision: Decision) -> str:
    """The tracker that a line was brought in from, as "the tracker NAME"; else nothing."""
    if not decision.why.startswith(FROM_TRACKER):
        return ""
    return decision.why.removeprefix("from ").rpartition(", row ")[0]


def came_of_a_split(decision: Decision) -> Event:
    """A split as it shows on one of those that came of it: it tells no state of theirs."""
    return replace(
        of_decision(decision),
        ladder="",
        state="",
        note="; ".join(filter(None, (f"split from {decision.reference}", decision.why))),
    )


def day_of(decision: Decision) -> str:
    """The ISO day on which what a line tells happened; else the one on which it was written."""
    return decision.day if is_day(decision.day) else decision.when[:10]


def evidence_of(decision: Decision) -> Evidence:
    """What a line can be checked against: its page, the words there, else the person's word.

    Words that a line quotes are never those of whoever wrote the line.
    """
    values = dict(decision.values) if decision.values else {}
    told = decision.words or (decision.verdict if decision.kind == "entry" else "")
    own = "" if told else decision.who
    return Evidence(
        quote=told,
        who=values.get("response_body") or tracker_of(decision) or own,
        link=web_address(decision.url) or next(iter(urls(values)), ""),
        meeting_id=decision.meeting_id,
        accessed=decision.accessed if is_day(decision.accessed) else "",
    )


def urls(values: Mapping[str, str]) -> tuple[str, ...]:
    """The web addresses of the column ``evidence_urls``."""
    listed = values.get("evidence_urls", "").replace(",", " ").replace(";", " ").split()
    return tuple(url for url in listed if web_address(url))


def web_address(text: str) -> str:
    """The text where it is a web address, else nothing: a page never shows any other as a link."""
    return text if text.lower().startswith(("https://", "http://")) else ""


def _state_of(decision: Decision) -> tuple[str, str]:
    if decision.kind in DONE_BY:
        return DONE_BY[decision.kind]
    if decision.kind == "respond":
        return _on("response", decision.verdict)
    if decision.kind == "progress":
        return _on("implementation", decision.verdict)
    if decision.kind == "correct" and decision.column in STATE_COLUMNS:
        return _on(STATE_COLUMNS[decision.column], decision.verdict)
    return "", ""


def _on(ladder: str, state: str) -> tuple[str, str]:
    """Nobody decides what follows from the date: such a line is a note."""
    known = state in states()[ladder] and state not in DERIVED
    return (ladder, state) if known else (ladder, "")


def _ladder(state: str) -> str:
    return next((ladder for ladder, names in states().items() if state in names), "")


def _note(decision: Decision, state: str) -> str:
    """A line in words, with its reason; a state is not said twice."""
    if decision.kind in ("respond", "progress"):
        said = "" if state else decision.verdict
    elif decision.kind in IN_WORDS:
        said = IN_WORDS[decision.kind](decision)
    else:
        said = PLAINLY.get(decision.kind, decision.kind)
    stray = "" if web_address(decision.url) else decision.url
    undated = NO_DAY if UNDATED in dict(decision.values) else ""
    return "; ".join(filter(None, (said, stray, undated, decision.why)))


def _brought_by(decision: Decision) -> str:
    """Where an entry came from: a point of minutes, somebody's tracker, or a person's own hand."""
    if decision.point_id:
        return "entered from the minutes"
    return "from a tracker" if tracker_of(decision) else "entered by hand"


def _left_over(decision: Decision) -> list[str]:
    """What a tracker's row says that no column can hold, so that it is not lost."""
    return [f"{column}: {value}" for column, value in strays(dict(decision.values)).items()]


IN_WORDS: Mapping[str, Callable[[Decision], str]] = {
    "note": lambda line: line.verdict,
    "refer": lambda line: f"to {line.verdict}" if line.verdict else "",
    "link": lambda line: f"{line.verdict} the link to what was said",
    "minuted": lambda line: f"{line.verdict} point {line.point_id} of the minutes",
    "correct": lambda line: f"{line.column}: {line.verdict}",
    "merge": lambda line: f"merged into {line.verdict}",
    "split": lambda line: f"split into {', '.join(line.others)}",
    "entry": lambda line: "; ".join((_brought_by(line), *_left_over(line))),
}
