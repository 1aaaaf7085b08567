"""Who is meant by a name: a councillor is not everybody who shares a surname or a first name.

Councils call their members by a title of their own. Whoever is Mrs, Mr or Dr there is an officer, a
guest or a member of the public, and "Sarah Crane" is not Robert Crane, whatever the roster holds.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace

from models.names.roster import NOT_NAMES, Mention
from models.names.said import SpokenTurn, tokens_of
from models.names.titles import OF_ANYBODY, OF_MEMBERS, TITLES, TWO_WORDS
from transcripts.meeting import Meeting, Person

SAME_TITLE = {"doctor": "dr", "prof": "professor", "rev": "reverend"}
NEVER_A_NAME = NOT_NAMES | TITLES | frozenset(
    "thank thanks diolch i im good morning evening afternoon please okay yes now so then next "
    "first questions question by with about over back after before or again sorry well hello "
    "welcome see invite call bring here only just too".split()
)  # fmt: skip
FROM_ELSEWHERE = re.compile(
    r"^(?:(?:is|s|who is|whos) )?(?:(?:here|with us|joining us|online) )*from (?:the )?"
)
HAS_MINUTES = re.compile(r"^you (?:now |will )?have (?:up to |about |only )?\w+ minutes?\b")


@dataclass(frozen=True, slots=True)
class Customs:
    """How a meeting calls its members: ``titled`` where by a title that only they have."""

    people: dict[str, Person]
    titled: bool
    on_roster: bool
    small: frozenset[str] = field(default=frozenset())  # words written without a capital somewhere

    def is_councillor(self, person: str) -> bool:
        """Whether the roster has this person as one of those whom the title is for."""
        known = self.people.get(person)
        if not self.titled or known is None or known.kind != "councillor":
            return False
        return not self.on_roster or any(t.key in OF_MEMBERS for t in tokens_of(known.name))


def customs(
    meeting: Meeting, turns: Sequence[SpokenTurn], mentions: Sequence[Sequence[Mention]]
) -> Customs:
    """The customs of a meeting, from its roster or from how those on it are mostly called."""
    on_roster = any(t.key in OF_MEMBERS for p in meeting.people for t in tokens_of(p.name))
    called = [
        (by_title_of_council(turn, m), turn.tokens[m.first].key in OF_ANYBODY)
        for turn, found in zip(turns, mentions, strict=True)
        for m in found
        if m.how in ("surname", "full")
    ]
    said = sum(c for c, _ in called) > sum(c for _, c in called)
    small = frozenset(t.key for turn in turns for t in turn.tokens if not t.capital)
    return Customs({p.name: p for p in meeting.people}, on_roster or said, on_roster, small)


def as_meant(
    customs: Customs, turns: Sequence[SpokenTurn], mentions: Sequence[Sequence[Mention]]
) -> list[list[Mention]]:
    """The same mentions, where those of somebody else are of nobody on the roster."""
    elsewhere = {
        (m.person, turn.tokens[m.first].key)
        for turn, found in zip(turns, mentions, strict=True)
        for m in found
        if m.how == "first" and customs.is_councillor(m.person) and _elsewhere(turn, m, customs)
    }
    made = []
    for turn, found in zip(turns, mentions, strict=True):
        here = []
        for m in _apart_from_others(turn, found, customs.small):
            first = m.how == "first" and (m.person, turn.tokens[m.first].key) in elsewhere
            if first or _untitled(turn, m, customs):
                m = _nobody(turn, m.first, m.last)
            here.append(_by_title(turn, m, customs))
        made.append(here)
    return made


def by_title_of_council(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether a name was said with the title that only members have."""
    keys = [t.key for t in turn.tokens[mention.first : mention.last]]
    return any(k in OF_MEMBERS for k in keys) or tuple(keys[:2]) in TWO_WORDS


def _by_title(turn: SpokenTurn, mention: Mention, customs: Customs) -> Mention:
    """Without the councillors, where the title is one that anybody may have."""
    title = turn.tokens[mention.first].key
    vague = mention.how == "surname" or (mention.how == "full" and not mention.exact)
    if not (vague and title in OF_ANYBODY) or by_title_of_council(turn, mention):
        return mention
    people = tuple(
        p for p in mention.people if not customs.is_councillor(p) or _has_title(p, title)
    )
    if people:
        return replace(mention, people=people)
    return _nobody(turn, mention.first + 1, mention.last, mention.first)


def _has_title(person: str, title: str) -> bool:
    keys = {SAME_TITLE.get(t.key, t.key) for t in tokens_of(person)}
    return SAME_TITLE.get(title, title) in keys


def _untitled(turn: SpokenTurn, mention: Mention, customs: Customs) -> bool:
    """Whether a full name without the title of members is that of somebody from elsewhere."""
    if mention.how != "full" or not customs.is_councillor(mention.person):
        return False
    return not by_title_of_council(turn, mention) and _elsewhere(turn, mention, customs)


def _elsewhere(turn: SpokenTurn, mention: Mention, customs: Customs) -> bool:
    """Whether a first name is said to be from some department, or has a speaker's minutes."""
    after = turn.keys(mention.last, mention.last + 8)
    if HAS_MINUTES.match(after):
        return True
    told = FROM_ELSEWHERE.match(after)
    if told and re.search(r"\b(?:ward|division)\b", after):
        return False
    ward = [t.key for t in tokens_of(customs.people[mention.person].ward)]
    return bool(told) and not (ward and after[told.end() if told else 0 :].startswith(ward[0]))


def _apart_from_others(
    turn: SpokenTurn, mentions: Sequence[Mention], small: Container[str]
) -> Iterator[Mention]:
    """A first name beside a surname that is not its own, or a surname beside a first name."""
    reach = 0
    for at, m in enumerate(mentions):
        if m.first < reach:
            continue
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        joined = following is not None and following.how == "bare" and _beside(turn, m, following)
        if m.how in ("first", "unknown") and joined and following is not None:
            reach = following.last
            whole = _nobody(turn, m.first, following.last)
            yield replace(m, last=following.last) if m.how == "unknown" else whole
        elif m.how == "first" and not joined and _could_be_part(turn, m.last - 1, m.last, small):
            reach = m.last + 1
            yield _nobody(turn, m.first, m.last + 1)
        elif m.how == "bare" and _could_be_part(turn, m.first - 1, m.first - 1, small):
            yield _nobody(turn, m.first - 1, m.last, m.first)
        else:
            yield m


def _beside(turn: SpokenTurn, one: Mention, other: Mention) -> bool:
    return one.last == other.first and not turn.tokens[one.last - 1].stops


def _could_be_part(turn: SpokenTurn, left: int, at: int, small: Container[str]) -> bool:
    """Whether the word at ``at`` is likely a part of the same name; no stop follows ``left``."""
    if left < 0 or at >= len(turn.tokens) or turn.tokens[left].stops:
        return False
    token = turn.tokens[at]
    if token.key in NEVER_A_NAME or len(token.key) < 2 or _owned(turn.tokens[left].text):
        return False
    if any(t.capital for t in turn.tokens):
        return token.capital and token.key not in small
    # without capitals a word before a surname may be any: only then is it taken for a name
    return at == left


def _owned(text: str) -> bool:
    return bool(re.search(r"['’]s\W*$", text))


def _nobody(turn: SpokenTurn, name: int, last: int, first: int | None = None) -> Mention:
    """A mention of somebody whom no roster holds."""
    keys = "".join(t.key for t in turn.tokens[name:last] if t.key not in TITLES)
    return Mention(name if first is None else first, last, "unknown", (f"?{keys}",))
