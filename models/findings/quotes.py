"""Which words of a sentence are quoted: always a verbatim substring of it.

For a recommendation the action, without "I would urge the government to"; for a concern the
problem, without "I'm concerned that"; for the rest the sentence without its first "So, chair".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from models.findings.marked import Marked
from models.findings.patterns import Hit

SHORTEST = 3  # words; a quotation shorter than this says nothing, so the whole sentence stands
NEAR = 4  # words; a lead-in this close behind another continues it ("we ask that … should …")
OPENING = re.compile(
    r"(?:(?:so|and|but|well|now|okay|ok|yes|yeah|right|also|then|however|thank you|thanks|"
    r"mr\.? chair|madam ?chair|chair|mr\.? speaker|through you|i think(?: that)?|of course|"
    r"obviously|first|firstly|secondly|finally|certainly|again|equally|because|um|uh|er|erm)"
    r"\b[\s,.;:—–-]*)+",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"(?:[\s,;:—–-]+(?:isn[’']t it|aren[’']t they|don[’']t you think|please|thank you|thanks|"
    r"chair|mr\.? chair|madam ?chair|yes or no|right now|i think|really|if i may|and so on)"
    r")*[\s,.;:!?—–\"“”‘’'\[-]*$",
    re.IGNORECASE,
)
LEFT_OVER = " ,;:.!?—–)]"  # what closes a clause and opens none
CLAUSE = re.compile(r"(?:,? but\b|, and\b|—|[.?!;]|\bthat\b)[\s,]*", re.IGNORECASE)
BEFORE_ACTION = re.compile(r"^(?:to|that)\s+", re.IGNORECASE)
WEAK = ("C.but", "C.frame", "C.only", "C.cannot", "C.they-say")  # say nothing of what is wrong
LEADS = {"R": "recommendation", "C": "concern"}


def quoted(letter: str, text: str, hits: Sequence[Hit], words: Mapping[str, Marked]) -> str:
    """The quoted part as the classifier marks it, or by the rules where it marks too little."""
    mark = words.get(letter)
    part = _trimmed(text[mark.start : mark.end]) if mark else ""
    part = BEFORE_ACTION.sub("", part) if letter == "R" else part
    return part if len(part.split()) >= SHORTEST else quote(letter, text, hits)


def quote(letter: str, text: str, hits: Sequence[Hit]) -> str:
    """The quoted part of ``text`` for a label (C, R, F, A or D)."""
    begin = _opened(text)
    if letter in LEADS:
        begin = max(begin, _led_in(letter, text, hits, begin))
    if letter == "C":
        begin = max(begin, _clause_of_the_problem(text, hits, begin))
    end = TRAILING.search(text)
    part = text[begin : end.start() if end else len(text)].strip()
    return part if len(part.split()) >= SHORTEST else text.strip()


def _trimmed(part: str) -> str:
    """Without first words that only open a sentence and last ones that only close it."""
    end = TRAILING.search(part)
    return part[_opened(part) : end.start() if end else len(part)].strip()


def _opened(text: str) -> int:
    """Where it begins, without openings and what was left of a clause before it (", nobody …")."""
    found = OPENING.match(text, begun := len(text) - len(text.lstrip(LEFT_OVER)))
    return found.end() if found else begun


def _led_in(letter: str, text: str, hits: Sequence[Hit], begin: int) -> int:
    """Where the words end that only lead in to the action or the problem."""
    anchors = sorted(
        (h.start, _anchor(h))
        for h in hits
        if h.pattern.span and h.pattern.speaks_for and h.pattern.label == LEADS[letter]
    )
    if letter == "C":  # a concern's lead-in stands at its beginning or is none
        anchors = [(s, a) for s, a in anchors if len(text[begin:s].split()) <= NEAR]
    if not anchors:
        return 0
    last = anchors[0][1]
    for _, (start, anchor) in pairwise(anchors):
        if len(text[last:start].split()) <= NEAR and anchor > last:
            last = anchor
    return last


def _clause_of_the_problem(text: str, hits: Sequence[Hit], begin: int) -> int:
    """Where the clause begins in which the first words of worry stand."""
    worries = [
        h.start
        for h in hits
        if h.pattern.label == LEADS["C"]
        and h.pattern.speaks_for
        and not h.pattern.id.startswith(WEAK)
    ]
    if not worries:
        return begin
    before = [m.end() for m in CLAUSE.finditer(text, begin) if m.end() <= min(worries)]
    told = [b for b in before if len(text[b:].split()) >= SHORTEST]
    return max(told, default=begin)


def _anchor(hit: Hit) -> int:
    return {"after": hit.end, "last": hit.last, "from": hit.start}[hit.pattern.span]
