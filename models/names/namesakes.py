"""Somebody whom no roster holds with the surname of one whom it holds: two of one surname.

Once "Councillor Sarah Crane" is spoken of, "Councillor Crane" may be her as well as Robert Crane.
And whoever says another first name with the surname, another ward, or that they are no member of
the committee, is not the one whom the roster has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.names.evidence import Evidence
from models.names.meant import NEVER_A_NAME, Customs, by_title_of_council
from models.names.nicknames import FORMAL
from models.names.own import GREETING, I_AM, MY_NAME
from models.names.roster import Known, Mention
from models.names.said import SpokenTurn, tokens_of
from models.names.sounds import likeness

OWN_WARD = re.compile(
    r"\b(?:as|i am|im)(?: (?:the|a|one of the|your|local))* (?:ward )?"
    r"(?:councillors?|members?) for (?:the )?(\w+)"
)
NO_MEMBER = re.compile(
    r"\b(?:im|i am) not (?:actually |currently )?(?:a member of|on) (?:this|the|your) "
    r"(?:committee|panel|board)\b"
)
SOON = 40  # words of a turn in which somebody says who they are


def with_namesakes(
    customs: Customs,
    people: Sequence[Known],
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
) -> list[list[Mention]]:
    """The same mentions; a surname after a title is nobody's where two may be called so."""
    others = {
        (k.id, "".join(k.last))
        for turn, found in zip(turns, mentions, strict=True)
        for m in found
        if m.how == "unknown" and by_title_of_council(turn, m)
        for k in _of_surname(people, turn, m.last, turn.tokens[m.last - 1].key)
    }
    shared = {person for person, _ in others if customs.is_councillor(person)}
    made = []
    for found in mentions:
        vague = [m.how == "surname" and bool(shared & set(m.people)) for m in found]
        made.append(
            [
                replace(m, people=(*m.people, "?another")) if v else m
                for m, v in zip(found, vague, strict=True)
            ]
        )
    return made


def says_otherwise(
    customs: Customs, people: Sequence[Known], turns: Sequence[SpokenTurn]
) -> Iterator[Evidence]:
    """Evidence that a voice is not a person: it says another first name, ward or committee."""
    wards = {p.name: {t.key for t in tokens_of(p.ward)} for p in customs.people.values()}
    known = [k for k in people if customs.is_councillor(k.id)]
    for turn in turns:
        for at, k in _other_first_names(turn, known):
            yield _not(turn, k.id, "gives another name", at)
        said = turn.keys(0, SOON)
        told = OWN_WARD.search(said)
        ward = told.group(1) if told else ""
        no_member = NO_MEMBER.search(said)
        for k in known:
            if no_member:
                yield _not(turn, k.id, "is no member")
            elif ward and wards.get(k.id) and ward not in wards[k.id]:
                yield _not(turn, k.id, "gives another ward")


def _other_first_names(turn: SpokenTurn, known: Sequence[Known]) -> Iterator[tuple[int, Known]]:
    """Whose surname the speaker gives as their own behind a first name that is another's."""
    for at, token in enumerate(turn.tokens[:SOON]):
        before = turn.keys(at - 4, at)
        begins = all(t.key in GREETING for t in turn.tokens[:at])
        said = bool(I_AM.search(before) or MY_NAME.search(before))
        if begins or said:
            skip = 1 if token.key in ("councillor", "cllr") else 0
            name = turn.tokens[at + skip : at + skip + 1]
            told = said or (skip and name)
            if name and told:
                for k in _of_surname(known, turn, at + skip + 1, name[0].key):
                    yield at + skip, k


def _of_surname(people: Sequence[Known], turn: SpokenTurn, at: int, first: str) -> Iterator[Known]:
    """Those whose surname stands at a place behind a first name that is none of theirs."""
    token = turn.tokens[at - 1]
    cased = any(t.capital for t in turn.tokens)
    if token.stops or first in NEVER_A_NAME or len(first) < 2 or (cased and not token.capital):
        return
    for known in people:
        keys = tuple(t.key for t in turn.tokens[at : at + len(known.last)])
        if known.last and keys == known.last and not _could_be_theirs(first, known):
            yield known


def _could_be_theirs(first: str, known: Known) -> bool:
    given = {*known.first, *(key for form in known.forms for key in form), *known.last}
    short = FORMAL.get(first, frozenset())
    return any(
        first == g or likeness(first, g) >= 1.0 or g in short or first in FORMAL.get(g, ())
        for g in given
    )


def _not(turn: SpokenTurn, person: str, rule: str, at: int = 0) -> Evidence:
    return Evidence(turn.voice, person, rule, turn.quote(at, at + 16), turn.tokens[at].start_s)
