"""From cues as captioners write them to segments: marks, tags, names, repeats, word times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from transcripts.captions_rolling import Shown, Token, shown_again
from transcripts.words import Segment, Word

LETTERS_A_SECOND = 15.0  # brisk speech; for cues that carry no usable end
NAMED_SHARE = 0.5  # of cues that begin "Name:": an export of a video call

VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
TAG = re.compile(r"</?[^>]*>|\{\\[^}]*\}")
NOT_SPEECH = re.compile(r"\[[^\]]*\]|[♪♫]+")
MARK = re.compile(r"\s*>{2,}\s*|^[ \t]*[-–][ \t]+(?=\S)", re.MULTILINE)
ANY_NAME = re.compile(r"^([^:\n]{1,60}):\s+(?=\S)")
EXPORTED_SHARE = (
    0.8  # of cues with something before a colon: log-in names, however they are written
)
NAME = re.compile(r"^([A-Z][\w.'’\-]*(?: [A-Z(][\w.'’()\-]*){0,5}):\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue as read: its times, and its text with whatever marks stand in it."""

    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one cue in one voice; ``new`` where a mark stood before it.

    ``lines`` are the places among its words at which a line of the display begins.
    """

    text: str
    speaker: str = ""
    new: bool = False
    lines: frozenset[int] = frozenset()


def segments_of(cues: list[Cue]) -> list[Segment]:
    """One segment a cue and voice, in order of time; cues without words are left out."""
    read = [(cue, parts_of(cue.text)) for cue in sorted(cues, key=lambda c: c.start_s)]
    read = [(cue, parts) for cue, parts in read if parts]
    texts = _with_names(_without_repeats(read))
    kept = [(cue, parts) for (cue, _), parts in zip(read, texts, strict=True) if parts]
    if not kept:
        return []
    ends = [cue.start_s for cue, _ in kept[1:]] + [float("inf")]
    segments = (
        segment
        for (cue, parts), next_s in zip(kept, ends, strict=True)
        for segment in _timed(parts, cue.start_s, _end(cue, parts, next_s))
    )
    return _with_changes(segments)


def parts_of(raw: str) -> list[Part]:
    """The voices of one cue: split at ``>>``, at a dash that begins a line, and at ``<v Name>``."""
    parts: list[Part] = []
    pieces = VOICE.split(raw)  # text, name, text, name, text …
    for name, text in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        spoken = NOT_SPEECH.sub(" ", html.unescape(html.unescape(TAG.sub("", text))))
        for number, stretch in enumerate(MARK.split(spoken)):
            words = " ".join(stretch.split())
            if words:
                part = _part(words, html.unescape(name).strip(), marked=number > 0)
                parts.append(replace(part, lines=_line_starts(stretch, part)))
    return parts


def _part(words: str, speaker: str, *, marked: bool, names: re.Pattern[str] = NAME) -> Part:
    """A name before a colon is only believed after a mark: "Item five: bins" is no person."""
    found = names.match(words) if marked and not speaker else None
    if found:
        return Part(words[found.end() :], found[1].strip(), new=True)
    return Part(words, speaker, new=marked)


def _line_starts(stretch: str, part: Part) -> frozenset[int]:
    """A name before its words is none of them, and its mark begins a line whatever stands there."""
    lengths = [len(line.split()) for line in stretch.splitlines()]
    named = sum(lengths) - len(part.text.split())
    starts = accumulate(lengths, initial=0)
    return frozenset({0} | {n - named for n in starts if n > named})


def _with_names(cues: list[list[Part]]) -> list[list[Part]]:
    """Take ``Name:`` before most cues for the speaker, as Zoom and Teams export it."""
    first = [parts[0] for parts in cues if parts]
    names = _names_of(first)
    if names is None:
        return cues
    return [[_named(p, names) for p in parts] for parts in cues]


def _named(part: Part, names: re.Pattern[str]) -> Part:
    """A part of an export: its name comes with every cue, so by itself it marks no change."""
    marked = bool(names.match(part.text)) or part.new
    read = _part(part.text, part.speaker, marked=marked, names=names)
    return replace(read, new=part.new)


def _names_of(first: list[Part]) -> re.Pattern[str] | None:
    """How the names before the cues of an export are told from words; None where it is none.

    Log-in names may be "helen penrose" or "Committee Room 2". They come again and again, and stand
    before nearly every cue.
    """
    bare = [p for p in first if not p.speaker]
    for names, share in ((ANY_NAME, EXPORTED_SHARE), (NAME, NAMED_SHARE)):
        found = [m[1] for p in bare if (m := names.match(p.text))]
        again = names is NAME or 2 * len(set(found)) <= len(found)
        if len(found) >= 2 and len(found) >= share * len(first) and again:
            return names
    return None


def _with_changes(segments: Iterable[Segment]) -> list[Segment]:
    """Another name than the one before is a change of speaker, mark or no mark."""
    marked, before = [], ""
    for segment in segments:
        changed = bool(segment.speaker) and segment.speaker != before
        before = segment.speaker or before
        marked.append(replace(segment, new_speaker=segment.new_speaker or changed))
    return marked


def _without_repeats(read: list[tuple[Cue, list[Part]]]) -> list[list[Part]]:
    """Drop what a roll-up display shows again."""
    again = shown_again([Shown(c.start_s, c.end_s, tuple(_tokens(parts))) for c, parts in read])
    return [_drop_words(parts, n) for (_, parts), n in zip(read, again, strict=True)]


def _tokens(parts: list[Part]) -> Iterator[Token]:
    for part in parts:
        for n, word in enumerate(part.text.split()):
            yield Token(word, part.speaker, part.new and n == 0, n in part.lines)


def _drop_words(parts: list[Part], count: int) -> list[Part]:
    kept: list[Part] = []
    for part in parts:
        words = part.text.split()
        rest, count = words[count:], max(0, count - len(words))
        if rest:
            kept.append(
                replace(part, text=" ".join(rest), new=part.new and len(rest) == len(words))
            )
    return kept


def _end(cue: Cue, parts: list[Part], next_s: float) -> float:
    """Where a cue's words end: not after the next begins, and never before its own start."""
    end_s = cue.end_s
    if end_s <= cue.start_s:
        end_s = cue.start_s + sum(len(p.text) for p in parts) / LETTERS_A_SECOND
    return min(end_s, next_s) if next_s > cue.start_s else end_s


def _timed(parts: list[Part], start_s: float, end_s: float) -> list[Segment]:
    words = [p.text.split() for p in parts]
    timed = spread([w for part in words for w in part], start_s, end_s)
    segments, at = [], 0
    for part, mine in zip(parts, words, strict=True):
        segments.append(Segment(tuple(timed[at : at + len(mine)]), part.speaker, part.new))
        at += len(mine)
    return segments


def spread(words: list[str], start_s: float, end_s: float) -> list[Word]:
    """Words over a stretch of time, each as long as its share of the letters."""
    total = sum(len(w) + 1 for w in words)
    timed, at = [], 0
    for word in words:
        until = at + len(word) + 1
        first, last = (start_s + (end_s - start_s) * n / total for n in (at, until))
        timed.append(Word(word, round(first, 3), round(last, 3)))
        at = until
    return timed
