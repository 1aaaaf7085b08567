"""Cues to who speaks, read from how a meeting is conducted (domain notes: speaker cues).

A mention of a name says something about the next voice (an invitation), the voice before
(thanks), the voice itself (an introduction), and nearly always that the voice is not its bearer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.names import official
from models.names.answers import is_anothers, is_taken_back
from models.names.calls import calls_for
from models.names.evidence import Evidence
from models.names.no_call import is_no_call, only_asked
from models.names.own import introduces_itself, name_is_exact, owned, says_so
from models.names.roster import Mention
from models.names.said import SpokenTurn

TAIL = 8  # words that may follow a name with which a turn is passed on
OPENING = 5  # words that may come before a name with which a turn is acknowledged
SHORT = 8  # words of a turn that only interrupts
INVITED = ("invited", "invited by another", "invited with more words", "asked for questions")
LAST = 12  # words after a name that still hand on to its bearer
LATE = 40  # a name this near the end of a turn may be asked something

CALLS = re.compile(
    r"\b(?:go(?:es|ing)?(?: on| back| over| now)*(?: now)? to|back to|over to|on to|"
    r"turn(?:ing)? to|come(?:s|ing)? (?:on |back )?to|move (?:on )?to|hand over to|"
    r"bring(?: back)?(?: in)?|call(?:ing)?(?: up)?(?: on)?|hear from|"
    r"questions? (?:now )?(?:is |are |comes? |goes? )?(?:from|to)|supplementar(?:y|ies) from|"
    r"continue with|proceed(?: with| to)?|ask|invite|first|next(?: is| speaker is| we have)?|"
    r"now(?: we have)?|floor to|turn (?:of|is)|then|with|from)(?: the)?(?: honou?rable)?$"
)
QUESTIONS = re.compile(
    r"\b(?:questions?|ones|supplementary|intervention|statement|petition|point of order)"
    r"(?: (?:now|today|then|are|is|comes?|will|be|goes?|go|on \w+(?: \w+)?))* (?:from|to)$"
)
HAS_QUESTIONS = re.compile(
    r"^(?:now )?(?:has|have|had)(?: got)? (?:(?:some|a|an|the|one|two|few|further|final|next|"
    r"first|last|number of|couple of|series of) )*(?:questions?|supplementary|point of order|"
    r"document)\b"
)
INVITES = re.compile(
    r"\b(?:will be(?: by)?|invite|let|recogni[sz]e|"
    r"(?:start|continu\w+|proceed\w*|begin\w*)(?: \w+){0,3} with|"
    r"(?:next|now|first)(?: \w+){0,3} (?:is|are|will be|comes from|from|to))"
    r"(?: (?:the )?(?:right )?(?:hon|honourable) (?:member|minister)(?: for(?: \w+){1,4})?)?$"
)
HAS_FLOOR = re.compile(
    r"\b(?:has the floor|to take the floor|you have the floor|go ahead|please|"
    r"you have(?: about| only| maybe| less than)* (?:\w+ ){0,2}"
    r"(?:minutes?|seconds?|time)|time for (?:a|one|another)|"
    r"(?:to|the honourable minister) (?:answer|respond|reply|speak))\b"
)
MOVES_ON = re.compile(r"\b(?:go|going|move|moving|turn|back|over|on) (?:back |over |on |now )*to\b")
HANDS_ON = re.compile(
    r"^(?:you (?:now )?have|you (?:may|can)|please|go ahead|go on|has the floor|now has|is next|"
    r"did you|do you|would you|do want|you wanted|you had|you re|youre|can you|could you|briefly|"
    r"next|first|final|last|thank you|the floor|your|very|i think you|over to you|on|about|is that|"
    r"then|and)\b"
)
THANKS = re.compile(
    r"\b(?:thanks|thank(?: you)?|diolch)"
    r"(?: yn fawr| very much| so much| indeed| to| ever so much)?"
    r"(?: for (?:that|your|the)(?: \w+)?)?$"
)
LOOKS_BACK = re.compile(
    r"\b(?:as|like|what|when|before|since|because|welcome|lost|covered that|"
    r"call you in|intervention from|substitut\w+ for|in place of|instead of|behalf of|"
    r"apologies from|apologies for absence from|"
    r"apologies have been received from|read(?:ing)? out for|intervention|wait for|come back to|"
    r"echo|agree with|support|second|seconded by|moved by|nominate|"
    r"(?:want|wanted|need|like|before|because|later|after) (?:\w+ ){0,2}"
    r"(?:bring|call|come to|hear from))(?: what)?$"
)
FOR_OTHERS = re.compile(
    r"\b(?:behalf of|substitut(?:e|es|ing) (?:\w+ )?for|in place of|instead of|"
    r"(?:standing in|filling in|sitting in|covering|deputi[sz]ing|speaking|here) for)(?: \w+)?$"
)
ABSENT = re.compile(  # after a name that is thanked: its bearer does not hear it here
    r"^(?:if (?:you re |youre |you are |he is |she is )?(?:watching|listening|at home)|"
    r"who (?:cant|cannot|couldnt|could not|is not|isnt|was|has|led|did|wrote)|get well|"
    r"(?:for )?(?:his|her|their) (?:apologies|work))\b"
)
GREETS = re.compile(r"\b(?:morning|afternoon|evening|hello|prynhawn da|bore da)$")
THANKED_AFTER = re.compile(r"thank you|thanks|diolch")
SECOND = re.compile(r"\bthen(?: back)?(?: from| to)?$")  # whoever was named before speaks first
COLLEAGUE = re.compile(
    r"\b(?:perhaps|ask|let|invite|bring in|pass (?:over )?to|hand (?:over )?to|turn to|if|whether|"
    r"know(?: if| whether)?|to my colleague|maybe|think|defer to|over to)$"
)
COLLEAGUE_DOES = re.compile(
    r"(?:can|could|may|might|would|will|wants?|do you|did you|if you|whether you|you (?:may|might|"
    r"want|wanted|would|could)|(?:is|s) (?:the|our) (?:expert|lead)|has (?:more|the|some)|"
    r"to (?:say|add|answer|respond|speak|share|come|give|go|talk|explain|pick|take|introduce|"
    r"comment|update|start|outline|cover|provide))\b"
)
ASKS = re.compile(r"i (?:do not|dont|wonder)|do|would|will|can|could|did|have|are|what|how|you")
YOU = re.compile(
    r"(?:i think |obviously |earlier |just now |in your \w+ )?"
    r"(?:you|youve|youre|your|can i|could i|may i|just)\b"
)


def cues(
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    inviters: frozenset[str],
) -> Iterator[Evidence]:
    """All that the mentions of a meeting say about its voices."""
    for i, turn in enumerate(turns):
        yield from official.resumed(turn, mentions[i])
        if turn.voice not in inviters:  # else the answer counts as an invitation taken up
            yield from official.answered_roll(turns, mentions, i)
        yield from official.questioned(turns, mentions, i, inviters)
        for j, mention in enumerate(mentions[i]):
            if not mention.person or turn.tokens[mention.last - 1].text.endswith(":"):
                continue  # a colon makes a name the head of somebody's words, not a part of them
            asked = turns[i - 1] if i else None
            if introduces_itself(turn, mention, turn.voice in inviters, asked):
                if not name_is_exact(turn, mention):
                    continue  # perhaps misheard, perhaps another of that surname
                yield _said(turn, mention, turn.voice, _own_rule(turn, mention))
                continue
            if mention.how != "role" or thanks(turn, mention):
                yield _said(turn, mention, turn.voice, _against(turn, mention))
            if not LOOKS_BACK.search(turn.keys(mention.first - 6, mention.first)):
                yield from _next(turns, mentions, i, j, inviters)
                yield from _before(turns, i, mention, inviters)
                yield from _addressed(turns, i, mention, inviters)


def _said(turn: SpokenTurn, mention: Mention, voice: str, rule: str) -> Evidence:
    quote = turn.quote(mention.first - 6, mention.last + 4)
    return Evidence(voice, mention.person, rule, quote, turn.tokens[mention.first].start_s)


def _own_rule(turn: SpokenTurn, mention: Mention) -> str:
    if mention.how == "role":
        return "self-introduction by role"
    if says_so(turn, mention):
        known = mention.how in ("full", "surname", "unknown")
        return "self-introduction" if known else "self-introduction, first name"
    return "gives own name"


def _against(turn: SpokenTurn, mention: Mention) -> str:
    """How much it tells that a speaker says a name that is not introduced as their own."""
    before = turn.keys(mention.first - 5, mention.first)
    if FOR_OTHERS.search(before):
        return "speaks for this name"
    edge = mention.first <= OPENING or len(turn.tokens) - mention.last <= TAIL
    called = edge or thanks(turn, mention) or CALLS.search(before)
    return "calls on this name" if called else "speaks of this name"


def _next(
    turns: Sequence[SpokenTurn],
    mentions: Sequence[Sequence[Mention]],
    i: int,
    j: int,
    inviters: frozenset[str],
) -> Iterator[Evidence]:
    """A name with which the turn is passed on: the next voice is its bearer."""
    turn, mention = turns[i], mentions[i][j]
    if i + 1 >= len(turns) or is_anothers(turns[i + 1], turn):
        return
    if only_asked(turn, mention, turns[i + 1]) or is_taken_back(turns, mentions, i, mention):
        return
    rule = passes_on(turn, mentions[i], j, turn.voice in inviters)
    if not rule:
        return
    yield _said(turn, mention, turns[i + 1].voice, rule)
    later = i + 2 if i + 2 < len(turns) else None
    if later and len(turns[i + 1].tokens) <= SHORT and turns[later].voice != turn.voice:
        yield _said(turn, mention, turns[later].voice, "invited, after a word from another")


def passes_on(turn: SpokenTurn, mentions: Sequence[Mention], j: int, leads: bool) -> str:
    """Which rule of invitation a mention meets, empty where it meets none."""
    rule = _passes_on(turn, mentions, j, leads)
    of_another = is_no_call(turn, mentions[j]) or only_asked(turn, mentions[j])
    if of_another and mentions[j].how != "role":
        return ""
    if rule in INVITED and not calls_for(turn, mentions, j):
        return "named last" if leads else ""
    return rule


def _passes_on(turn: SpokenTurn, mentions: Sequence[Mention], j: int, leads: bool) -> str:
    mention = mentions[j]
    before = turn.keys(mention.first - 6, mention.first)
    if j != _first_of_queue(turn, mentions) or SECOND.search(before):
        return ""
    longer = turn.keys(mention.first - 12, mention.first)
    tail = turn.tokens[mention.last :]
    after = turn.keys(mention.last, mention.last + 4)
    if thanks(turn, mention) and not CALLS.search(before):
        return "" if punctuated(turn) else "thanked or invited"
    if mention.how == "role":
        told = any(m.last <= mention.first <= m.last + 2 and m.how != "role" for m in mentions)
        return "role invited" if len(tail) <= TAIL and not told else ""
    short = len(tail) <= TAIL
    if mention.how != "role" and not MOVES_ON.search(turn.keys(mention.last, mention.last + 30)):
        asks = HAS_QUESTIONS.search(turn.keys(mention.last, mention.last + 10))
        if leads and len(tail) <= LATE and (asks or QUESTIONS.search(longer)):
            return "asked for questions"
    if owned(turn, mention):
        return ""
    if not tail or (short and (CALLS.search(before) or HANDS_ON.search(after))):
        return "invited" if leads else "invited by another"
    called = (
        CALLS.search(before)
        or INVITES.search(longer)
        or HAS_FLOOR.search(turn.keys(mention.last, mention.last + 12))
    )
    if (
        leads
        and called
        and len(tail) <= 30
        and not MOVES_ON.search(turn.keys(mention.last, mention.last + 30))
    ):
        return "invited with more words"
    if short or (leads and len(tail) <= 25):
        return "invited, in passing" if leads else ""
    return ""


def _first_of_queue(turn: SpokenTurn, mentions: Sequence[Mention]) -> int:
    """Index of the first name of the last run of names ("Suzy, then Siân"), who speaks next."""
    last = len(mentions) - 1
    while last > 0:
        one, other = mentions[last - 1], mentions[last]
        between = turn.keys(one.last, other.first)
        # "from Councillor Crane to Councillor Smith" is asked by one of the other
        queued = between != "to" and re.fullmatch(
            r"(?:first )?(?:and )?(?:then )?(?:back )?(?:from |to )?", between + " "
        )
        stops = turn.tokens[one.last - 1].ends
        if queued and not stops and one.people != other.people:
            last -= 1
        else:
            break
    return last


def _before(
    turns: Sequence[SpokenTurn], i: int, mention: Mention, inviters: frozenset[str]
) -> Iterator[Evidence]:
    """A name with which the turn before is acknowledged: that voice is its bearer."""
    turn = turns[i]
    if i == 0 or mention.first > OPENING + 3:
        return
    voice = turns[i - 1].voice
    if ABSENT.search(turn.keys(mention.last, mention.last + 10)):
        return
    if thanks(turn, mention):
        rule = "thanked" if turn.voice in inviters else "thanked by another"
        rule = rule if punctuated(turn) else "thanked or invited"
        yield _said(turn, mention, voice, "role thanked" if mention.how == "role" else rule)


def _addressed(
    turns: Sequence[SpokenTurn], i: int, mention: Mention, inviters: frozenset[str]
) -> Iterator[Evidence]:
    """A name set off by commas in somebody's speech: the bearer spoke just before or will next."""
    turn = turns[i]
    if i == 0 or i + 1 >= len(turns) or thanks(turn, mention):
        return
    before, after = turns[i - 1].voice, turns[i + 1].voice
    if turn.voice in inviters:
        left = len(turn.tokens) - mention.last
        if mention.how == "role" and set_off(turn, mention) and 0 < left <= LATE:
            yield _said(turn, mention, after, "role asked")
    elif hands_to_colleague(turn, mention) and len(turn.tokens) - mention.last <= LATE:
        if after != before:
            yield _said(turn, mention, after, _added(turn, mention))
    elif mention.how not in ("bare", "unknown") and set_off(turn, mention):
        yield from _set_off_by(turn, mention, before, after)


