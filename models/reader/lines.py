"""A meeting's sentences as what one request shows: an agenda item, or a part of a long one.

A part is small enough for the context of a small local model. Around its lines stand a few
sentences of the same item as context: they are shown, and cannot be pointed at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from transcripts.meeting import AgendaItem
from transcripts.words import Sentence

WORDS_A_PART = 700  # with its wrapping about 1,800 tokens: a context of 4,096 holds it
CONTEXT = 3  # sentences shown before and after
LEAST = 0.5  # of a part, before which it is not ended early for the sake of a speaker's end
HIDDEN = "(name withheld)"

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as it is shown. ``said`` are its own words, ``hidden`` the names among them."""

    id: str
    sentence_id: str
    speaker: str
    said: str
    hidden: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The words without the hidden names: all that leaves the program."""
        out, at = [], 0
        for start, end in self.hidden:
            out += [self.said[at:start], HIDDEN]
            at = end
        return "".join([*out, self.said[at:]])


@dataclass(frozen=True, slots=True)
class Part:
    """What one request is about. ``item`` is the number and title as the agenda has them."""

    item: str
    lines: tuple[Line, ...]
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()

    @property
    def where(self) -> str:
        """For people: the item and the first line."""
        item = f"item {self.item.split(' ')[0]}" if self.item else "no agenda item"
        return f"{item}, {self.lines[0].id} to {self.lines[-1].id}"


def show(
    sentences: Sequence[Sentence], speakers: Mapping[str, str], names: Callable[[str], Spans]
) -> list[Line]:
    """The sentences as lines, numbered through the meeting; ``names`` finds what to hide."""
    return [
        Line(f"L{n}", s.id, speakers.get(s.voice, "Speaker"), s.text, tuple(sorted(names(s.text))))
        for n, s in enumerate(sentences, start=1)
    ]


def cut(
    sentences: Sequence[Sentence],
    lines: Sequence[Line],
    agenda: Sequence[AgendaItem] = (),
    *,
    names: Callable[[str], Spans] = lambda _: (),
) -> list[Part]:
    """All lines in parts, agenda item by agenda item, in the order said."""
    titles = {a.item: a.title for a in agenda}
    parts: list[Part] = []
    for item, run in groupby(range(len(sentences)), key=lambda i: sentences[i].item):
        within = list(run)
        title = Line("", "", "", titles.get(item, ""), tuple(names(titles.get(item, "")))).text
        shown = f"{item} {title}".strip()
        own = [lines[i] for i in within]
        voices = [sentences[i].utterance_id for i in within]
        parts += [_part(shown, own, a, b) for a, b in _bounds(own, voices)]
    return parts


def _part(item: str, lines: Sequence[Line], start: int, end: int) -> Part:
    return Part(
        item=item,
        lines=tuple(lines[start:end]),
        before=tuple(lines[max(0, start - CONTEXT) : start]),
        after=tuple(lines[end : end + CONTEXT]),
    )


def _bounds(lines: Sequence[Line], utterances: Sequence[str]) -> list[tuple[int, int]]:
    """Where the parts of an item begin and end; where it can be had, at the end of an utterance."""
    bounds, start = [], 0
    while start < len(lines):
        end, words = start, 0
        while end < len(lines) and (end == start or words < WORDS_A_PART):
            words += len(lines[end].said.split())
            end += 1
        if end < len(lines):
            end = _back_to_a_turn(utterances, start, end)
        bounds.append((start, end))
        start = end
    return bounds


def _back_to_a_turn(utterances: Sequence[str], start: int, end: int) -> int:
    least = start + max(1, int(LEAST * (end - start)))
    turns = (i for i in range(end, least, -1) if utterances[i] != utterances[i - 1])
    return next(turns, end)
