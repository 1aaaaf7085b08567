"""What an answer tells about whether the one who was called is the one who answers."""

from __future__ import annotations

import re

from models.names.said import SpokenTurn

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
OF_ORDER = re.compile(r"\bpoints? of order\b")
CONGRATULATES = re.compile(r"\bcongratulat\w+\b|\bhear hear\b|\b(?:with|to) (?:him|her)\b")
SOON = 25  # words of an answer in which it tells whose it is


def is_anothers(answer: SpokenTurn, call: SpokenTurn) -> bool:
    """Whether somebody answers for whoever was called, says they are away, or breaks in."""
    said = answer.keys(0, SOON)
    if NOT_HERE.search(said) or ALL_APOLOGIES.search(said) or SOMEBODY_AWAY.search(said):
        return True
    if FOR_ANOTHER.search(said):
        return True
    last = call.keys(len(call.tokens) - SOON, len(call.tokens))
    return bool(INTERRUPTS.search(said)) and not OF_ORDER.search(last)


def wishes_well(answer: SpokenTurn) -> bool:
    """Whether an answer to an election speaks of whoever was elected as of another."""
    return bool(CONGRATULATES.search(answer.keys(0, SOON)))
