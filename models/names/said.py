"""A meeting as naming reads it: turns of comparable words, whether punctuated or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.words import UNKNOWN_VOICE, Utterance

PARTS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
CROWD_WORDS = 3  # an unknown voice's turn of no more words than this interrupts nobody


@dataclass(frozen=True, slots=True)
class Token:
    """One comparable word: ``key`` is lower case without accents or possessive."""

    key: str
    text: str
    start_s: float
    ends: bool  # a sentence ends after it
    stops: bool  # a comma or more follows it
    capital: bool
    glued: bool = False  # a part of a word after its first: "Paul-Hus", "Mr.Scheer"


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """All that one voice says until another speaks."""

    voice: str
    tokens: tuple[Token, ...]

    def quote(self, first: int, last: int) -> str:
        """The words around tokens ``first`` to ``last``, as said."""
        return " ".join(t.text for t in self.tokens[max(0, first) : last])

    def keys(self, first: int, last: int) -> str:
        """The comparable words of a span, joined by spaces; ends outside the turn are cut."""
        return " ".join(t.key for t in self.tokens[max(0, first) : max(0, last)])


def key_of(text: str) -> str:
    """Lower case, no accents, no possessive: what two spellings of a word have in common."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return bare.removesuffix("'s").replace("'", "")


def tokens_of(text: str, start_s: float = 0.0) -> list[Token]:
    """The comparable words of one word as engines write it ("Mr.LeBlanc" is two)."""
    found = list(PARTS.finditer(text))
    made = []
    for i, part in enumerate(found):
        after = text[part.end() : found[i + 1].start() if i + 1 < len(found) else len(text)]
        ends = bool(ENDS.search(after.strip()))
        stops = ends or bool(re.search(r"[,;:—–?!]", after))
        shown = text if len(found) == 1 else part.group()
        made.append(Token(key_of(part.group()), shown, start_s, ends, stops, capital(shown), i > 0))
    return made


def capital(word: str) -> bool:
    """Whether a word is written as names are: "Scheer", "d'Entremont"."""
    return word[:1].isupper() or any(c.isupper() for c in word[1:3] if "'" in word or "’" in word)


def spoken_turns(utterances: Sequence[Utterance]) -> list[SpokenTurn]:
    """Utterances in order, joined while one voice goes on; brief noises of no voice are left."""
    turns: list[tuple[str, list[Token]]] = []
    for utterance in utterances:
        tokens = [t for w in utterance.words for t in tokens_of(w.text, w.start_s)]
        if utterance.voice == UNKNOWN_VOICE and len(tokens) <= CROWD_WORDS:
            continue
        if turns and turns[-1][0] == utterance.voice:
            turns[-1][1].extend(tokens)
        else:
            turns.append((utterance.voice, tokens))
    return [SpokenTurn(voice, tuple(tokens)) for voice, tokens in turns if tokens]
