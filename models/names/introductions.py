"""What a meeting itself says about who somebody is: roles, and guests whom no roster holds."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from models.names.cues import HAS_QUESTIONS, QUESTIONS
from models.names.outsiders import ANNOUNCED, NEAR_END
from models.names.roster import NOT_NAMES, Finder, Known, Mention
from models.names.said import SpokenTurn
from models.names.sounds import likeness
from models.names.titles import TITLES

OFFICES = frozenset(
    "minister secretary director officer executive head inspector commissioner president "
    "superintendent leader manager lead principal vice-chancellor chancellor constable mayor "
    "headteacher advisor adviser chair".split()
)
OFFICES_OF_TWO_WORDS = (("cabinet", "member"), ("portfolio", "holder"))
BETWEEN = frozenset("am as ms mp mbe obe cbe who is whos our the a from".split())
LONGEST_ROLE = 5
OPENING_TURNS = 8
ROLE_AND_BODY = 12  # words after a name that tell its bearer's office, and of what
OF_THE_PUBLIC = re.compile(
    r"\b(?:campaign\w*|petition\w*|residents?|tenants?|leaseholders?|neighbou?rs?|protest\w*|"
    r"youth|young (?:people|mayor)|pupils?|students?|school council|head (?:boy|girl)|year \w+|"
    r"friends of|save (?:our|the)|action group|(?:mother|father|parent) of)\b"
)
NAMES_APART = 2  # words between two names of a list
APOLOGIES = re.compile(
    r"\bapologies (?:for (?:absence|lateness) )?(?:tonight |today )?"
    r"(?:(?:have been |were |are |have )?received )?from(?: both)?$"
)
POSSESSIVE = re.compile(r"['’]s\W*$")
AS_MEMBERS = re.compile(r"\b(?:members? who wish to speak|in the name of|tabled by)$")
UNLIKELY = NOT_NAMES | TITLES | OFFICES | {"madam", "honourable"}


def with_roles(
    people: Sequence[Known], turns: Sequence[SpokenTurn], leading: Container[str]
) -> list[Known]:
    """The same people with roles that whoever leads gave them ("Jo Bloggs, the director")."""
    finder = Finder(people)
    told: dict[str, list[tuple[str, ...]]] = {}
    for turn in turns:
        if turn.voice not in leading:
            continue
        for mention in finder.mentions(turn):
            role = role_after(turn, mention.last) if mention.how == "full" else ()
            if role and mention.person:
                told.setdefault(mention.person, []).append(role)
    return [replace(k, roles=(*k.roles, *told.get(k.id, []))) for k in people]


def with_apologies(
    people: Sequence[Known], turns: Sequence[SpokenTurn], mentions: Sequence[Sequence[Mention]]
) -> list[Known]:
    """The same people; those whose apologies are read out at the start do not speak."""
    away: set[str] = set()
    for turn, found in zip(turns[:OPENING_TURNS], mentions, strict=False):
        reach = -1
        for mention in found:
            told = APOLOGIES.search(turn.keys(mention.first - 9, mention.first))
            if (told or mention.first <= reach) and mention.how in ("full", "surname"):
                reach = mention.last + NAMES_APART
                away.update(p for p in (mention.person,) if p)
            if any(t.ends for t in turn.tokens[mention.first : mention.last]):
                reach = -1
    return [replace(k, silent=k.silent or k.id in away) for k in people]


def guests(
    people: Sequence[Known],
    turns: Sequence[SpokenTurn],
    leading: Container[str],
    *,
    council: bool = False,
) -> list[Known]:
    """People whom no roster holds but who are introduced with full name and office.

    Only written capitals tell a name from other words, and only an office, or what members alone
    do (put the committee's questions, table amendments), tells somebody from a member of the
    public, whose name is not to be shown. Where the public asks questions too, as it
    may in every ``council``, only an office does, and none of a campaign or of residents.
    """
    ends = [t.keys(len(t.tokens) - NEAR_END, len(t.tokens)) for t in turns if t.voice in leading]
    open_floor = council or any(ANNOUNCED.search(end) for end in ends)
    finder = Finder(people)
    found: dict[str, Known] = {}
    words = {t.key for turn in turns for t in turn.tokens if not t.capital}
    for turn in turns:
        taken = {
            i for m in finder.mentions(turn) for i in range(m.first, m.last) if m.how == "full"
        }
        for first, last in _written_names(turn, taken):
            role = () if turn.tokens[last - 1].ends else role_after(turn, last)
            if council and OF_THE_PUBLIC.search(turn.keys(last, last + ROLE_AND_BODY)):
                continue
            own = turn.voice not in leading
            unlike = {t.key for t in turn.tokens[first:last]} & words
            unlike |= _kin(turn, first, last, people)
            member = not own and not open_floor and _does_as_members(turn, first, last)
            if (role or member) and not unlike and (not own or first <= 3):
                known = _guest(turn, first, last, role)
                found.setdefault(known.id, known)
    return list(found.values())


def _kin(turn: SpokenTurn, first: int, last: int, people: Sequence[Known]) -> set[str]:
    """The surname, where somebody on the roster has it and a first name that may be this one."""
    keys = [t.key for t in turn.tokens[first:last]]
    for known in people:
        if known.last and tuple(keys[-len(known.last) :]) == known.last:
            given = known.first[0] if known.first else ""
            if not given or given[0] == keys[0][0] or likeness(keys[0], given):
                return set(known.last)
    return set()


def _written_names(turn: SpokenTurn, taken: Container[int]) -> Iterator[tuple[int, int]]:
    """Spans of two capital words (or a hyphenated one) that nobody on the roster answers to."""
    for i in range(len(turn.tokens) - 1):
        last = i + 2
        while last < len(turn.tokens) and turn.tokens[last].glued:
            last += 1
        span = turn.tokens[i:last]
        before = turn.tokens[i - 1].capital and not turn.tokens[i - 1].stops if i else False
        titled = i > 0 and turn.tokens[i - 1].key in TITLES
        if (
            all(t.capital and not t.text.isupper() and t.key not in UNLIKELY for t in span)
            and not POSSESSIVE.search(span[-1].text)
            and not any(t.stops for t in span[:-1])
            and not span[0].glued
            and (titled or not before)
            and not any(n in taken for n in range(i, last))
        ):
            yield i, last


def _guest(turn: SpokenTurn, first: int, last: int, role: tuple[str, ...]) -> Known:
    span = turn.tokens[first:last]
    written = "".join(("-" if t.glued else " ") + t.text.strip(".,;:!?\"'—") for t in span).strip()
    keys = tuple(t.key for t in span)
    return Known(f"?{written}", keys[:1], keys[1:], roles=(role,) if role else ())


def _does_as_members(turn: SpokenTurn, first: int, last: int) -> bool:
    before, after = turn.keys(first - 12, first), turn.keys(last, last + 10)
    return bool(
        QUESTIONS.search(before) or HAS_QUESTIONS.search(after) or AS_MEMBERS.search(before)
    )


def role_after(turn: SpokenTurn, at: int) -> tuple[str, ...]:
    """The role said right after a name, up to its office and what it is for; empty where none."""
    while at < len(turn.tokens) and turn.tokens[at].key in BETWEEN:
        at += 1
    keys: list[str] = []
    for token in turn.tokens[at : at + LONGEST_ROLE]:
        keys.append(token.key)
        if token.key in OFFICES or tuple(keys[-2:]) in OFFICES_OF_TWO_WORDS:
            return tuple(keys)
        if token.stops:
            break
    return ()
