"""The register as a document: a landscape table of what people read in a committee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transcripts.life import Entry, wording_is
from transcripts.states import in_words
from transcripts.tracker.paper import Paper
from transcripts.tracker.rows import MADE_BY, day_shown

HEAD = ("Reference", "Made", "Recommendation", "To", "Due", "Answer", "Status")
# what an official wording is: a tracker's words are nobody's minutes
WHOSE = {"Minuted": "as minuted", "In the register": "in the register"}
WIDTHS = (3.4, 2.4, 7.9, 3.5, 2.5, 3.3, 3.6)


def as_docx(entries: Sequence[Entry], *, made_on: date, title: str = "") -> bytes:
    """The bytes of the document."""
    paper = Paper(title or "Register of recommendations")
    paper.say(f"{len(entries)} recommendations as on {made_on:%-d %B %Y}. {MADE_BY}")
    paper.table(HEAD, [row(e) for e in entries], WIDTHS)
    return paper.finished()


def row(entry: Entry) -> tuple[str, ...]:
    """One entry in the few columns that fit a page; states are words."""
    words = entry.text_minuted or f"“{entry.text_spoken}”"
    whose = WHOSE[wording_is(entry)] if entry.text_minuted else "as said"
    status = [in_words(entry.status), entry.rag, "disputed" if entry.disputed else ""]
    answer = [in_words(entry.response), day_shown(entry.response_date)]
    return (
        entry.reference,
        day_shown(entry.meeting_date),
        f"{words} ({whose})",
        entry.recipient or "not said",
        day_shown(entry.action_due) or "none said",
        ", ".join(filter(None, answer)),
        ", ".join(filter(None, [*status, "silent" if entry.silent else ""])),
    )
