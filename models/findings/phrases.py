"""Words of a sentence with their places, and the noun phrases among them, told by word lists.

There is no parser here: bare recognised speech has no capitals and no stops for one to hold on to.
A phrase goes on until a word that cannot be part of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from models.findings.patterns import FILLERS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BREAK = re.compile(r"[.,;:!?()—–…]|--")
LONGEST = 7  # words of a noun phrase; a longer run of unknown words is no phrase
SHORTENED = re.compile(r"^(?:i|we|you|he|she|it|they|that|there|who|what)'|n't$|'(?:ll|re|ve|m|d)$")


@dataclass(frozen=True, slots=True)
class Said:
    """One word: its lower-case form, its characters ``[start, end)``, and whether a stop follows.

    Nothing may depend on ``stop`` alone, because speech as recognised has none.
    """

    word: str
    start: int
    end: int
    stop: bool = False


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """The word lists, by name."""
    path = files("models") / "patterns" / "lexicon.json"
    lists = json.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}


def said(text: str) -> list[Said]:
    """The words of ``text`` in order, fillers left out."""
    found = [m for m in _WORD.finditer(text) if m[0].lower() not in FILLERS]
    ends = [*(m.start() for m in found[1:]), len(text)][: len(found)]
    return [
        Said(
            m[0].lower().replace("’", "'"),
            m.start(),
            m.end(),
            bool(_BREAK.search(text, m.end(), e)),
        )
        for m, e in zip(found, ends, strict=True)
    ]


def is_verb(word: str) -> bool:
    """Whether this is the base form of a verb of action."""
    return word in lexicon()["verbs"]


def any_verb(word: str) -> bool:
    """Whether this may be any form of a verb of action."""
    return word in _forms()


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    verbs = lexicon()["verbs"]
    made = set(verbs)
    for verb in verbs:
        stem = verb.removesuffix("e")
        made |= {f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing", f"{verb}{verb[-1]}ing"}
        made |= {f"{verb}{verb[-1]}ed", f"{verb.removesuffix('y')}ies", f"{verb[:-1]}ied"}
    return frozenset(made | set(_IRREGULAR.split()))


_IRREGULAR = (
    "gave given took taken made kept left told said went gone came seen saw knew known got "
    "felt found brought thought sent spent paid lost meant met held led read heard sold stood "
    "understood wrote written began begun broke broken chose chosen drove driven fell fallen "
    "grew grown ran shown spoke spoken struck thrown threw won has is are was were been being "
    "having feel feels feeling mean means seem seems need needs suffer suffers suffering lose "
    "loses losing happen happens"
)


def noun_phrase(words: Sequence[Said], begin: int) -> int:
    """The end of the noun phrase that begins at word ``begin``; ``begin`` where none does."""
    lists = lexicon()
    at = begin
    while at < len(words) and words[at].word in lists["determiners"]:
        at += 1
    head = at
    while at < len(words) and at - begin < LONGEST:
        word = words[at].word
        after_determiner = at == head > begin or at > head
        noun = word in lists["nouns_too"] or word.removesuffix("s") in lists["nouns_too"]
        verb = any_verb(word) and not (noun and after_determiner)
        if word in lists["function"] or word in lists["modals"] or SHORTENED.search(word):
            break
        if verb and not (at == head > begin and word.endswith(("ing", "ed"))):
            break
        at += 1
        if words[at - 1].stop or words[at - 1].word.endswith("'s"):
            break
    return at if at > head else begin


def phrase_before(words: Sequence[Said], end: int) -> int:
    """Where the noun phrase begins that ends just before word ``end``; ``end`` where none does."""
    for begin in range(max(0, end - LONGEST), end):
        if noun_phrase(words, begin) == end:
            return begin
    return end
