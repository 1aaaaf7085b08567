"""What follows from where a recommendation stands and from the day: late, silent, its colour.

A colour is a word. Nothing here is evidence: each follows from events, from a day that was named
and from the meetings that were searched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transcripts import clocks
from transcripts.ladders import AGREED, CLOSED, NOT_MADE, SUPERSEDED, UPWARDS, Stood
from transcripts.life import CLAIMED, DECIDED, PROPOSED, Event
from transcripts.states import DISPUTED, REPLIED, unanswered

GREEN, AMBER, RED = "Green", "Amber", "Red"


def told(
    columns: Mapping[str, Any], stood: Stood, events: Sequence[Event], today: str, meetings: int
) -> dict[str, Any]:
    """The columns that follow; ``meetings`` is how many of its committee came later."""
    out: dict[str, Any] = {
        "recommendation": stood.recommendation.state if stood.recommendation else "",
        "response": _response(stood),
        "status": stood.implementation.state if stood.implementation else "not_started",
        "disputed": stood.disputed,
        "open": is_open(stood),
    }
    if out["open"] and agreed(stood) and out["response"] != "rejected":
        out |= _awaited(columns, out, events, today, meetings)
    return out | {"rag": _rag(out, stood)}


def _awaited(
    columns: Mapping[str, Any],
    out: Mapping[str, Any],
    events: Sequence[Event],
    today: str,
    meetings: int,
) -> dict[str, Any]:
    """Late or silent: only of what was agreed, is not closed and was not refused.

    A day gone by is no silence where nothing was searched since: nobody listened. Nor is what was
    not heard being made ever looked for in what is said.
    """
    action, status = columns.get("action_due", ""), out["status"]
    late = _late(action, today) and status in ("not_started", "in_progress", "overdue")
    past = any(_late(day, today) for day in (action, columns.get("said", "")))
    enough = meetings >= (1 if past else clocks.rules()["silent_after_meetings"])
    return {
        "status": "overdue" if late and status == "not_started" else status,
        "overdue": late or status == "overdue" or _answer_late(columns, out["response"], today),
        "silent": enough and bool(columns.get("finding_id")) and not any(map(_mentions, events)),
    }


def agreed(stood: Stood) -> bool:
    """Whether the committee made it its own."""
    return stood.recommendation is not None and stood.recommendation.state in AGREED


def is_open(stood: Stood) -> bool:
    """Whether somebody still has to look at it.

    "Complete" on a word alone stays open, and so does what is no longer feasible: the committee
    has to see both before a person closes them.
    """
    return ending(stood) is None


def ending(stood: Stood) -> Event | None:
    """The event that closed it, if one did."""
    if stood.recommendation and stood.recommendation.state in NOT_MADE:
        return stood.recommendation
    latest = stood.implementation
    if latest and latest.state in (SUPERSEDED, CLOSED):
        return latest
    if latest and latest.state == "complete" and stood.proof:
        return stood.proof
    return stood.closed


def _response(stood: Stood) -> str:
    """Awaited once it was sent; before that, all that can be said is that none was found."""
    state = stood.response.state if stood.response else "none_found"
    sent = stood.recommendation is not None and stood.recommendation.state == "referred"
    return "awaiting" if state == "none_found" and sent else state


def _late(day: str, today: str) -> bool:
    """A due day is over when it has ended."""
    return bool(day) and day < today


def _answer_late(columns: Mapping[str, Any], response: str, today: str) -> bool:
    """Only a day that binds makes an answer late."""
    binds = clocks.binds(columns["due_kind"])
    waits = response in unanswered() - REPLIED
    return binds and waits and _late(columns["response_due"], today)


def _mentions(event: Event) -> bool:
    """Whether an event shows that it was spoken of, answered or worked on since it was made."""
    if event.standing == DECIDED:
        return event.ladder in ("response", "implementation") and event.state not in (
            "",
            DISPUTED,
        )
    return event.standing == CLAIMED or (event.standing == PROPOSED and event.state not in UPWARDS)


def _rag(out: Mapping[str, Any], stood: Stood) -> str:
    if out["status"] == "complete" and stood.proof and not out["disputed"]:
        return GREEN
    if not out["open"] or not agreed(stood) or out["response"] == "rejected":
        return ""
    red = out["overdue"] or out["silent"] or out["status"] == "no_longer_feasible"
    return RED if red else AMBER
