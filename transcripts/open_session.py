"""Keeps to the open part of a meeting: what is said after the public is excluded is never stored.

A committee may resolve to exclude the press and public while it takes an item that would disclose
exempt information (Local Government Act 1972, section 100A(4) and Schedule 12A). A recording that
runs on must not put those words into an archive, so they are cut here, before anything is kept,
and the stretch is recorded as a gap.

The resolution and what follows it are often one breath of one voice, so utterances are first parted
at the words that close and reopen a meeting (``parted``), then cut (``open_part``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain, count, takewhile

from transcripts.closing import public_from, public_until, spans
from transcripts.meeting import Meeting
from transcripts.processed import Gap
from transcripts.words import Sentence, Utterance, Word

WHY = "not in open session: the public was excluded"
# What puts or records the resolution itself; a warning that it may come is not one.
CLOSES = re.compile(
    r"\b(?:move|moved|propose|proposed|agree|agreed|resolve|resolved|ask members) (?:\w+ ){0,14}?"
    r"exclu(?:ded?|sion of) (?:(?:all )?members of )?(?:the )?(?:press|public)"
    r"|\b(?:press|public) (?:and (?:the )?(?:press|public) )?"
    r"(?:be|are now|is now|have now been|has now been) excluded\b"
    r"|\b(?:now|will|we|are) (?:now )?(?:mov|go|goe|turn)(?:e|es|s|ing)? (?:in)?to "
    r"(?:a )?(?:private|closed|exempt|confidential) session\b"
    r"|\b(?:we are|we're) now in (?:private|closed|exempt|confidential) session\b"
)
REOPENS = re.compile(
    r"\b(?:back|return\w*|resum\w*|now|again) (?:\w+ ){0,4}?(?:in )?(?:open|public) session\b"
    r"|\bre-?admit\w* (?:the )?(?:press|public)\b"
    r"|\b(?:press|public) (?:and (?:the )?(?:press|public) )?(?:have been|are|is) (?:now )?"
    r"(?:back|re-?admitted)\b"
)
# What is said of the public's coming back while it is still outside.
NOT_YET = re.compile(
    r"\b(?:if|when|until|till|before|once|after|unless|whether|not|never|without|cannot|\w+n't|"
    r"should|would|could|may|might|will be|we'll be|going to be|shortly|soon|later)\b"
)


def parted(utterances: Sequence[Utterance]) -> tuple[list[Utterance], frozenset[str]]:
    """The same words with no utterance partly public, and the ids of those that are not public.

    An utterance, in time order, that closes the meeting ends with the resolution and one that
    reopens it begins there; what is parted from it has an id by its own time.
    """
    out: list[Utterance] = []
    shut: set[str] = set()
    taken = {u.id for u in utterances}
    closed = False
    for utterance in utterances:
        at, words = 0, utterance.words
        while at < len(words):
            turn = _turn([w.text for w in words[at:]], closed)
            end = len(words) if turn is None else at + turn
            if end > at:
                part = replace(utterance, words=words[at:end])
                out.append(replace(part, id=_id(part, taken)) if at else part)
                shut.update([out[-1].id] if closed else [])
            closed = closed if turn is None else not closed
            at = end
    return out, frozenset(shut)


def open_part(
    meeting: Meeting,
    utterances: Sequence[Utterance],
    sentences: Sequence[Sentence],
    shut: Collection[str] = (),
) -> tuple[list[Utterance], list[Sentence], list[Gap]]:
    """What was said in public with its sentences, and the gaps where the rest was.

    Cut are the utterances that are ``shut``, and those of a restricted item of the agenda: from
    the first sentence of it to the end of the utterance. All in time order.
    """
    restricted = {a.item for a in meeting.agenda if a.restricted}
    kept: list[Utterance] = []
    left: list[Sentence] = []
    cut: list[tuple[Word, ...]] = []
    gaps: list[Gap] = []
    said: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        said.setdefault(sentence.utterance_id, []).append(sentence)
    for utterance in utterances:
        divided = said.get(utterance.id, [])
        public = list(takewhile(lambda s: s.item not in restricted, divided))
        if utterance.id in shut or (divided and not public):
            cut.append(utterance.words)
            continue
        gaps, cut = _ended(gaps, cut)
        left += public
        length = len(utterance.words) if public == divided else _words_of(utterance, public)
        kept.append(replace(utterance, words=utterance.words[:length]))
        cut += [utterance.words[length:]] if length < len(utterance.words) else []
    return kept, left, _ended(gaps, cut)[0]


def _turn(words: Sequence[str], closed: bool) -> int | None:
    """The index of the first word after which it is otherwise; None where it stays as it is."""
    pattern = REOPENS if closed else CLOSES
    for at in spans(words, lambda text: list(pattern.finditer(text))):
        turn = public_from(words, at, NOT_YET) if closed else public_until(words, at)
        if turn is not None:
            return turn
    return None


def _id(part: Utterance, taken: set[str]) -> str:
    """An id as ``transcripts.utterances`` makes them, that no other utterance has."""
    plain = f"{part.id.partition(':')[0]}:{round(part.start_s * 1000)}"
    more = (f"{plain}-{n}" for n in count(2))
    name = next(n for n in chain([plain], more) if n not in taken)
    taken.add(name)
    return name


def _words_of(utterance: Utterance, sentences: Sequence[Sentence]) -> int:
    """How many words the first sentences of an utterance have."""
    length, number = sum(len(s.text) + 1 for s in sentences), 0
    while length > 0:
        length -= len(utterance.words[number].text) + 1
        number += 1
    return number


def _ended(
    gaps: list[Gap], cut: list[tuple[Word, ...]]
) -> tuple[list[Gap], list[tuple[Word, ...]]]:
    if not cut:
        return gaps, cut
    return [*gaps, Gap(cut[0][0].start_s, max(w.end_s for ws in cut for w in ws), WHY)], []
