"""Keeps to the open part of minutes: nothing after the public was excluded is ever taken.

Local Government Act 1972, section 100A(4) and Schedule 12A: what follows the resolution may be
exempt, and a document that was not meant to leave the building may come with it in.
"""

from __future__ import annotations

import re
from dataclasses import replace

from transcripts.minutes_from.paper import Paper, Paragraph

CLOSES = re.compile(
    r"\b(?:press|public)\b[^.;]{0,80}\b(?:be|were|was|are)\s+(?:now\s+|therefore\s+)?excluded\b"
    r"|\b(?:resolved|agreed|moved|That|To)\b[^.;]{0,120}\bexclud(?:e|ing)\b[^.;]{0,40}"
    r"\b(?:press|public)\b"
    r"|\bmeeting\b[^.;]{0,60}\b(?:went|moved|go|goes|move) into "
    r"(?:private|closed|exempt|confidential) session\b",
    re.IGNORECASE,
)
DOUBTS = re.compile(
    r"\b(?:no|not|never|without|unnecessary|whether|if|unless|would|might|should it be)\b"
    r"[^.;]{0,80}$",
    re.IGNORECASE,
)
REOPENS = re.compile(
    r"\b(?:press|public)\b[^.;]{0,60}\b(?:were|was|be|are)\s+(?:then\s+)?re-?admitted\b"
    r"|\bre-?admit\w*\b[^.;]{0,40}\b(?:press|public)\b"
    r"|\b(?:return|resum|re-?conven|re-?open)\w*\b[^.;]{0,40}\b(?:open|public) session\b",
    re.IGNORECASE,
)
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
        kept.append(replace(section, paragraphs=paragraphs, decision=decision))
    lost = sum(len(s.paragraphs) + len(s.decision) for s in paper.sections) - sum(
        len(s.paragraphs) + len(s.decision) for s in kept
    )
    words = ("what follows the exclusion of the public, or is restricted",) if lost else ()
    return replace(paper, sections=tuple(kept), left_out=(*paper.left_out, *words))


def _open(paragraphs: tuple[Paragraph, ...], closed: bool) -> tuple[tuple[Paragraph, ...], bool]:
    out = []
    for each in paragraphs:
        if closed and REOPENS.search(each.text):
            closed = False
        if not closed:
            out.append(each)
            closed = closes(each.text)
    return tuple(out), closed


def closes(text: str) -> bool:
    """Whether this paragraph excludes the public, and does not only speak of it."""
    return any(not DOUBTS.search(text[: found.start()]) for found in CLOSES.finditer(text))
