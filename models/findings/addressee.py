"""To whom a recommendation is addressed, in the words that were said."""

from __future__ import annotations

import re

from models.findings.phrases import any_verb, is_verb, lexicon, said

# a role may be followed by what it is responsible for; these words end that
_STOP = (
    r"(?!(?:also|not|now|to|that|give|gives|given|sign|signs|put|puts|publish|publishes|keep|keeps|make|makes|"
    r"and|or|is|are|be|will|should|must|could|would|can|has|have|by|before|on|at|in|with|who|"
    r"which|the|a|an|please|so|if|then|as|bring|brings|report|reports|ask|asks|look|looks|pay|"
    r"pays|take|takes|provide|provides|ensure|ensures|review|reviews|write|writes|chair|within|"
    r"from|it|they|we|i|you|when|shall|agreed|mister|mr|mrs|councillor)\b)"
)
_WORD = rf"{_STOP}[A-Za-z][\w'’-]*"
_OF_SOMETHING = rf" (?:for|of) (?:the )?{_WORD}(?: (?:and )?{_WORD}){{0,2}}"
_OF = rf"(?:{_OF_SOMETHING})?"
_OFFICES = (
    rf"cabinet members?{_OF}|executive members?{_OF}|portfolio holders?{_OF}|lead members?{_OF}|"
    rf"(?:deputy |assistant |executive )?directors?{_OF}|heads?{_OF_SOMETHING}|"
    rf"secretary{_OF}|(?:police and crime )?commissioner{_OF}|"
    r"chief executive|chief constable|chief of police|(?:scrutiny|monitoring) officer|"
    r"leader of the council|"
    r"leader|mayor|cabinet|executive|council|local authorit(?:y|ies)|police(?: force)?|force|"
    r"health board|integrated care board|contractors?|"
    r"superintendent|landlords?|schools?|committee|panel|department|officers|board|university"
)
# bodies outside the council; asked on the floor of parliaments and city councils
_BODIES = (
    rf"(?:(?:welsh|federal|uk|national|scottish|liberal|provincial|local|current|your|senior) )?"
    rf"government(?: of [A-Za-z]+)?|(?:prime |deputy prime |deputy |first |health |finance |"
    rf"education |justice |home |housing |transport )?ministers?{_OF}|"
    r"(?:city |town |borough |county |parish |full )?council(?: ?members?)?|parliament|senate|"
    r"house of commons|trust|regulator|inspectorate|ombudsman|agency"
)
OFFICE = re.compile(rf"\b(?:the |our |this )?(?:{_OFFICES}|{_BODIES})\b", re.IGNORECASE)
ASKED = re.compile(
    r"\b(?:that|ask|asks|urge|urges|request|requests|call on|calls on|to|for|will|would|can|could|"
    r"tell|invite|encourage|recommends?|goes to|should|is|does|has|expectation on|wish)\s+$",
    re.IGNORECASE,
)
FOLLOWED = re.compile(
    r"^\s+(?:should|must|could|can|simply|intends?|to|gives?|signs?|puts?|publish(?:es)?|keeps?|makes?|needs?|ought|buys?|"
    r"commit|considers?|brings?|reports?|looks?|provides?|ensures?|reviews?|writes?|works?|sets?|"
    r"takes?|stops?|be|pays?|now|and the)\b",
    re.IGNORECASE,
)
OBJECTS = frozenset("it them that this these those us him her all both everyone back".split())
ARTICLE = re.compile(r"(?:the|our|this) ", re.IGNORECASE)
SPECIFIC = re.compile(r" (?:for|of) |^(?:cabinet|police)$", re.IGNORECASE)
OURSELVES = re.compile(r"^(?:this |the |our )?(?:committee|panel|scrutiny officer)$", re.IGNORECASE)


def addressee(*texts: str) -> str:
    """The office asked to act, verbatim without its article; empty where none is named.

    An office that is asked ("ask the cabinet to") or that acts ("the police give") goes before one
    that is only mentioned, one with a portfolio before one without; of equals the first is taken.
    The committee that speaks is the last choice.
    """
    ranked = [(rank, text[start:end]) for text in texts for rank, start, end in offices(text)]
    return max(ranked, key=lambda found: found[0], default=(0, ""))[1]


def offices(text: str) -> list[tuple[int, int, int]]:
    """Each office named: how likely it is the one asked to act, and its characters."""
    found = []
    for match in OFFICE.finditer(text):
        article = ARTICLE.match(match[0])
        start = match.start() + (article.end() if article else 0)
        end = _before_a_verb(text, start, match.end())
        office = text[start:end]
        acts = bool(FOLLOWED.match(text[end:])) or _does(text[end:])
        asked = bool(ASKED.search(text[: match.start()]))
        others = not OURSELVES.match(office)
        rank = 2 * acts + 2 * asked + 3 * others + bool(SPECIFIC.search(office))
        found.append((rank, start, end))
    return found


def office_first(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The office with which the characters ``[start, end)`` begin, without its article."""
    return next(
        ((a, b) for _, a, b in offices(text[:end]) if not ARTICLE.sub("", text[start:a])), None
    )


def _before_a_verb(text: str, start: int, end: int) -> int:
    """Where an office ends: of "director of housing repairs the roof" not "repairs"."""
    words = said(text[start:end])
    of = next((i for i, w in enumerate(words) if w.word in ("of", "for")), len(words))
    for word in words[of + 2 :]:
        if _does(text[start + word.start :]):
            return len(text[: start + word.start].rstrip())
    return end


def _does(rest: str) -> bool:
    """Whether what follows begins with a verb in the present and its object."""
    words = said(rest)[:2]
    if len(words) < 2 or not any_verb(words[0].word) or words[0].stop:
        return False
    present = is_verb(words[0].word) or words[0].word.endswith("s")
    return present and words[1].word in OBJECTS | lexicon()["determiners"]
