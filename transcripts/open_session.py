"""Keeps to the open part of a meeting: what is said after the public is excluded is never stored.

A committee may resolve to exclude the press and public while it takes an item that would disclose
exempt information (Local Government Act 1972, section 100A(4) and Schedule 12A). A recording that
runs on must not put those words into an archive, so they are cut here, before anything is kept,
and the stretch is recorded as a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcripts.meeting import Meeting
from transcripts.processed import Gap
from transcripts.words import Utterance

WHY = "not in open session: the public was excluded"
# What puts or records the resolution itself; a warning that it may come is not one.
CLOSES = re.compile(
    r"\b(?:move|moved|propose|proposed|agree|agreed|resolve|resolved|ask members) (?:\w+ ){0,14}?"
    r"exclu(?:de|sion of|ded?) (?:the )?(?:press|public)"
    r"|\b(?:press|public) (?:and (?:the )?(?:press|public) )?"
    r"(?:be|are now|is now|have now been|has now been) excluded\b"
    r"|\b(?:now|will|we|are) (?:now )?(?:mov|go|goe|turn)(?:e|es|s|ing)? (?:in)?to "
    r"(?:a )?(?:private|closed|exempt|confidential) session\b"
    r"|\b(?:we are|we're) now in (?:private|closed|exempt|confidential) session\b"
)
DOUBTS = re.compile(
    r"\b(?:no|not|nothing|any|if|unless|whether|would|might|may|should|in case|don't|without)\b"
)
REOPENS = re.compile(
    r"\b(?:back|return\w*|resum\w*|now|again) (?:\w+ ){0,4}?(?:in )?(?:open|public) session\b"
    r"|\bre-?admit\w* (?:the )?(?:press|public)\b"
    r"|\b(?:press|public) (?:and (?:the )?(?:press|public) )?(?:have been|are|is) (?:now )?"
    r"(?:back|re-?admitted)\b"
)


def open_part(
    meeting: Meeting, utterances: Sequence[Utterance]
) -> tuple[list[Utterance], list[Gap]]:
    """What was said in public, and the gaps where the rest was; utterances in time order.

    The utterance that excludes or readmits the public is itself public. Utterances that belong to
    a restricted item of the agenda are cut too.
    """
    restricted = {a.item for a in meeting.agenda if a.restricted}
    kept: list[Utterance] = []
    cut: list[Utterance] = []
    gaps: list[Gap] = []
    closed = False
    for utterance in utterances:
        text = _plain(utterance.text)
        if closed and REOPENS.search(text):
            closed = False
        if closed or (utterance.item and utterance.item in restricted):
            cut.append(utterance)
            continue
        gaps, cut = _ended(gaps, cut)
        kept.append(utterance)
        closed = closed or _closes(text)
    return kept, _ended(gaps, cut)[0]


def _closes(text: str) -> bool:
    found = CLOSES.search(text)
    if found is None:
        return False
    before = text[max(0, found.start() - 60) : found.start()]
    return not DOUBTS.search(before) and not DOUBTS.search(found.group())


def _plain(text: str) -> str:
    return re.sub(r"[^\w' -]", "", text.lower().replace("’", "'"))


def _ended(gaps: list[Gap], cut: list[Utterance]) -> tuple[list[Gap], list[Utterance]]:
    if not cut:
        return gaps, cut
    return [*gaps, Gap(cut[0].start_s, max(u.end_s for u in cut), WHY)], []
