"""Findings: a concern, recommendation, undertaking, decision or follow-up, with its evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from transcripts.words import Sentence

KINDS = ("concern", "recommendation", "undertaking", "decision", "follow-up")
LETTERS = {
    "C": "concern",
    "R": "recommendation",
    "A": "undertaking",
    "D": "decision",
    "F": "follow-up",
}
SLOTS = (
    "action",  # what is to be done, as an infinitive clause
    "addressee",  # who is asked to do it
    "holder",  # who undertook it
    "deadline",
    "condition",
    "whose",  # whose worry a concern is, where it is not the speaker's own
    "matter",  # what it is about, as a short noun phrase
    "wording",  # how a later sentence puts it
)
# Chance from which on an undertaking is followed up; below it, it is only listed as found. Offers
# and plans sound like promises: on an invented series this keeps three promises in four and leaves
# out four in five of the rest.
FOLLOWED = 0.7
FIRST_PERSON = frozenset(("i", "we"))


@dataclass(frozen=True, slots=True)
class Slot:
    """One particular of a finding: the characters ``[start, end)`` of a sentence, verbatim.

    ``sentence_id`` need not be the finding's own: what a later sentence settles or rewords is told
    there. ``rule`` is what found it: the id of a pattern or rule, or ``classifier``.
    """

    name: str
    words: str
    start: int
    end: int
    sentence_id: str
    rule: str = ""

    def __post_init__(self) -> None:
        if self.name not in SLOTS:
            raise ValueError(f"slot '{self.name}' is none of {', '.join(SLOTS)}")
        if not self.words.strip():
            raise ValueError(f"slot {self.name} of {self.sentence_id} holds no words")
        if self.end - self.start != len(self.words) or self.start < 0:
            raise ValueError(
                f"slot {self.name} of {self.sentence_id}: characters {self.start} to {self.end} "
                f"are not as many as those of '{self.words}'"
            )


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``quote`` is verbatim: a part of the sentence it points at.

    ``score`` is the classifier's calibrated probability, absent where only a pattern fired;
    ``rules`` are the ids of the patterns that fired. One of the two is always there.
    ``agreed`` is for recommendations: True, False, or None where nothing was heard either way;
    ``settled_s`` is when that was heard, the same for all that were settled by the same words.
    ``addressee`` and ``due`` (ISO) are as last stated; ``slots`` are the words that say so, in the
    order in which they were said.
    """

    id: str
    kind: str
    sentence_id: str
    utterance_id: str
    voice: str
    quote: str
    start_s: float
    end_s: float
    item: str = ""
    score: float | None = None
    rules: tuple[str, ...] = ()
    agreed: bool | None = None
    settled_s: float | None = None
    addressee: str = ""
    due: str = ""
    slots: tuple[Slot, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind '{self.kind}' is none of {', '.join(KINDS)}")
        if not self.quote.strip():
            raise ValueError(f"finding {self.id} quotes nothing")
        if self.score is None and not self.rules:
            raise ValueError(f"finding {self.id} names neither a rule nor a score")

    def last(self, name: str) -> Slot | None:
        """The slot of this name that was said last, so that a rewording wins."""
        return next((s for s in reversed(self.slots) if s.name == name), None)

    def said(self, name: str) -> str:
        """The words of a slot as last said; empty where nothing said it."""
        slot = self.last(name)
        return slot.words if slot else ""

    @property
    def action(self) -> str:
        """What is to be done; the quote where no infinitive clause stands in it verbatim."""
        asked = self.kind in ("recommendation", "undertaking")
        return self.said("action") or (self.quote if asked else "")

    @property
    def holder(self) -> str:
        """Who undertook it, as said; the voice where that is "I", "we" or left out."""
        if self.kind != "undertaking":
            return ""
        words = self.said("holder")
        return self.voice if words.lower() in FIRST_PERSON or not words else words

    @property
    def deadline(self) -> str:
        """The words that say by when; ``due`` is the day they mean where they mean one."""
        return self.said("deadline")

    @property
    def condition(self) -> str:
        """On what it hangs ("if the budget allows")."""
        return self.said("condition")

    @property
    def whose(self) -> str:
        """Whose worry or harm it is, where another than the speaker is named."""
        return self.said("whose")

    @property
    def matter(self) -> str:
        """What it is about, as a short noun phrase."""
        return self.said("matter")

    @property
    def wording(self) -> str:
        """How it was last put by a later sentence; empty where its quote was not touched."""
        return self.said("wording")


def anchored(finding: Finding, texts: Mapping[str, str]) -> bool:
    """Whether quote and slots stand in their sentences; ``texts`` by sentence id."""
    if finding.quote not in texts.get(finding.sentence_id, ""):
        return False
    return all(texts.get(s.sentence_id, "")[s.start : s.end] == s.words for s in finding.slots)


def finding_id(
    recording_sha256: str, kind: str, start_s: float, end_s: float, part: int = 0
) -> str:
    """The same words of the same recording keep their id when everything is run again.

    ``part`` counts the findings of one kind in one sentence, from 0.
    """
    key = f"{recording_sha256}|{kind}|{start_s:.2f}|{end_s:.2f}{f'|{part}' if part else ''}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def finding_in(
    recording_sha256: str,
    sentence: Sentence,
    kind: str,
    quote: str,
    *,
    rules: tuple[str, ...],
    score: float | None = None,
) -> Finding:
    """A finding of one sentence, with that sentence's place in the recording."""
    return Finding(
        id=finding_id(recording_sha256, kind, sentence.start_s, sentence.end_s),
        kind=kind,
        sentence_id=sentence.id,
        utterance_id=sentence.utterance_id,
        voice=sentence.voice,
        quote=quote,
        start_s=sentence.start_s,
        end_s=sentence.end_s,
        item=sentence.item,
        score=score,
        rules=rules,
    )
