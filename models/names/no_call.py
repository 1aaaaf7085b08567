"""Names that stand where calls stand, and are of somebody who is not to speak now.

"That's a good question, Councillor Crane." is said to whoever asked; "a question from Councillor
Crane to the Leader" is answered by the Leader; "Seconder? Councillor Crane." seconds and is done.
"""

from __future__ import annotations

import re

from models.names.roster import Mention
from models.names.said import SpokenTurn

WHO = r"(?:councillor|cllr|the|our|a|officers?|leader|mayor|cabinet|director|mr|mrs|ms|dr)"
# said to whoever spoke before, or to silence somebody
SPOKEN_TO = re.compile(
    r"\b(?:(?:good|great|fair|excellent|interesting|valid|important|helpful) "
    r"(?:questions?|points?|suggestion|idea|challenge)|"
    r"that(?: is| s)? (?:fair|right|true|noted|fine|understood)|noted|"
    r"(?:take|accept|hear|see|understand) (?:your point|what you mean)|"
    r"(?:agree|sympathi[sz]e) with you|sit down|hold on|heard you|hear you|one (?:moment|minute|"
    r"second)|just a (?:moment|minute|second)|you (?:raised|asked|said|made)(?: \w+){0,6}|"
    r"sorry about that|(?:nice|good|lovely|great) to (?:see|have) you(?: back| here| again)*|"
    r"outside (?:of )?(?:the|this) meeting|after the meeting|happy birthday(?: to)?|"
    r"(?<!point of )order|calm down|be quiet)$"
)
# about somebody who is not called by it
SPOKEN_OF = re.compile(
    r"\b(?:(?:sitting |seated )?(?:next|close) to|behind|beside|alongside|opposite|"
    r"(?:new|newest) (?:member|councillor|colleague)|warm welcome to|"
    r"(?:seconder|proposer|mover|seconded|proposed|moved|nominated)(?: is| was| by| please)*|"
    r"(?:answer|help|reply to|respond to|response to|reply for|answer for|to answer))$"
)
SILENCES = re.compile(
    r"^(?:please )?(?:dont|do not|let (?:him|her|them|the|me|officers?)|sit down|stop|quiet|order|"
    r"no|enough|wait|hold on|one (?:moment|minute|second)|we(?: are|re) not|leaving|has left|"
    r"(?:would|could|can|will) you (?:please )?(?:not|stop|wait|sit|be quiet|let))\b"
)
LATER = re.compile(
    r"\b(?:in a (?:moment|minute|second|bit)|shortly|later|but first|before that|after that)\b"
)
ASKED = (
    r"(?:questions?|ones?|comments?|points?|quer(?:y|ies)|supplementar(?:y|ies)|issue|concern)"
    r"(?: \w+){0,3}"
)
WAS_ASKED = re.compile(
    rf"\b(?:(?:that|there|it|this) (?:was|were)(?: \w+){{0,3}} {ASKED}|"
    rf"(?:in|on|from) the chat(?: \w+)?|"
    rf"(?:take|answer|address|pick up|pick up on|respond to|reply to|response to|deal with|cover) "
    rf"(?:the |that |those |these |both )?{ASKED}|on the {ASKED}|so (?:a|the|that) {ASKED}|"
    rf"(?:we|ive|i|weve)(?: have| ve)? had(?: \w+){{0,2}} {ASKED}) from$"
)
HANDS_OVER = re.compile(
    rf"^to {WHO}\b|"
    r"\b(?:(?:over|back) to|if|can|could|would|do|will) (?:the )?officers?\b|"
    r"\bwho (?:couldnt|could not|cant|cannot|can not|isnt|is not|wasnt|is unable|has sent|sends)\b|"
    r"\b(?:he|she) (?:asks|wants to know|says)\b|"
    r"\b(?:the answer (?:is|was|has been)|officers? (?:please|to|will|can))\b"
)
# in an answer: it is not the asker's
ANSWERS = re.compile(
    r"^(?:(?:yes|well|okay|chair|madam|mr|thank you|thanks|and|very much|so) )*"
    r"(?:(?:thank you|thanks|grateful)(?: very much)? for (?:the|that|his|her|your|this) question|"
    r"(?:and )?i (?:thank|refer|would refer|am grateful to|can tell|can assure) (?:the|him|her) ?"
    r"(?:member|councillor)?|for (?:the|that|his|her|your) question|the answer (?:is|to)|"
    r"i can see that)\b"
)
BEFORE, AFTER = 14, 14  # words around a name that tell so


def is_no_call(turn: SpokenTurn, mention: Mention) -> bool:
    """Whether a name is said to or of somebody who has spoken or shall not speak now."""
    before = sentence_before(turn, mention)
    after = sentence_after(turn, mention)
    if SPOKEN_TO.search(before) or SPOKEN_OF.search(before) or SILENCES.search(after):
        return True
    return bool(LATER.search(after))


def only_asked(turn: SpokenTurn, mention: Mention, answer: SpokenTurn | None = None) -> bool:
    """Whether a question is told of with its asker, and somebody else is to answer it."""
    before = turn.keys(mention.first - BEFORE, mention.first)
    after = turn.keys(mention.last, mention.last + AFTER)
    if not re.search(rf"\b{ASKED} (?:from|by)$", before):
        return False
    told = WAS_ASKED.search(before) or HANDS_OVER.search(after) or LATER.search(after)
    return bool(told or (answer and ANSWERS.search(answer.keys(0, 14))))


def sentence_before(turn: SpokenTurn, mention: Mention) -> str:
    first = max(0, mention.first - BEFORE)
    starts = [i + 1 for i in range(first, mention.first) if turn.tokens[i].text.endswith(".")]
    return turn.keys(max([first, *starts]), mention.first)


def sentence_after(turn: SpokenTurn, mention: Mention) -> str:
    last = min(len(turn.tokens), mention.last + AFTER)
    ends = [i + 1 for i in range(mention.last, last) if turn.tokens[i].ends]
    return "" if turn.tokens[mention.last - 1].ends else turn.keys(mention.last, min([last, *ends]))