def _added(turn: SpokenTurn, mention: Mention) -> str:
    """Who hands on does it last; "I wonder if Robert could say the same. Why is that?" asks all."""
    rest = turn.tokens[mention.last :]
    last = len(rest) <= LAST and not any(t.ends for t in rest[:-1])
    would_have = any(t.key == "have" for t in rest[1:2])
    return "asked to add" if last and not would_have else "asked to add, in passing"


def _set_off_by(turn: SpokenTurn, mention: Mention, before: str, after: str) -> Iterator[Evidence]:
    """What a name between commas says, by where it stands and by who spoke around it."""
    left = len(turn.tokens) - mention.last
    role = mention.how == "role"
    if mention.first <= OPENING and GREETS.search(turn.keys(0, mention.first)):
        yield _said(turn, mention, after, "greeted")
    elif _puts_to(turn, mention) and (before != after or mention.how != "first"):
        yield _said(turn, mention, after, "asked what they said")
    elif before == after:
        if left > LATE:
            rule = "role in a dialogue" if role else "named in a dialogue"
            if mention.how in ("role", "first"):
                yield _said(turn, mention, before, rule)
        elif left <= TAIL and not role:
            yield _said(turn, mention, before, "named at the end of a dialogue")
    elif mention.first > OPENING and left <= LATE:
        rule = "asked by surname" if mention.how == "surname" else "asked by name"
        yield _said(turn, mention, after, "role asked" if role else rule)
    elif mention.first <= OPENING and not role:
        asks = ASKS.match(turn.keys(mention.last, mention.last + 4))
        yield _said(turn, mention, after if asks else before, "answered by name")


