"""Guests whom the chair welcomes together: the first to be named tends to answer first."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from models.names.answers import is_anothers
from models.names.cues import hands_to_colleague, passes_on, punctuated
from models.names.evidence import Evidence
from models.names.introductions import role_after
from models.names.roster import Mention
from models.names.said import SpokenTurn

NEAR = 4  # words from "welcome" to the first guest
REACH = 60  # words after "welcome" in which the guests of one sentence are named
WELCOMES = re.compile(r"\bwelcome$")
AND_I = re.compile(r"and (?:i|myself)\b")
NO_GUEST = re.compile(r"\b(?:substitut\w+|in place of|standing in|new member)\b")
WHO_WILL = re.compile(
    r"\bwho(?: is|s| will be)? (?:presenting|going|taking|starting|leading|speaking|first|next|"
    r"will|shall|wants|would like)\b"
)
COMES = re.compile(
    r"(?:who is |whos )?(?:here |today )*(?:from|representing|on behalf of|of the)\b"
)


@dataclass(frozen=True, slots=True)
class Panel:
    """The guests welcomed in turn ``at``, in order; ``last`` is where the list ends."""

    at: int
    people: tuple[str, ...]
    last: int
    told: bool = False  # whether it is said in what office, or for whom, the last guest comes


def panels(
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    leading: Container[str],
) -> Iterator[Panel]:
    """Every welcome by whoever leads."""
    for at, turn in enumerate(turns):
        if turn.voice not in leading:
            continue
        guests: list[Mention] = []
        for mention in mentions[at]:
            if _listed(turn, mention, guests):
                guests.append(mention)
        if guests:
            people = tuple(dict.fromkeys(m.person for m in guests))
            told = role_after(turn, guests[-1].last) or COMES.match(
                turn.keys(guests[-1].last, guests[-1].last + 6)
            )
            yield Panel(at, people, guests[-1].last, bool(told))


def panel_cues(
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    leading: Container[str],
) -> Iterator[Evidence]:
    """Evidence that a voice is one of the guests, from who answers first and who hands on."""
    for panel in panels(turns, mentions, leading):
        answers = _first_answer(turns, mentions, leading, panel)
        quote = turns[panel.at].quote(panel.last - 8, panel.last)
        start = turns[panel.at].tokens[0].start_s
        if answers is not None and not is_anothers(turns[answers], turns[panel.at]):
            voice = turns[answers].voice
            yield Evidence(voice, panel.people[0], _rule(turns[panel.at], panel), quote, start)
        for i in range(panel.at + 1, len(turns)):
            yield from _colleagues(turns[i], mentions[i], leading, panel)


def _listed(turn: SpokenTurn, mention: Mention, guests: Sequence[Mention]) -> bool:
    """Whether a full name is one of those welcomed: an office or a clause tells what they are."""
    if mention.how != "full" or not mention.person:
        return False
    since = guests[-1].last if guests else max(0, mention.first - NEAR)
    between = turn.tokens[since : mention.first]
    near = bool(WELCOMES.search(_up_to_welcome(turn, since, mention.first)))
    goes_on = bool(guests) and len(between) <= REACH and not any(t.ends for t in between)
    if not (near or goes_on) or NO_GUEST.search(turn.keys(mention.last, mention.last + 8)):
        return False
    told = any(t.stops for t in turn.tokens[mention.last - 1 : mention.last + 2])
    return bool(role_after(turn, mention.last)) or (punctuated(turn) and told)


def _up_to_welcome(turn: SpokenTurn, first: int, last: int) -> str:
    keys = [t.key for t in turn.tokens[first:last]]
    at = max((i for i, k in enumerate(keys) if k == "welcome"), default=-1)
    stopped = any(t.ends for t in turn.tokens[first + at : last])
    return " ".join(keys[: at + 1]) if at >= 0 and not stopped else ""


def _first_answer(
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    leading: Container[str],
    panel: Panel,
) -> int | None:
    """The first turn after the welcome that neither leads nor was called to ask."""
    asked = any(
        m.first >= panel.last
        and m.person not in panel.people
        and m.how != "role"
        and passes_on(turns[panel.at], mentions[panel.at], j, True)
        for j, m in enumerate(mentions[panel.at])
    )
    after = range(panel.at + 1, min(panel.at + 5, len(turns)))
    asking = {turns[i].voice for i in after[:1]} if asked else set()
    return next(
        (i for i in after if turns[i].voice not in leading and turns[i].voice not in asking), None
    )


def _rule(turn: SpokenTurn, panel: Panel) -> str:
    """A welcome of one who comes with an office is to somebody who will speak.

    A member may be welcomed back from hospital, and "who is presenting?" leaves it open.
    """
    if len(panel.people) > 1:
        return "welcomed"
    open_still = WHO_WILL.search(turn.keys(panel.last, len(turn.tokens)))
    return "welcomed alone" if panel.told and not open_still else "welcomed, perhaps to listen"


def _colleagues(
    turn: SpokenTurn, mentions: Sequence[Mention], leading: Container[str], panel: Panel
) -> Iterator[Evidence]:
    """Who hands a question to one guest is another of them, most likely."""
    if turn.voice in leading:
        return
    for mention in mentions:
        beside = AND_I.match(turn.keys(mention.last, mention.last + 2))
        if mention.person in panel.people and (beside or hands_to_colleague(turn, mention)):
            quote = turn.quote(mention.first - 6, mention.last + 4)
            start = turn.tokens[mention.first].start_s
            rule = "hands on to a colleague" if len(panel.people) > 2 else "hands on to the other"
            for person in panel.people:
                if person != mention.person:
                    yield Evidence(turn.voice, person, rule, quote, start)
