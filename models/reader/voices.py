"""How speakers are shown to a language model: by number and office, never by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transcripts.meeting import Meeting, Person
from transcripts.public_names import ADDRESSED, HONORIFICS, NEVER
from transcripts.words import UNKNOWN_VOICE, Attribution, Sentence, Utterance

OFFICES = {
    "councillor": "Councillor",
    "officer": "Officer",
    "guest": "Guest",
    "coopted": "Co-opted member",
    "public": "Member of the public",
}
# what is sent away is held to more than what is shown here: every voice that no roster names may be
# a member of the public, and so may everybody who is addressed by a title
INTRODUCED = re.compile(
    r"\b(?:my name is|my name's|my name’s|i am called|i'm called|i’m called)\s+"
    rf"(?:(?:{HONORIFICS})\b\.?\s+)?([^\W\d_][\w'’-]*\s+[^\W\d_][\w'’-]*)",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    "a an the on in at of to and or not i we you it is was been being from for with that this "
    "there here also just".split()
)


def shown_speakers(
    meeting: Meeting, sentences: Sequence[Sentence], attributions: Iterable[Attribution]
) -> dict[str, str]:
    """Voice → such as ``Officer (Speaker 3)``, numbered in order of first speech."""
    known = {a.voice: _office(a, meeting) for a in attributions}
    order = dict.fromkeys(s.voice for s in sentences)
    shown = {}
    for n, voice in enumerate(order, start=1):
        office = known.get(voice, "")
        shown[voice] = f"{office} (Speaker {n})" if office else f"Speaker {n}"
        if voice == UNKNOWN_VOICE:
            shown[voice] = "Unknown speaker"
    return shown


def introduced_names(
    utterances: Sequence[Utterance], attributions: Iterable[Attribution]
) -> list[str]:
    """Full names by which voices introduce themselves that no roster names."""
    known = {a.voice for a in attributions if a.kind == "named"}
    others = (u.text for u in utterances if u.voice not in known)
    said = (m.group(1) for text in others for m in INTRODUCED.finditer(text))
    return sorted({n for n in said if not NO_NAMES & set(n.lower().split())})


def addressed_names(utterances: Iterable[Utterance]) -> list[str]:
    """Surnames after a title such as Mrs, whoever bears them."""
    said = (m.group(1) for u in utterances for m in ADDRESSED.finditer(u.text))
    plain = (n.lower().removesuffix("'s").removesuffix("’s") for n in said)
    return sorted({n for n in plain if n not in NEVER})


def _office(attribution: Attribution, meeting: Meeting) -> str:
    if attribution.kind == "public":
        return OFFICES["public"]
    if attribution.kind == "role only":
        return attribution.label
    person: Person | None = meeting.person(attribution.name) if attribution.name else None
    if person is None:
        return ""
    return "Chair" if person.name == meeting.chair else OFFICES[person.kind]
