"""Words that are written in one or in several: co-operative, O'Brien, U.K."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warehouse import tokens

_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")

_TIED = re.compile(r"[^\W_]+(?:&[^\W_]+)+")


@dataclass(frozen=True, slots=True)
class Compound:
    """Words as they were written, and what they make without hyphen, apostrophe or stops."""

    words: tuple[str, ...]
    joined: str


def compounds(text: str) -> tuple[Compound, ...]:
    """Those of a text, in order; initials last."""
    words, joined = tokens.indexed(text)
    found = [Compound(_made_of(words[at:], whole), whole) for whole, at in joined]
    for match in _INITIALS.finditer(text):
        letters = tuple(tokens.words(match[0]))
        found.append(Compound(letters, "".join(letters)))
    return tuple(found)


def _made_of(words: list[str], joined: str) -> tuple[str, ...]:
    letters = len(joined.replace("'", ""))
    for count in range(1, len(words) + 1):
        if len("".join(words[:count]).replace("'", "")) >= letters:
            return tuple(words[:count])
    return tuple(words)


def said_in_one(text: str) -> str:
    """The whole text as one word, where it is one compound and nothing else; else nothing.

    ``percent`` stands for two words and begins others, such as percentage.
    """
    words, whole = tuple(tokens.words(text)), tokens.folded(text)
    if len(words) > 1 and whole.isalpha():
        return whole
    found = compounds(text)
    return found[0].joined if len(found) == 1 and found[0].words == words else ""


def tied(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Short forms that a sign holds together, such as A&E, each with its words."""
    return tuple((raw, tuple(tokens.words(raw))) for raw in dict.fromkeys(_TIED.findall(text)))
