"""Keeps to the open part of minutes: nothing after the public was excluded is ever taken.

Local Government Act 1972, section 100A(4) and Schedule 12A: what follows the resolution may be
exempt, and a document that was not meant to leave the building may come with it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from transcripts.closing import STOPS, public_from, public_until
from transcripts.minutes_from.paper import Paper, Paragraph, Section

CLOSES = re.compile(
    r"\b(?:press|public)\b[^.;]{0,80}\b(?:be|were|was|are)\s+(?:now\s+|therefore\s+)?excluded\b"
    r"|\b(?:resolved|agreed|moved|That|To)\b[^.;]{0,120}\bexclud(?:e|ing)\b[^.;]{0,40}"
    r"\b(?:press|public)\b"
    r"|\bmeeting\b[^.;]{0,60}\b(?:went|moved|go|goes|move) into "
    r"(?:private|closed|exempt|confidential) session\b",
    re.IGNORECASE,
)
REOPENS = re.compile(
    r"\b(?:press|public)\b[^.;]{0,60}\b(?:were|was|be|are)\s+(?:then\s+)?re-?admitted\b"
    r"|\bre-?admit\w*\b[^.;]{0,40}\b(?:press|public)\b"
    r"|\b(?:return|resum|re-?conven|re-?open)\w*\b[^.;]{0,40}\b(?:open|public) session\b",
    re.IGNORECASE,
)
NOT_YET = re.compile(r"\b(?:if|when|until|before|once|after|unless|whether|not|should|would)\b")
EXEMPT = re.compile(
    r"\((?:exempt|confidential)\b[^)]*\)|^\W*(?:exempt|confidential|part (?:2|ii|two))"
    r"(?: (?:items?|minutes?|business|reports?|information|appendix|session))*\W*$"
    r"|\bnot for publication\b",
    re.IGNORECASE,
)


def open_part(paper: Paper) -> Paper:
    """The same document without restricted items and without what follows an exclusion."""
    kept, closed = [], False
    for section in paper.sections:
        # a section that only resolves to exclude is itself public, whatever it is called
        named = EXEMPT.search(section.title) and not any(closes(p.text) for p in section.paragraphs)
        restricted = section.restricted or bool(named)
        paragraphs, closed_after = _open(section.paragraphs, closed)
        decision, _ = _open(section.decision, closed)
        shut = restricted or (closed and not paragraphs)
        closed = closed_after
        if shut:
            kept.append(replace(section, paragraphs=(), decision=(), actions=(), restricted=True))
            continue
        whole = (paragraphs, decision) == (section.paragraphs, section.decision)
        actions = section.actions if whole else ()
        kept.append(replace(section, paragraphs=paragraphs, decision=decision, actions=actions))
    lost = _length(paper.sections) > _length(kept)
    words = ("what follows the exclusion of the public, or is restricted",) if lost else ()
    return replace(paper, sections=tuple(kept), left_out=(*paper.left_out, *words))


def _length(sections: Iterable[Section]) -> int:
    return sum(len(p.text) for s in sections for p in (*s.paragraphs, *s.decision))


def _open(paragraphs: tuple[Paragraph, ...], closed: bool) -> tuple[tuple[Paragraph, ...], bool]:
    """The public words of paragraphs, one after the other, and whether the last closed."""
    out = []
    for each in paragraphs:
        public, closed = _public_words(each.text, closed)
        if public:
            out.append(each if public == each.text else replace(each, text=public))
    return tuple(out), closed


def _public_words(text: str, closed: bool) -> tuple[str, bool]:
    """What of a paragraph is public: a resolution and what it hides may stand in one."""
    out, at = [], 0
    while at < len(text):
        turn = _turn(text[at:], closed)
        end = len(text) if turn is None else at + turn
        out += [] if closed else [text[at:end].strip()]
        closed = closed if turn is None else not closed
        at = end
    return " ".join(filter(None, out)), closed


def _turn(text: str, closed: bool) -> int | None:
    """The index of the first character after which it is otherwise; None where nothing changes."""
    words = list(re.finditer(r"\S+", text))
    plain = [w.group() for w in words]
    for match in (REOPENS if closed else CLOSES).finditer(text):
        at = (
            sum(w.start() <= match.start() for w in words) - 1,
            sum(w.start() < match.end() for w in words),
        )
        turn = public_from(plain, at, NOT_YET) if closed else public_until(plain, at, STOPS)
        if turn is not None:
            return words[turn].start() if turn < len(words) else len(text)
    return None


def closes(text: str) -> bool:
    """Whether this paragraph excludes the public, and does not only speak of it."""
    return _turn(text, closed=False) is not None
