"""Which agenda item was being taken when something was said.

Read from the words with which a chair moves a meeting on ("item three", "the next item", the
title). The agenda is walked forwards only: a mention of an earlier item is a mention. Where marks
tell when items begin, the walk is held between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transcripts.meeting import AgendaItem, Meeting
from transcripts.words import Sentence, Utterance

NUMBERS = {
    word: n
    for n, words in enumerate(
        (
            "one won first", "two to too second", "three third", "four for fourth", "five fifth",
            "six sixth", "seven seventh", "eight ate eighth", "nine ninth", "ten tenth",
            "eleven eleventh", "twelve twelfth", "thirteen", "fourteen", "fifteen",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
COMMON = frozenset(
    "the a an of and to for in on from with by at report reports item update annual update council "
    "committee its".split()
)
MOVES = re.compile(
    r"\b(move|moving|turn|turning|go|going|come|comes|coming|proceed|takes? us|take us|brings us|"
    r"now|next|item|onto|begin|start|let's|lets)\b"
)
LOOKS_AWAY = re.compile(
    r"\b(earlier|later|previous|last (meeting|time)|under item|go back|come back|"
    r"when we (get|reach|come)|will come|before we|after item)\b"
)
NEXT = re.compile(r"\bnext (agenda )?item\b|\bnext on the agenda\b")
NUMBERED = re.compile(r"\bitem(?: number| no)? (?!item)(\w+(?:\.\d+)?)\b")
FURTHEST = 3  # items that may be passed over on the strength of a number alone
ENOUGH_TITLE = 0.5  # of a title's telling words


def assign_items(
    meeting: Meeting, utterances: Sequence[Utterance], sentences: Sequence[Sentence]
) -> tuple[list[Utterance], list[Sentence]]:
    """The same with ``item`` filled in: sentence by sentence, an utterance by its first one."""
    if not meeting.agenda:
        return list(utterances), list(sentences)
    walk = _Walk(meeting)
    items: dict[str, str] = {}
    placed: list[Sentence] = []
    for sentence in sentences:
        item = meeting.agenda[walk.at(sentence.start_s, sentence.text)].item
        items.setdefault(sentence.utterance_id, item)
        placed.append(replace(sentence, item=item))
    return [replace(u, item=items.get(u.id, u.item)) for u in utterances], placed


class _Walk:
    """The current item, sentence by sentence: by marks, and between two of them by words."""

    def __init__(self, meeting: Meeting) -> None:
        self._agenda, self._marks = meeting.agenda, _marks(meeting)
        self._at = self._passed = 0

    def at(self, start_s: float, text: str) -> int:
        """Index of the item that is current after a sentence."""
        passed = sum(begins_s <= start_s for begins_s, _ in self._marks)
        if passed > self._passed:  # it may also lead back: items are taken out of their order
            self._at, self._passed = self._marks[passed - 1][1], passed
        last = len(self._agenda) - 1
        if passed < len(self._marks):
            last = max(self._at, self._marks[passed][1] - 1)
        self._at = min(moved_to(self._agenda, self._at, text), last)
        return self._at


def _marks(meeting: Meeting) -> list[tuple[float, int]]:
    """When items begin, and which; none where several recordings would each count from nought."""
    if len(meeting.recordings) > 1:
        return []
    timed = ((a.begins_s, i) for i, a in enumerate(meeting.agenda))
    return sorted((begins_s, i) for begins_s, i in timed if begins_s is not None)


def moved_to(agenda: Sequence[AgendaItem], at: int, text: str) -> int:
    """Index of the item that is current after this sentence; never before ``at``."""
    said = " ".join(re.findall(r"[\w.']+", text.lower().replace("’", "'"))).rstrip(".")
    said = re.sub(r"\.(\s|$)", r"\1", said)
    if not MOVES.search(said) or LOOKS_AWAY.search(said):
        return at
    titled = [i for i in range(at + 1, len(agenda)) if names_title(agenda[i].title, said)]
    numbered = [i for n in NUMBERED.findall(said) for i in _with_number(agenda, n)]
    for i in numbered:
        if at < i <= at + FURTHEST or i in titled:
            return i
    if titled and not numbered:
        return titled[0]
    return min(at + 1, len(agenda) - 1) if NEXT.search(said) and not numbered else at


def _with_number(agenda: Sequence[AgendaItem], number: str) -> list[int]:
    """Indices of items that a spoken number can mean."""
    plain = str(NUMBERS.get(number, number))
    return [i for i, a in enumerate(agenda) if a.item.strip(" .").lower() == plain]


def names_title(title: str, said: str) -> bool:
    """Whether enough of a title's telling words were said; two at the least where it has two."""
    telling = {w for w in re.findall(r"[a-z']+", title.lower()) if w not in COMMON and len(w) > 2}
    heard = {w for w in telling if re.search(rf"\b{re.escape(w[:6])}", said)}
    return len(heard) >= max(min(2, len(telling)), ENOUGH_TITLE * len(telling)) and bool(telling)
