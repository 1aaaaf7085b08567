"""How speakers are shown to a language model: by number and office, never by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transcripts.meeting import Meeting, Person
from transcripts.words import UNKNOWN_VOICE, Attribution, Sentence

OFFICES = {
    "councillor": "Councillor",
    "officer": "Officer",
    "guest": "Guest",
    "coopted": "Co-opted member",
    "public": "Member of the public",
}


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


def _office(attribution: Attribution, meeting: Meeting) -> str:
    if attribution.kind == "public":
        return OFFICES["public"]
    if attribution.kind == "role only":
        return attribution.label
    person: Person | None = meeting.person(attribution.name) if attribution.name else None
    if person is None:
        return ""
    return "Chair" if person.name == meeting.chair else OFFICES[person.kind]
