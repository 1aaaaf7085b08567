"""What an answer tells about whether the one who was called is the one who answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.names.roster import Mention
from models.names.said import SpokenTurn, key_of

FILLER = (
    r"^(?:(?:no|yes|oh|um|er|well|sorry|apologies|im afraid|i am afraid|chair|madam|mr|thank you|"
    r"thanks|i think|i believe|actually|right|excuse me|can i just|may i|on a|just|raise) )*"
)
AWAY = (
    r"(?:away|absent|left|leave|gone|not here|not present|stepped out|popped out|out of the room|"
    r"offline|unwell|sick|late|delayed|elsewhere|unable|not able|apologies|lost)\b"
)
NOT_HERE = re.compile(FILLER + r"(?:absent|away|not (?:here|present|with us|in)|gone)\b")
ALL_APOLOGIES = re.compile(r"^(?:apologies|apologies received|apologies given)$")
SOMEBODY_AWAY = re.compile(
    r"^(?:\w+ ){0,8}?(?:(?:he|she|(?:councillor|cllr) \w+)(?: s)?|hes|shes)"
    r"(?: \w+){0,4}? " + AWAY
)
FOR_ANOTHER = re.compile(
    r"\bon (?:his|her|their) behalf\b|\b(?:read|reading) (?:it|this|that|them) (?:out )?for\b|"
    r"\b(?:read|reading) (?:it|this|that|them|the question|(?:his|her|their) question) out\b|"
    r"\b(?:im|i am) (?:the|a) (?:\w+ )?substitute\b|"
    r"\b(?:im|i am|as) (?:his|her|their) (?:\w+ )?(?:deputy|substitute|assistant|agent|colleague)\b"
)
INTERRUPTS = re.compile(
    r"^(?:(?:oh|um|er|yes|no|well|chair) )*(?:sorry|excuse me|apologies|can i just|may i just)"
    r"(?: \w+){0,4} point of order\b|" + FILLER + r"before (?:that|he|she|councillor|we go)\b"
)
# whoever minds the microphones, keeps the time, counts votes or calls out, not who was called
OTHERS_SAY = re.compile(
    FILLER + r"(?:(?:i think |you(?:re| are)? )?(?:still )?(?:on mute|muted)\b|"
    r"(?:he|she|they)(?: is| s)? (?:coming|here|just|still|on mute|frozen|typing|"
    r"on (?:his|her) way)|"
    r"we(?:ve| have)? (?:just )?(?:lost|cant hear|cannot hear|still have (?:his|her))\b|"
    r"(?:i )?(?:cant|cannot) hear you|recording (?:in progress|stopped|has)|"
    r"(?:your|the) microphone|press the|bear with (?:us|me)|"
    r"there(?: is| s)? (?:a|some) (?:technical )?(?:problem|issue|fault)|"
    r"i (?:had|have) my hand (?:up|raised) (?:first|before|earlier)|i had my hand up|"
    r"i(?:ll| will| can) take (?:that|this|it)\b|all those in favou?r|rubbish\b|resign\b|shame\b|"
    r"wrong (?:councillor|person|one)|(?:do|did) you mean me|as i was saying|"
    r"it(?: is| s)? (?:\w+ ){1,2}oclock|let (?:him|her) (?:speak|finish))"
)
GALLERY = re.compile(
    r"\b(?:public gallery|from the gallery|in the gallery|remove (?:him|her|that))\b"
)
REGRETS = re.compile(
    r"^(?:oh )?(?:(?:i am|im) )?(?:(?:so|very|terribly|ever so) )?(?:sorry|i beg your pardon)\b"
    r"(?! (?:to|can|could|did|do|what|i missed|we|you))"
)
HERE = re.compile(FILLER + r"(?:it(?: is| s)?|this is|im|i am) (\w+) here\b")
NAMES_ITSELF = re.compile(r"^(?:(?:no|actually|er|um|it|its|is|s|im|i am|this|sorry|not) )*$")
FEW = 12  # words of a chair who only says to be sorry
OF_ORDER = re.compile(r"\bpoints? of order\b")
CONGRATULATES = re.compile(r"\bcongratulat\w+\b|\bhear hear\b|\b(?:with|to) (?:him|her)\b")
SOON = 25  # words of an answer in which it tells whose it is


def is_anothers(answer: SpokenTurn, call: SpokenTurn) -> bool:
    """Whether somebody answers for whoever was called, says they are away, or breaks in."""
    said = answer.keys(0, SOON)
    if NOT_HERE.search(said) or ALL_APOLOGIES.search(said) or SOMEBODY_AWAY.search(said):
        return True
    if FOR_ANOTHER.search(said) or OTHERS_SAY.search(said):
        return True
    last = call.keys(len(call.tokens) - SOON, len(call.tokens))
    return bool(INTERRUPTS.search(said)) and not OF_ORDER.search(last)


def wishes_well(answer: SpokenTurn) -> bool:
    """Whether an answer to an election speaks of whoever was elected as of another."""
    return bool(CONGRATULATES.search(answer.keys(0, SOON)))


def is_taken_back(
    turns: Sequence[SpokenTurn], mentions: Sequence[Sequence[Mention]], i: int, called: Mention
) -> bool:
    """Whether the answer to the call in turn ``i`` has another name, or the caller regrets it."""
    answer = turns[i + 1]
    told = HERE.search(answer.keys(0, FEW))
    if told and not any(told.group(1) in key_of(p) for p in called.people):
        return True
    for m in mentions[i + 1]:
        first = bool(NAMES_ITSELF.match(answer.keys(0, m.first) + " " if m.first else ""))
        if first and m.how != "role" and not set(m.people) & set(called.people):
            after = answer.keys(m.last, m.last + 1)
            marked = any(t.stops for t in answer.tokens)
            stopped = answer.tokens[m.last - 1].stops or not marked
            if after in ("chair", "here", "actually", "madam") and stopped:
                return True
    later = turns[i + 2] if i + 2 < len(turns) else None
    if later is None or later.voice != turns[i].voice:
        return False
    said = later.keys(0, FEW)
    sorry = len(later.tokens) <= FEW and REGRETS.search(said) and not _names(later, called)
    return bool(GALLERY.search(said) or sorry)


def _names(turn: SpokenTurn, mention: Mention) -> bool:
    keys = {t.key for t in turn.tokens}
    return any(keys & {key_of(w) for w in p.split()[-1:]} for p in mention.people)
