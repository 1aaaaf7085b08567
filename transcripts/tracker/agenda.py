"""What a committee asks about under matters arising: due, answered, done, to confirm, silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transcripts.life import Entry
from transcripts.states import in_words
from transcripts.tracker.rows import day_shown

RECORD = (
    "Found by machine unless a person decided; the minutes are the formal record. A claim is what "
    "somebody said, not what is so."
)
WAITING = ("none_found", "awaiting")
FINISHED = ("complete", "superseded", "closed_no_action", "no_longer_feasible")


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a section: a reference, what it says, and lines about it."""

    reference: str
    words: str
    lines: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and what to say where nothing does."""

    title: str
    items: tuple[Item, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The page for one meeting of one committee; ``since`` is the meeting before it, if any."""

    committee: str
    day: date
    since: str
    sections: tuple[Section, ...]
    searched: str

    @property
    def title(self) -> str:
        """What the page is called."""
        return f"Matters arising: {self.committee}, {self.day:%-d %B %Y}"


def due(entries: Sequence[Entry], until: date) -> Section:
    """What is still open and falls due by the meeting."""
    found = [e for e in entries if e.open and _due(e, until) and e.status not in FINISHED]
    lines = [(e, [f"Due {day_shown(_due(e, until))}", _answer(e)]) for e in found]
    return _section("Due by this meeting", lines, "Nothing falls due by this meeting.")


def answered(entries: Sequence[Entry], since: str, day: date) -> Section:
    """What was answered from the meeting before until this one."""
    found = [
        e
        for e in entries
        if e.response not in WAITING
        and e.response_date  # an answer without a day came nobody knows when
        and since <= e.response_date <= day.isoformat()
    ]
    lines = [(e, [_answer(e), e.response_text, e.response_reason]) for e in found]
    return _section("Answered since the last meeting", lines, "No answer is recorded.")


def done(entries: Sequence[Entry]) -> Section:
    """What is done or otherwise at its end."""
    found = [e for e in entries if e.status in FINISHED]
    lines = [(e, _once(in_words(e.status), e.progress, e.closed_reason)) for e in found]
    return _section("Done or ended", lines, "Nothing is recorded as done.")


def silent(entries: Sequence[Entry], looked: str) -> Section:
    """What was agreed and never came up again."""
    found = [e for e in entries if e.silent]
    last = f"No response found in the records loaded, last looked {looked}."
    lines = [(e, [f"Agreed {day_shown(e.meeting_date)}", last]) for e in found]
    return _section("Silent", lines, "Nothing agreed has fallen silent.")


def _once(state: str, progress: str, reason: str) -> list[str]:
    """What it came to, without saying the bare state again: "complete (A. Clerk, 1 July)"."""
    told = progress.startswith(state)
    return [*([] if told else [state]), progress, "" if reason == state else reason]


def _due(entry: Entry, until: date) -> str:
    days = [entry.action_due, entry.response_due if entry.response in WAITING else ""]
    return min((d for d in days if d and d <= until.isoformat()), default="")


def _answer(entry: Entry) -> str:
    told = in_words(entry.response)
    if entry.response in WAITING and entry.response_due:
        kind = entry.due_kind or "estimated"
        return f"{told}; looked for by {day_shown(entry.response_due)} ({kind})"
    return " ".join(filter(None, (told, day_shown(entry.response_date), entry.response_body)))


def _section(title: str, found: Sequence[tuple[Entry, list[str]]], empty: str) -> Section:
    return Section(title, tuple(_item(e, lines) for e, lines in found), empty)


def _item(entry: Entry, lines: Sequence[str]) -> Item:
    said = f"Said: “{entry.text_spoken}”"
    minuted = f"Minuted: “{entry.text_minuted}”" if entry.text_minuted else ""
    own = [minuted and said, f"To {entry.recipient}" if entry.recipient else "", *lines]
    words = minuted or said
    return Item(entry.reference, words, tuple(filter(None, own)), entry.link)
