"""Whether a name calls its bearer to speak, or only stands where calls stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.names.roster import Mention
from models.names.said import SpokenTurn

ON = r"(?: (?:now|first|again|then|quickly|straight|directly|back|on|over|up|is|are))*"
FROM = (
    r"(?:then|and|now|next|first|last|finally|go|goes|start\w*|begin\w*|continu\w*|hear|heard|"
    r"proceed\w*|questions?|supplementar\w+|contributions?|comments?|responses?|answers?|updates?|"
    r"presentations?|interventions?|points? of order|round|over|back|on|turn|turning|move|moving|"
    r"return|returning|going|is|comes?|minutes?|floor|hand|handing|pass|passing|come|coming|speak|to)"
)
CALLING = re.compile(
    rf"\b(?:{FROM}{ON} (?:from|with|to)|(?:start|continu|proceed|begin)\w*(?: \w+){{0,5}} with|"
    r"(?:questions?|ones|supplementar\w+|round)(?: \w+){0,14} from|"
    r"(?:next|first)(?: \w+){0,5} by|first of all|move on|"
    r"bring(?:ing)?(?: \w+)? in|bring(?: back)?|call(?:ing)?(?: up)?(?: on)?|"
    r"ask(?:ing)?|invite|inviting|recogni[sz]e|let|first|next|last|finally|now|then|and|so|but|"
    r"okay|ok|right|please|again|sorry|yes|no|well|chair|thanks|thank you|good|lovely|great|diolch|"
    r"(?:i|we)(?: now)?(?: ve| can)? (?:have|see|got|think)|ive|weve|(?:ive|weve|i ve|we ve) got|"
    r"its|it is|it s|thats|that is|next is|up is|turn is|(?:next|first|now|last)(?: \w+){0,3} "
    r"(?:is|are|will be|we have)|turn of|will be|minister|member|honou?rable|wants|did|does|do|"
    r"is|was that|if|can|could|would|may|for you|you|perhaps|maybe)(?: the)?(?: honou?rable)?$"
)
BEFORE_A_COMMA = re.compile(
    r"\b(?:to|next|first|now|then|turn|over|back|questions?|come|bring|call|start|begin|go|hear|who|"
    r"floor|invite|ask|and|yes|right|so|finally|last|please|chair|minister|member)\b"
)
# a question of somebody that another reads, or what came from them in writing
IN_WRITING = re.compile(
    r"\b(?:written|will read|read out|reading out|reads?|e ?mail|letter|declaration|apologies|"
    r"absence|(?:his|her|their) behalf|behalf of|"
    r"(?:have |has |ve |i |we )(?:had|received) (?:a|an|the|some|two|several|\d+))\b"
)
JOINS = frozenset("of by about for from with to at in on after before than as like per".split())
HANDED = re.compile(r"(?:please|you have|go ahead|over to you|would you)\b")
BEFORE, AFTER = 10, 10  # words around a name that tell so


def calls_for(turn: SpokenTurn, mentions: Sequence[Mention], j: int) -> bool:
    """Whether a name begins its sentence or follows a word of calling.

    "Raised earlier by Councillor Crane." ends a turn as "Councillor Crane." does, and calls nobody;
    nor does "That is so, Councillor Crane."
    """
    mention = mentions[j]
    if mention.first == 0 or turn.tokens[mention.first - 1].ends:
        return not _in_writing(turn, mention)
    if turn.tokens[mention.first - 1].stops:
        clause = turn.keys(_begins(turn, mention, 18), mention.first)
        return bool(BEFORE_A_COMMA.search(clause)) and not _in_writing(turn, mention)
    if j and mentions[j - 1].last == mention.first:
        return True
    before = turn.keys(_begins(turn, mention, 18), mention.first)
    called = bool(CALLING.search(before)) or _handed(turn, mention)
    return called and not _in_writing(turn, mention)


def _handed(turn: SpokenTurn, mention: Mention) -> bool:
    """ "Welcome to the committee councillor quill please": a stop is lost before the name."""
    if any(t.stops for t in turn.tokens) or turn.tokens[mention.first - 1].key in JOINS:
        return False
    return bool(HANDED.match(turn.keys(mention.last, mention.last + 3)))


def _in_writing(turn: SpokenTurn, mention: Mention) -> bool:
    first = _begins(turn, mention, BEFORE)
    return bool(IN_WRITING.search(turn.keys(first, mention.last + AFTER)))


def _begins(turn: SpokenTurn, mention: Mention, reach: int) -> int:
    """Where the sentence of a name begins, at most so many words before it."""
    first = max(0, mention.first - reach)
    starts = [i + 1 for i in range(first, mention.first) if turn.tokens[i].ends]
    return max([first, *starts])
