"""Who leads a meeting: the voices that pass the turn on, and which of them is the chair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from models.names.answers import wishes_well
from models.names.cues import TAIL
from models.names.evidence import Evidence
from models.names.roster import Mention
from models.names.said import SpokenTurn
from transcripts.meeting import Meeting

OPENING_TURNS = 6
OPENS = re.compile(
    r"\b(?:(?:call|calling|bring) (?:this|the) (?:meeting|committee) to order|order order|"
    r"welcome,? (?:everyone |everybody |all |you all )?(?:back )?to|in the chair|"
    r"(?:declare|open) (?:this|the) meeting|meeting (?:is )?(?:now )?open|"
    r"good (?:morning|evening|afternoon) (?:everyone|everybody|all|members|ladies|and welcome))\b"
)
ABSENT = re.compile(
    r"\b(?:chair|chairman) (?:\w+ ){0,4}?(?:is|has|was|sends?|sent) (?:\w+ ){0,2}?"
    r"(?:unable|absent|apologies|not able|away|unwell|ill|delayed)\b|"
    r"\bas (?:the |your )?(?:vice|deputy) (?:chair|chairman)\b|"
    r"\bi(?: am|m| shall be| will be| ll be|ll be|ve been asked to)? "
    r"(?:chairing|in the chair|chair|taking the chair) (?:this|the|tonight|today|in)\b|"
    r"\b(?:chair|chairman) (?:is |s |has been )?(?:\w+ ){0,2}?"
    r"(?:running late|late|stuck|held up|on (?:his|her|their) way)\b|"
    r"\bapologies from (?:the|our) (?:chair|chairman)\b|"
    r"\b(?:temporary|acting) chair\b|vacat\w+ the chair|take the chair (?:for|in)"
)
HANDS_TO_CHAIR = re.compile(
    r"\b(?:pass|hand|give|passing|handing)(?: (?:you|it|that|this|things|the meeting|all|over|on|"
    r"back|now|straight))* to "
    r"(?:the|our|your|madam|mr) (?:chair|chairman|chairwoman)\b"
)
APPOINTED = re.compile(
    r"(?:been |is |are )?(?:duly )?(?:appointed|elected)(?: as)?(?: the| a)?"
    r"(?: temporary| acting| new| vice)? ?chair"
)
ADDRESSED = re.compile(
    r"(?:thank you|thanks|through you|yes|no|madam|mr|madame|well|sorry|apologies|evening|morning|"
    r"afternoon|diolch|grateful)(?: very much| indeed| so much)? ?(?:madam|mr|madame|the)? "
    r"?(?:chair|chairman|chairwoman)\b"
)
VICE = re.compile(r"\b(?:vice|deputy)[ -]?chair")
HEARS = re.compile(r"\b(?:hear from|(?:first|next) up is|over to|call(?:ing)? on|invite)$")
FEWEST_TURNS = 10
EARLY = 40  # turns within which a clerk who opens a meeting hands it over
FEWEST_INVITATIONS = 3
SHARE = 0.15


def inviters(turns: Sequence[SpokenTurn], mentions: Sequence[Sequence[Mention]]) -> dict[str, int]:
    """Voices that lead for at least a part of a meeting, with how often they pass the turn on."""
    if each_its_own(turns):
        return {
            turn.voice: 1
            for turn, found in zip(turns, mentions, strict=True)
            if _passes_on(turn, found)
        }
    invited: Counter[str] = Counter()
    for turn, found in zip(turns, mentions, strict=True):
        if found and found[-1].how != "role" and len(turn.tokens) - found[-1].last <= TAIL:
            invited[turn.voice] += 1
    spoken = Counter(t.voice for t in turns)
    every = sum(invited.values())
    opener = opens(turns)
    return {
        v: n
        for v, n in invited.most_common()
        if (n >= FEWEST_INVITATIONS and n >= SHARE * max(every, spoken[v]))
        or (opener and v == opener.voice)
    }


def each_its_own(turns: Sequence[SpokenTurn]) -> bool:
    """Whether no voice speaks twice: captions that mark where speakers change and not who they are.

    Who is who must then be told for every turn by itself.
    """
    return len(turns) >= FEWEST_TURNS and len({t.voice for t in turns}) == len(turns)


def _passes_on(turn: SpokenTurn, found: Sequence[Mention]) -> bool:
    """Whether a turn ends by calling the next speaker in so many words."""
    if not found or found[-1].how not in ("full", "surname"):
        return False
    last = found[-1]
    called = HEARS.search(turn.keys(last.first - 8, last.first))
    alone = last.last == len(turn.tokens) and last.first > 0 and turn.tokens[last.first - 1].ends
    return alone or (bool(called) and len(turn.tokens) - last.last <= TAIL)


def chair_name(meeting: Meeting) -> str:
    """The chair as the meeting or its roster has it, empty where none or several are named."""
    if meeting.chair:
        return meeting.chair
    chairs = [p.name for p in meeting.people if p.role.strip().lower() in ("chair", "chairman")]
    return chairs[0] if len(chairs) == 1 else ""


def chair_cues(
    meeting: Meeting,
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    leading: dict[str, int],
) -> Iterator[Evidence]:
    """Evidence for and against voices being the chair, from what chairs do and are called."""
    yield from _appointed(turns, mentions)
    name = chair_name(meeting)
    if not name:
        return
    for turn in turns:
        said = (
            " ".join(t.key for t in turn.tokens[:8])
            + " . "
            + " ".join(t.key for t in turn.tokens[-8:])
        )
        if ADDRESSED.search(said):
            yield Evidence(turn.voice, name, "addresses the chair", _head(turn), _at(turn))
    opener = opens(turns)
    if not opener or absent(turns):
        return
    if any(t.voice == opener.voice and HANDS_TO_CHAIR.search(_whole(t)) for t in turns[:EARLY]):
        return  # a clerk opens, calls the roll and hands over
    yield Evidence(opener.voice, name, "opens the meeting", _head(opener), _at(opener))
    leaders = list(leading)
    if leaders and chair_may_be_away(meeting, turns, mentions, leaders[0]):
        return
    if leaders and leaders[0] != opener.voice:
        first = next(t for t in turns if t.voice == leaders[0])
        yield Evidence(leaders[0], name, "leads the meeting", _head(first), _at(first))
    elif leaders:
        yield Evidence(opener.voice, name, "leads the meeting", _head(opener), _at(opener))


def opens(turns: Sequence[SpokenTurn]) -> SpokenTurn | None:
    """The turn with which somebody opens the meeting, if it was recorded."""
    for turn in turns[:OPENING_TURNS]:
        if OPENS.search(turn.keys(0, 120)):
            return turn
    return None


def chair_may_be_away(
    meeting: Meeting,
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    leader: str,
) -> bool:
    """Whether a vice-chair of the roster may lead instead, for nothing tells who of the two does.

    The meeting's own record of its chair or of who is present does, and so does a leader who calls
    or speaks of the vice-chair as of another.
    """
    known = [p for p in meeting.people if p.name == chair_name(meeting)]
    if meeting.chair or any(p.attendance == "present" for p in known):
        return False
    vice = {p.name for p in meeting.people if VICE.search(p.role.lower()) and p.may_speak}
    others = {
        m.person
        for turn, found in zip(turns, mentions, strict=True)
        if turn.voice == leader
        for m in found
        if m.how != "role"
    }
    return bool(vice) and not vice <= others


def absent(turns: Sequence[SpokenTurn]) -> bool:
    """Whether the meeting begins by saying that somebody else is in the chair."""
    return any(ABSENT.search(t.keys(0, 150)) for t in turns[:OPENING_TURNS])


def _appointed(
    turns: Sequence[SpokenTurn], mentions: Sequence[Sequence[Mention]]
) -> Iterator[Evidence]:
    """ "I declare that X has been appointed temporary Chair": the next voice is X."""
    for i, turn in enumerate(turns[: 3 * OPENING_TURNS]):
        for mention in mentions[i]:
            after = turn.keys(mention.last, mention.last + 8)
            if (
                mention.person
                and APPOINTED.match(after.removeprefix("has "))
                and i + 1 < len(turns)
                and not wishes_well(turns[i + 1])
            ):
                quote = turn.quote(mention.first - 3, mention.last + 6)
                yield Evidence(
                    turns[i + 1].voice, mention.person, "takes the chair", quote, _at(turn)
                )


def _whole(turn: SpokenTurn) -> str:
    return turn.keys(0, len(turn.tokens))


def _head(turn: SpokenTurn) -> str:
    return turn.quote(0, 14)


def _at(turn: SpokenTurn) -> float:
    return turn.tokens[0].start_s
