"""What it is worth that a voice sounds like one enrolled from another meeting: less than words.

It speaks only where nothing else does. Evidence of words for somebody else in that voice, or for
that person in another voice, silences it, so it can add a name and never take or change one.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from models.names.assign import Choice, scores
from models.names.evidence import Evidence
from transcripts.meeting import Meeting, Person

KNOWN = "known-voice"  # speaks for a name, never gives one by itself
UNMISTAKABLE = "known-voice, unmistakable"  # gives one by itself
RULES = frozenset((KNOWN, UNMISTAKABLE))
KINDS = frozenset(("councillor", "officer"))  # who may be enrolled at all
OTHERWISE = 1.0  # score of words from which on they are heard and a likeness is not


def may_be_known(person: Person) -> bool:
    """Whether a voice may be enrolled under this name: never one of a member of the public."""
    return person.kind in KINDS


def where_words_are_silent(
    meeting: Meeting,
    evidence: Sequence[Evidence],
    known: Sequence[Evidence],
    *,
    public: Container[str] = (),
    offices: Container[str] = (),
) -> list[Evidence]:
    """Those of the likenesses ``known`` that contradict nothing in ``evidence``.

    Nor do they where words tell that a voice is one of the ``public``, or call it by an office
    (``offices``) and not by what is this person's.
    """
    table = scores(evidence)
    kept = []
    for likeness in known:
        person = meeting.person(likeness.person)
        if person is None or not may_be_known(person) or not person.may_speak:
            continue
        own = table.get(likeness.voice, {})
        mine = own.get(person.name, 0.0)
        another = any(s >= OTHERWISE for p, s in own.items() if p != person.name)
        elsewhere = any(
            of.get(person.name, 0.0) >= OTHERWISE for v, of in table.items() if v != likeness.voice
        )
        office = likeness.voice in offices and mine < OTHERWISE
        if mine >= 0 and not (another or elsewhere or office or likeness.voice in public):
            kept.append(likeness)
    return kept


def added(by_words: Mapping[str, Choice], again: Mapping[str, Choice]) -> dict[str, Choice]:
    """What likenesses add to the names that words gave: further names, and reasons for the same."""
    return {
        voice: choice
        for voice, choice in again.items()
        if any(e.rule in RULES for e in choice.evidence)
        and (voice not in by_words or by_words[voice].person == choice.person)
    }
