"""Entries as the rows of a tracker, in its columns and order."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from transcripts.columns import COLUMNS
from transcripts.life import Entry

# what no file of a spreadsheet, a document or a calendar may hold; tabs and line ends may stay
CONTROL = {n: None for n in (*range(32), 0xFFFE, 0xFFFF) if chr(n) not in "\t\n\r"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SPACER = "; "
MADE_BY = (
    "Found by machine unless a person decided; the minutes are the formal record. Dates marked "
    "estimated bind nobody."
)
MEANINGS = {
    "reference": "Stable for ever: committee, municipal year, number.",
    "committee": "The committee that made it.",
    "meeting_date": "The day of the meeting that made it.",
    "agenda_item": "The agenda item under which it was made.",
    "minute_no": "The number of the minute.",
    "kind": "What sort of point it is.",
    "text_minuted": "The official wording, where minutes were matched.",
    "text_spoken": "The wording as last stated in the room, verbatim.",
    "proposer": "Who proposed it, as far as evidence tells.",
    "seconder": "Who seconded it.",
    "vote": "How it was voted on, as minuted.",
    "recipient": "Whom it asks to act.",
    "recipient_kind": "What that is: executive, council, officer, police, NHS, partner …",
    "cabinet_member": "The cabinet member responsible.",
    "lead_officer": "The officer responsible.",
    "referred_on": "When it was sent.",
    "received_on": "When it was received: this starts a clock.",
    "response_basis": "What asks for an answer.",
    "response_due": "The day by which an answer is looked for.",
    "due_kind": "What makes it due: statutory, constitution rule, stated by committee, estimated.",
    "response": "What was answered; 'noted only' and 'accepted in principle' are no acceptance.",
    "response_date": "When it was answered.",
    "response_body": "Which body answered.",
    "response_text": "The words of the answer.",
    "response_reason": "The reasons it gives.",
    "status": "What was done.",
    "rag": "Green, Amber or Red, told from the status.",
    "action_due": "The day by which it asks for something to be done.",
    "progress": "What is claimed of its progress, and by whom.",
    "evidence_urls": "Where the steps can be checked.",
    "last_checked": "The last meeting in which it was looked for.",
    "closed_on": "When it was closed.",
    "closed_reason": "Why it was closed.",
    "superseded_by": "What took its place.",
    "note": "Notes; they are part of what can be asked for under freedom of information.",
}


def cells(entry: Entry) -> list[str]:
    """The values of one entry in the order of ``COLUMNS``, as text."""
    values = (getattr(entry, column) for column in COLUMNS)
    return [writable(SPACER.join(v) if isinstance(v, tuple) else str(v)) for v in values]


def writable(text: str) -> str:
    """The text without control characters, for which a whole file would be refused."""
    return text.translate(CONTROL)


def as_csv(entries: Sequence[Entry]) -> str:
    """CSV with a header; a cell a spreadsheet would run as a formula gets a quote in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([f"'{c}" if c.startswith(FORMULA) else c for c in cells(e)] for e in entries)
    return out.getvalue()


def day_shown(iso: str) -> str:
    """``2026-06-30`` as ``30 Jun 2026``; what is no day stays as it is."""
    try:
        return f"{date.fromisoformat(iso):%-d %b %Y}"
    except ValueError:
        return iso
