"""Where a speaker says their own name, and not somebody else's."""

from __future__ import annotations

import re

from models.names.roster import Mention
from models.names.said import SpokenTurn, tokens_of
from models.names.surnames import another_surname
from models.names.titles import TITLES

MY_NAME = re.compile(r"\bmy names?(?: is)?(?: also| actually)?$|\bmy names? for the record is$")
I_AM = re.compile(r"\b(?:i am|im|i m)$")
THIS_IS = re.compile(r"\bthis is$")
MY_ROLE = re.compile(r"\b(?:i am|im|i as|speaking as)(?: the| your)?$")
GREETING = frozenset(
    "thank you thanks chair madam mr yes good morning evening afternoon hello hi so bore da okay "
    "ok and everyone bawb very much well i oh er um all members colleagues".split()
)
# "I read a letter from a resident. My name is ...": words of another follow
QUOTES = re.compile(
    r"\b(?:letter|email|e mail|emailed|wrote|writes|written|quote|quoting|said|says|reads?|"
    r"thinks?|thought|told|called|say|statement|begins|dear (?:chair|members|councillors))\b"
)
# at the end of the turn before: what follows is read out for somebody who wrote it
READ_OUT = re.compile(
    r"\b(?:(?:letter|email|message|statement|submission) (?:from|of|by)|written statement|"
    r"read (?:it|this|that|them|us|out)|read (?:the|a|an) (?:\w+ )?(?:statement|letter)|"
    r"(?:sent|submitted|provided) (?:a|an|the|us|me|his|her|their) (?:\w+ )?(?:statement|letter|"
    r"email|message|note))\b"
)
NOT_NOW = re.compile(r"\b(?:i will read|ill read|i shall read|later)\b")
QUOTED_WITHIN = 14
READ_WITHIN = 25
AFTER_OWN_NAME = re.compile(
    r"^(?:(?:\w+ ){0,3}(?:ward|division)|(?:i am|im) (?:the|a)|the|from|representing|chief|head|"
    r"deputy|director|strategic|councillor for|member for|on behalf|here|present|for the (?:record|"
    r"recording))\b"
)
OF_SELF = re.compile(r"^(?:i am|im) (?:the|a)\b")
# "Robert Crane, the member for Hill, told me": the sentence goes on about its subject
OF_ANOTHER = re.compile(
    r"\b(?:told|tells|asked|asks|has|had|sends|sent|says|said|will|would|wants|wanted|was|is|thinks|"
    r"cannot|cant|could|might|made|makes|gave|gives|came|went|wrote)\b"
)
FIRST_PERSON = re.compile(r"\b(?:i|im|ive|id|ill|my|we|weve|were|our|thank|thanks|good|just)\b")
GOES_ON = 12  # words after a name in which its sentence tells whether it is of somebody else
ASKED_WHO = re.compile(
    r"\b(?:who|whom|whose|which|nominat\w+|second(?:s|ed|er)?|mov(?:es?|ed|er)|propos\w+|vot\w+)\b"
)
ASKED_NAME = re.compile(r"\b(?:your (?:full )?names?|introduce|who you are|for the record)\b")
GUESSES = re.compile(r"\b(?:i think|i believe|please|and|perhaps|was it|chair)\b")


def introduces_itself(
    turn: SpokenTurn, mention: Mention, leads: bool, asked: SpokenTurn | None = None
) -> bool:
    """Whether a speaker says their own name here; ``asked`` is the turn before."""
    before = turn.keys(mention.first - 4, mention.first)
    if mention.how == "role":
        return bool(MY_ROLE.search(before))
    if owned(turn, mention) or (asked and _is_to_be_read(_end_of(asked))):
        return False
    if says_so(turn, mention):
        return True
    if leads or mention.how not in ("full", "surname") or mention.first > 7:
        return False
    if any(t.key not in GREETING for t in turn.tokens[: mention.first]):
        return False
    if turn.keys(mention.first - 2, mention.first) == "thank you" and not _begins(turn, mention):
        return False  # "thank you, Councillor Crane, here is my answer"
    return _described(turn, mention) or _alone(turn, mention, asked)


