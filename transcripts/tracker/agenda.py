"""What a committee asks about under matters arising: due, answered, done, to confirm, silent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from transcripts.clocks import ESTIMATED
from transcripts.ladders import AGREED, ENDS, at_end, awaited
from transcripts.life import Entry, is_looked_for, wording_is
from transcripts.states import DERIVED, in_words, unanswered
from transcripts.tracker.rows import day_shown

RECORD = (
    "Found by machine unless a person decided; the minutes are the formal record. A claim is what "
    "somebody said, not what is so."
)
NOT_SEARCHED = "Nothing was searched since."
NOT_LOOKED_FOR = "Not looked for: it was not heard being made, so nothing seeks it in what is said."


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a section: a reference, what it says, and lines about it.

    ``label`` is what is found where ``link`` leads; ``accept`` the command that accepts what is
    proposed, which is no part of a paper for members.
    """

    reference: str
    words: str
    lines: tuple[str, ...]
    link: str = ""
    label: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A meeting in which something was looked for, and what share of its speech was heard."""

    day: date
    committee: str
    share: float | None

    def __str__(self) -> str:
        heard = "" if self.share is None else f" ({self.share:.0%} heard)"
        return f"{day_shown(self.day.isoformat())} {self.committee}{heard}"


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


def due(entries: Sequence[Entry], until: date, looked: Mapping[str, Sequence[Looked]]) -> Section:
    """What is still looked for and falls due by the meeting; the two days are told apart.

    ``looked`` is by reference where each was looked for since.
    """
    found = [e for e in entries if awaited(e) and _is_due(e, until)]
    lines = [
        (e, [_action(e), f"Answer: {_answer(e)}", _unsearched(e, looked.get(e.reference, ()))])
        for e in found
    ]
    return _section("Due by this meeting", lines, "Nothing falls due by this meeting.")


def answered(
    entries: Sequence[Entry], since: str, day: date, late: Collection[tuple[str, str]] = ()
) -> Section:
    """What was answered from the meeting before until this one.

    ``late`` are references, folded, with the days of answers that were written down only since.
    """
    found = [
        e
        for e in entries
        if e.response not in unanswered()
        and e.response_date  # an answer without a day came nobody knows when
        and e.response_date <= day.isoformat()
        and (e.response_date >= since or (e.reference.lower(), e.response_date) in late)
    ]
    lines = [(e, [_answer(e), e.response_text, e.response_reason]) for e in found]
    return _section("Answered since the last meeting", lines, "No answer is recorded.")


def done(
    entries: Sequence[Entry], since: str = "", late: Collection[tuple[str, str]] = ()
) -> Section:
    """What came to its end from the meeting before on, and what a person has still to close.

    ``late`` are references, folded, with the days of ends that were written down only since.
    """
    found = [
        e
        for e in entries
        if e.status in ENDS
        and at_end(e)
        and (e.open or e.closed_on >= since or (e.reference.lower(), e.closed_on) in late)
    ]
    lines = [(e, _once(in_words(e.status), e.progress, e.closed_reason)) for e in found]
    return _section("Done or ended", lines, "Nothing is recorded as done.")


def said_done(entries: Sequence[Entry]) -> Section:
    """What somebody says is complete, and nothing shows: it stays open until somebody looks."""
    found = [e for e in entries if e.status == "complete" and not at_end(e)]
    lines = [(e, _once(in_words(e.status), e.progress, "")) for e in found]
    title = "Said to be done, no other evidence held"
    return _section(title, lines, "Nothing is called done on somebody's word alone.")


def silent(entries: Sequence[Entry], looked: Mapping[str, Sequence[Looked]]) -> Section:
    """What was agreed and never came up again, with where each was looked for, by reference."""
    found = [e for e in entries if e.silent]
    lines = [
        (e, [f"Agreed {day_shown(e.meeting_date)}", *_looked(looked.get(e.reference, ()))])
        for e in found
    ]
    return _section("Silent", lines, "Nothing agreed has fallen silent.")


def also_open(entries: Sequence[Entry], sections: Sequence[Section]) -> Section:
    """What is open and stands in no section: accepted long ago, say, with no day to be done by."""
    named = {item.reference for section in sections for item in section.items}
    agreed = (e for e in entries if e.recommendation in AGREED)
    found = [e for e in agreed if awaited(e) and e.reference not in named]
    lines = [
        (e, [f"Agreed {day_shown(e.meeting_date)}", _answer(e), e.progress or in_words(e.status)])
        for e in found
    ]
    return _section("Also open", lines, "Nothing else is open.")


def _once(state: str, progress: str, reason: str) -> list[str]:
    """What it came to, without saying the bare state again: "complete (A. Clerk, 1 July)"."""
    told = progress.startswith(state)
    return [*([] if told else [state]), progress, "" if reason == state else reason]


def _unsearched(entry: Entry, places: Sequence[Looked]) -> str:
    if not is_looked_for(entry):
        return NOT_LOOKED_FOR
    return "" if places else NOT_SEARCHED


def _looked(places: Sequence[Looked]) -> list[str]:
    if not places:
        return [NOT_SEARCHED]
    last = day_shown(max(p.day for p in places).isoformat())
    return [
        f"No response found in the records loaded, last looked {last}.",
        f"Looked for in: {'; '.join(map(str, places))}.",
    ]


def _is_due(entry: Entry, until: date) -> bool:
    days = [entry.action_due, entry.response_due if entry.response in unanswered() else ""]
    return any(day and day <= until.isoformat() for day in days)


def _action(entry: Entry) -> str:
    # whether the room or a person set the day, the entry does not tell
    return f"To be done by {day_shown(entry.action_due)}" if entry.action_due else ""


def _answer(entry: Entry) -> str:
    told = (in_words(entry.response), day_shown(entry.response_date), entry.response_body)
    answer = " ".join(filter(None, told))
    if entry.response not in unanswered():
        return answer
    if entry.response not in DERIVED:
        answer = f"{answer}, no answer yet"
    if not entry.response_due:
        return answer
    kind = entry.due_kind or ESTIMATED
    return f"{answer}; looked for by {day_shown(entry.response_due)} ({kind})"


def _section(title: str, found: Sequence[tuple[Entry, list[str]]], empty: str) -> Section:
    return Section(title, tuple(_item(e, lines) for e, lines in found), empty)


def _item(entry: Entry, lines: Sequence[str]) -> Item:
    said = f"Said: “{entry.text_spoken}”" if entry.text_spoken else ""
    minuted = f"{wording_is(entry)}: “{entry.text_minuted}”" if entry.text_minuted else ""
    own = [minuted and said, f"To {entry.recipient}" if entry.recipient else "", *lines]
    words = minuted or said
    label = f"hear {entry.reference} being made"
    return Item(entry.reference, words, tuple(filter(None, own)), entry.link, label)
