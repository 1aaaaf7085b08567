"""By when something is to be done: the words that say it, and the day they mean where they do.

Which words are a deadline is told by the patterns of ``slot.jsonl``; what day they mean is told by
``dates``. "As soon as possible" is kept as words and means no day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.findings.patterns import Hit
from models.findings.phrases import is_verb, said

NOW = "now"  # words that mostly mean no deadline: "now", "today"
# alone they say no time, though a model may take them for one: "When will they be mended?"
NO_TIME = frozenset("when how what which who where why is are was were be".split())
GAP = 1  # characters between two hits that are one deadline


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[start, end)`` of a sentence and the rule that found them."""

    start: int
    end: int
    rule: str


def deadline(text: str, hits: Sequence[Hit], *, shy: bool = False) -> Span | None:
    """The words of ``text`` that set a deadline; None where none do.

    A definite one goes before a vague one, and of equals the last: "in March we asked for it by
    June". ``shy`` takes a bare "now" or "today" only behind its verb or at the end.
    """
    own = [h for h in hits if h.pattern.label == "deadline"]
    killed = [h for h in own if not h.pattern.speaks_for]
    spans = [
        (h.pattern.value, Span(h.start, h.start + len(_unstopped(text, h)), h.pattern.id))
        for h in own
        if h.pattern.speaks_for and not _killed(h, killed)
    ]
    if shy:
        spans = [(v, s) for v, s in spans if v != NOW or _presses(text, s)]
    found = _merged(spans)
    ranked = [(value == "", span.start, span) for value, span in found]
    return max(ranked, key=lambda r: r[:2])[2] if ranked else None


def says_no_time(words: str) -> bool:
    """Whether what is proposed for a deadline is a bare question word, or none at all."""
    return words.strip(" ,.?!").lower() in NO_TIME


def to_the_deadline(hits: Sequence[Hit], quoted: tuple[int, int]) -> tuple[int, int]:
    """The quotation, without leaving off in the middle of a deadline: "repairs the bridge by"."""
    start, end = quoted
    ends = [
        h.end
        for h in hits
        if h.pattern.label == "deadline" and h.pattern.speaks_for and start < h.start < end < h.end
    ]
    return start, max(ends, default=end)


def _unstopped(text: str, hit: Hit) -> str:
    """The words of a hit without the full stop that "Sept." keeps at the end of a sentence."""
    return text[hit.start : hit.end].rstrip(".")


def _killed(hit: Hit, killed: Sequence[Hit]) -> bool:
    """Whether it begins within a kill; "six weeks from now" holds a "from now" and stands."""
    return any(k.start <= hit.start < k.end for k in killed)


def _presses(text: str, span: Span) -> bool:
    """Whether a "now" presses for something: "commit today to", "mend it now"."""
    before = said(text[: span.start])
    verb = bool(before) and before[-1].word != "have" and is_verb(before[-1].word)
    return verb or len(said(text[span.end :])) <= 1


def _merged(spans: Sequence[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Overlapping and adjoining spans as one, named by its longest part."""
    ordered = sorted(spans, key=lambda s: (s[1].start, -s[1].end))
    out: list[tuple[str, Span]] = []
    for value, span in ordered:
        if out and span.start <= out[-1][1].end + GAP:
            before_value, before = out[-1]
            longest = before if before.end - before.start >= span.end - span.start else span
            both = Span(before.start, max(before.end, span.end), longest.rule)
            out[-1] = (before_value and value, both)
        else:
            out.append((value, span))
    return out