def _is_to_be_read(said: str) -> bool:
    """Whether the next voice is to read out what somebody else wrote."""
    return bool(READ_OUT.search(said)) and not NOT_NOW.search(said)


def says_so(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether "my name is", "I am" or "this is" stands before the name, and is the speaker's."""
    before = turn.keys(mention.first - 6, mention.first)
    if QUOTES.search(turn.keys(mention.first - QUOTED_WITHIN, mention.first)):
        return False
    if MY_NAME.search(before):
        return True
    said = I_AM.search(before) or THIS_IS.search(before)
    if not said or turn.tokens[mention.first - 1].stops:
        return False  # "as unhappy as I am, Councillor Crane"
    at = mention.first - len(said.group().split())
    begins = at == 0 or turn.tokens[at - 1].stops or turn.tokens[at - 1].key in GREETING
    if THIS_IS.search(before):
        return begins and mention.first <= 4 and _presents_itself(turn, mention)
    return begins


def name_is_exact(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether the name was said as it is on the roster: Roberta Crane is not Robert."""
    if mention.how != "full" or mention.exact:
        return True
    written = [t.key for t in tokens_of(mention.person)]
    said = [t.key for t in turn.tokens[mention.first : mention.last] if t.key not in TITLES]
    return said[0] in written and not another_surname(said[-1], written[-1])


def owned(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether something of the person's is meant: "Janet's referring to", "Suzy's question"."""
    return bool(re.search(r"['’]s?[^\w]*$", turn.tokens[mention.last - 1].text))


def _end_of(turn: SpokenTurn) -> str:
    return turn.keys(len(turn.tokens) - READ_WITHIN, len(turn.tokens))


def _begins(turn: SpokenTurn, mention: Mention) -> bool:
    return mention.first == 0 or turn.tokens[mention.first - 1].ends


def _presents_itself(turn: SpokenTurn, mention: Mention) -> bool:
    """ "This is Ida Teasdale, from Ferry Lane", but not "this is Ida Teasdale on my left"."""
    last = turn.tokens[mention.last - 1]
    after = turn.keys(mention.last, mention.last + 4)
    return last.ends or not after or bool(re.match(r"(?:from|speaking|here|i|im|the)\b", after))


def _described(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether ward, office or the like follow the name, and no sentence about its bearer."""
    after = turn.keys(mention.last, mention.last + 6)
    stops = turn.tokens[mention.last - 1].stops
    if mention.how == "surname" and after.startswith("the ") and not stops:
        return False  # who has a title and goes on so is spoken to: "Councillor Petty the vote is"
    if not AFTER_OWN_NAME.search(after):
        return False
    if turn.tokens[mention.last - 1].ends and not OF_SELF.search(after):
        return False
    soon = turn.tokens[mention.last - 1 : mention.last + 9]
    marked = any(t.stops for t in turn.tokens)
    if marked and not any(t.ends for t in soon):
        return False
    return not _of_another(turn, mention, marked)


def _of_another(turn: SpokenTurn, mention: Mention, marked: bool) -> bool:
    """Whether the sentence that begins with the name goes on to say what its bearer did."""
    words = []
    for token in turn.tokens[mention.last : mention.last + GOES_ON]:
        words.append(token.key)
        if marked and token.ends:
            break
    said = " ".join(words)
    own = FIRST_PERSON.search(said)
    return bool(OF_ANOTHER.search(said[: own.start()] if own else said))


def _alone(turn: SpokenTurn, mention: Mention, asked: SpokenTurn | None) -> bool:
    """A full name and hardly a word more, unless the answer to who it was or shall be."""
    rest = turn.keys(mention.last, len(turn.tokens))
    if mention.how != "full" or mention.first > 3 or len(turn.tokens) - mention.last > 4:
        return False
    if GUESSES.search(rest):
        return False
    question = asked.keys(len(asked.tokens) - 15, len(asked.tokens)) if asked else ""
    return bool(ASKED_NAME.search(question)) or not ASKED_WHO.search(question)
