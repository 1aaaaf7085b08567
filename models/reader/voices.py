"""How speakers are shown to a language model: by number and office, never by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transcripts.meeting import Meeting, Person
from transcripts.public_names import HONORIFICS, NEVER
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
NO_NAMES = frozenset(
    "a an the on in at of to and or not i we you it is was been being from for with that this "
    "there here also just".split()
)
_PARTICLE = r"(?:de|del|della|der|den|di|da|du|la|le|van|von|bin|ibn|al|el|ap|ab|st|ter|ten)"
_WORD = r"[^\W\d_][\w'’-]*"
_CAPITAL = r"(?=[^\W\d_a-zß-öø-ÿ])[^\W\d_][\w'’-]*"
_FIRST = rf"(?:(?i:{_PARTICLE})\s+)*{_WORD}"
_MORE = rf"(?:\s+(?:(?i:{_PARTICLE})\s+)*{_CAPITAL}){{0,3}}"
_TITLE = rf"(?i:\b(?:{HONORIFICS})\b\.?)"
_INTRODUCES = r"(?i:\b(?:my name is|my name['’]s|i am called|i['’]m called))"
TITLED = re.compile(rf"{_TITLE}\s+({_FIRST}{_MORE})")
INTRODUCED = re.compile(rf"{_INTRODUCES}\s+(?:{_TITLE}\s+)?({_FIRST}{_MORE})")
# recognised speech has no capitals: two words are taken for a name then
INTRODUCED_BARE = re.compile(rf"{_INTRODUCES}\s+(?:{_TITLE}\s+)?({_WORD}\s+{_WORD})")
I_AM = re.compile(rf"\b(?i:i['’]m|i am)\s+({_CAPITAL}\s+(?:(?i:{_PARTICLE})\s+)*{_CAPITAL}{_MORE})")
I_AM_BARE = re.compile(rf"\bi['’]?(?:m| am)\s+({_WORD}\s+{_WORD})(?=\s+(?:from|and i|i live)\b)")


def introduced_spans(text: str) -> list[tuple[int, int]]:
    """Where somebody says their own name, (start, end) of all its words."""
    bare = text == text.lower()
    forms = (INTRODUCED_BARE, INTRODUCED, I_AM_BARE) if bare else (INTRODUCED, I_AM)
    found = {m.span(1) for form in forms for m in form.finditer(text)}
    return joined(s for s in found if _is_name(text[slice(*s)]))


def titled_spans(text: str) -> list[tuple[int, int]]:
    """Where somebody is named after a title such as Mrs, (start, end) of all the name's words."""
    found = (m.span(1) for m in TITLED.finditer(text))
    return [s for s in found if not NEVER & set(_plain(text[slice(*s)]).split())]


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same stretches in order, those that overlap made one."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _is_name(words: str) -> bool:
    return not NO_NAMES & set(words.lower().split())


def _plain(name: str) -> str:
    return name.lower().removesuffix("'s").removesuffix("’s")


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
    return sorted({text[a:b] for text in others for a, b in introduced_spans(text)})


def addressed_names(utterances: Iterable[Utterance]) -> list[str]:
    """Surnames after a title such as Mrs, whoever bears them."""
    said = (u.text[a:b] for u in utterances for a, b in titled_spans(u.text))
    return sorted({_plain(name).split()[-1] for name in said})


def _office(attribution: Attribution, meeting: Meeting) -> str:
    if attribution.kind == "public":
        return OFFICES["public"]
    if attribution.kind == "role only":
        return attribution.label
    person: Person | None = meeting.person(attribution.name) if attribution.name else None
    if person is None:
        return ""
    return "Chair" if person.name == meeting.chair else OFFICES[person.kind]
