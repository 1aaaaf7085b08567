"""Voices that are not to be named, or known by nothing but their office."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.names.chair import opens
from models.names.evidence import Evidence
from models.names.meant import by_title_of_council
from models.names.roster import Mention
from models.names.said import SpokenTurn

ANNOUNCED = re.compile(
    r"\b(?:members? of the public|public questions?|public speakers?|petitioners?|deputation|"
    r"residents? who (?:has|have|wishes|wish|would)|resident (?:here|registered|speaking)|"
    r"public (?:participation|speaking)|lead petitioner|petition (?:is )?presented by|"
    r"(?:objector|applicant|agent|supporter)s?(?: is| are| s| here| today| tonight| registered)+\b|"
    r"speaking (?:against|in (?:favour|support|objection))\b|"
    r"(?:from|by|is|with|have|hear) (?:a|an|our|another|the) (?:\w+ )?(?:residents?|tenants?))\b"
)
OVER = re.compile(  # before an announcement: it is of nobody
    r"\b(?:no|not|without|conclud\w+|ends?|end of|clos\w+|finish\w+|after|last of)(?: \w+){0,3} $"
)
OWN_WORDS = re.compile(
    r"\b(?:im|i am) a (?:local |concerned |council )?(?:resident|tenant|leaseholder|member of the "
    r"public|mother|father|parent|pensioner)\b|\bi(?: have|ve)? lived? (?:in|on|at|here|next)\b|"
    r"\bfrom the (?:\w+ ){0,3}(?:residents|tenants|neighbours|community|campaign|friends)"
    r"(?: \w+)? (?:association|group|society|forum)\b"
)
NEAR_END = 45  # words before the end of a turn within which the next speaker is announced
OFFICE = re.compile(
    r"^(?:(?:okay|ok|yes|well|right|good|great|lovely|and) )*(?:thanks|thank you)"
    r"(?: very much| so much| indeed)? "
    r"((?:deputy |chief |cabinet |assistant |executive )?(?:director|superintendent|"
    r"minister|secretary|inspector|commissioner|leader|mayor|executive|officer|president|portfolio "
    r"holder|cabinet member))\b"
)


@dataclass(frozen=True, slots=True)
class Role:
    """An office by which a voice is called, and where."""

    label: str
    evidence: tuple[Evidence, ...]


def public_voices(
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    inviters: frozenset[str],
) -> dict[str, Evidence]:
    """Voices that were announced, or call themselves, members of the public."""
    found: dict[str, Evidence] = {}
    for i, turn in enumerate(turns):
        at = turn.tokens[0].start_s
        if turn.voice not in inviters and OWN_WORDS.search(turn.keys(0, 60)):
            found.setdefault(turn.voice, Evidence(turn.voice, "", "public, own words", "", at))
        asks = turn.voice in inviters and i + 1 < len(turns)
        if asks and _announces(turn, mentions[i]):
            voice = turns[i + 1].voice
            found.setdefault(voice, Evidence(voice, "", "public, announced", "", at))
    return found


def _announces(turn: SpokenTurn, mentions: Sequence[Mention]) -> bool:
    """Whether a turn ends by announcing one of the public, and calls no member after that.

    A member is called by the title of members, or by a name in a sentence of its own: "a resident,
    Mrs Crane" is the resident's name, of whatever else it may be the name.
    """
    first = max(0, len(turn.tokens) - NEAR_END)
    said = turn.keys(first, len(turn.tokens))
    told = [m for m in ANNOUNCED.finditer(said) if not OVER.search(said[: m.start()])]
    if not told:
        return False
    at = first + said[: told[-1].end()].count(" ") + 1
    return not any(
        m.how not in ("unknown", "role")
        and m.first >= at
        and (by_title_of_council(turn, m) or any(t.ends for t in turn.tokens[at - 1 : m.first]))
        for m in mentions
    )


def role_of(
    voice: str, turns: Sequence[SpokenTurn], leading: Mapping[str, int], chair_known: bool
) -> Role | None:
    """The office by which a voice was thanked, or "Chair" for who opens and leads."""
    called: Counter[str] = Counter()
    where: list[Evidence] = []
    for before, turn in pairwise(turns):
        thanked = OFFICE.match(turn.keys(0, 12)) if before.voice == voice else None
        if thanked and turn.voice != voice:
            called[thanked.group(1)] += 1
            at = turn.tokens[0].start_s
            where.append(Evidence(voice, "", "role thanked", turn.quote(0, 10), at))
    if called:
        return Role(called.most_common(1)[0][0].capitalize(), tuple(where))
    opener = opens(turns)
    if leading and opener and next(iter(leading)) == opener.voice == voice and not chair_known:
        start = opener.tokens[0].start_s
        shown = Evidence(voice, "", "opens the meeting", opener.quote(0, 14), start)
        return Role("Chair", (shown,))
    return None
