"""A line of the ledger as people say it."""

from __future__ import annotations

from transcripts.states import in_words
from warehouse.written import LineRow

SAID = {
    ("finding", "rejected"): "is no finding",
    ("finding", "restored"): "is a finding",
    ("link", "accepted"): "is about it",
    ("link", "rejected"): "is not about it",
    ("minuted", "accepted"): "is its minuted wording",
    ("minuted", "rejected"): "is not its minuted wording",
    ("point", "nothing to follow"): "is nothing to follow here",
    ("withhold", "withheld"): "a name is withheld",
    ("withhold", "shown"): "a name may be shown",
    ("speaker", ""): "the voice is left without a name",
    ("voice", "enrolled"): "a voice is enrolled",
    ("voice", "removed"): "a voice is removed",
}
ALONE = {
    "withdraw": "withdrawn by the committee",
    "close": "closed with no further action",
    "reopen": "opened again",
    "contest": "disputed",
    "split": "became several",
}
BEFORE = {
    "speaker": "the voice is",
    "respond": "answered:",
    "progress": "done:",
    "refer": "sent to",
    "correct": "set right:",
    "merge": "goes on under",
    "undo": "took back line",
    "reference": "numbered",
    "note": "note:",
    "entry": "entered:",
}


def in_a_sentence(row: LineRow) -> str:
    """What was decided, in a few words: ``answered: accepted in part``."""
    if (row.kind, row.verdict) in SAID:
        return SAID[row.kind, row.verdict]
    if row.kind in ALONE:
        return ALONE[row.kind]
    state = row.kind in ("respond", "progress")
    verdict = in_words(row.verdict) if state else row.verdict
    return f"{BEFORE.get(row.kind, row.kind)} {verdict}".strip()


def moment(when: str) -> str:
    """``2026-07-16 18:30`` of an ISO moment."""
    return when[:16].replace("T", " ")
