"""Where more than one voice speaks at once, told from turns that overlap.

Whose a word is that was spoken there is less sure than elsewhere: the recogniser hears one of two
voices, and the turns do not say which. By a seat log two microphones were open, which is less than
two voices. Nothing of this is kept: turns are, so that older records are marked too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from transcripts.words import Turn, Utterance, Word

Span = tuple[float, float]
MOSTLY = 0.5  # of a word must lie in an overlap


def overlaps(turns: Iterable[Turn]) -> list[Span]:
    """The stretches in which two or more voices speak, in order, none touching another."""
    lasting = [t for t in turns if t.end_s > t.start_s]
    edges = sorted(
        [(t.start_s, True, t.voice) for t in lasting] + [(t.end_s, False, t.voice) for t in lasting]
    )
    speaking: dict[str, int] = {}
    found: list[Span] = []
    began = 0.0
    for at, begins, voice in edges:
        before = len(speaking)
        speaking[voice] = speaking.get(voice, 0) + (1 if begins else -1)
        if not speaking[voice]:
            del speaking[voice]
        if before < 2 <= len(speaking):
            began = at
        elif before >= 2 > len(speaking) and at > began:
            found.append((began, at))
    return _joined(found)


def overlapped(words: Sequence[Word], spans: Sequence[Span]) -> list[bool]:
    """Whether each word was spoken, for the most part, while another voice was heard."""
    starts = [start for start, _ in spans]
    return [_shared(word, spans, starts) for word in words]


def overlapped_of(utterances: Iterable[Utterance], turns: Iterable[Turn]) -> dict[str, list[bool]]:
    """For each utterance, by its id, whether each of its words was spoken over another voice."""
    spans = overlaps(turns)
    return {u.id: overlapped(u.words, spans) for u in utterances}


def _shared(word: Word, spans: Sequence[Span], starts: Sequence[float]) -> bool:
    at = bisect_right(starts, word.end_s) - 1
    covered, touched = 0.0, False
    while at >= 0 and spans[at][1] > word.start_s:
        covered += min(spans[at][1], word.end_s) - max(spans[at][0], word.start_s)
        at, touched = at - 1, True
    length = word.end_s - word.start_s
    return covered >= MOSTLY * length if length else touched


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