def _puts_to(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether a turn of some length begins with a name and speaks to its bearer: "X, you said"."""
    begins = mention.first <= OPENING and len(turn.tokens) > SHORT
    named = mention.how in ("full", "surname", "first")
    return begins and named and bool(YOU.match(turn.keys(mention.last, mention.last + 6)))


def hands_to_colleague(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether an answer ends by passing it on ("perhaps Claire can respond to this")."""
    if mention.how in ("bare", "unknown", "role"):
        return False
    does = COLLEAGUE_DOES.match(turn.keys(mention.last, mention.last + 2))
    begins = mention.first > 0 and turn.tokens[mention.first - 1].ends
    return bool(does and (begins or COLLEAGUE.search(turn.keys(mention.first - 3, mention.first))))


def set_off(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether commas or stops stand on both sides of a name, as when somebody is addressed."""
    opened = mention.first == 0 or turn.tokens[mention.first - 1].stops
    before = turn.keys(mention.first - 1, mention.first)
    spoken_to = opened or before in ("you", "sorry", "okay", "well", "yes", "no", "so", "but")
    return spoken_to and turn.tokens[mention.last - 1].stops


def thanks(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether the name is the one thanked: "thank you, Suzy", not "thank you. Suzy"."""
    if mention.first <= 2 and THANKED_AFTER.match(turn.keys(mention.last, mention.last + 2)):
        return True
    if mention.first == 0 or turn.tokens[mention.first - 1].ends:
        return False
    return bool(THANKS.search(turn.keys(mention.first - 7, mention.first)))


def punctuated(turn: SpokenTurn) -> bool:
    """Whether stops are written, so that "thank you. Suzy" differs from "thank you, Suzy"."""
    return any(t.stops for t in turn.tokens)
