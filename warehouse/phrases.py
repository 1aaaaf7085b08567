"""A phrase and where it stands in a text: the very words, as double quotes find them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from matters_arising.errors import BadInputError
from warehouse import tokens


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it was given, without quotation marks around it, and its folded words."""

    text: str
    words: tuple[str, ...]


def phrase_of(text: str) -> Phrase:
    """Takes a phrase apart; raises BadInputError where no word is in it."""
    words = tuple(tokens.words(text))
    if not words:
        raise BadInputError(f"'{text}' holds no word to look for; give at least one")
    return Phrase(" ".join(text.strip(' "“”„').split()), words)


def count_in(text: str, phrase: Phrase) -> int:
    """How often the phrase stands in the text; two do not share a word."""
    return sum(1 for _ in _starts(tokens.words(text), phrase.words))


def places_in(text: str, phrase: Phrase) -> list[tuple[int, int]]:
    """Where the phrase stands in the text: first character and the one after its last."""
    words = tokens.words(text)
    found = list(_starts(words, phrase.words))
    if not found:
        return []
    spans = _spans(text, words)
    return [(spans[at][0], spans[at + len(phrase.words) - 1][1]) for at in found]


def _starts(words: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    at, width = 0, len(phrase)
    while at + width <= len(words):
        if tuple(words[at : at + width]) == phrase:
            yield at
            at += width
        else:
            at += 1


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """First character and the one after the last of each word, in the text before folding.

    Between two words stands nothing that could be part of one, so that each is the next of its
    letters from where the last one ended.
    """
    folded, origin = _folded(text)
    out, at = [], 0
    for word in words:
        start = folded.index(word, at)
        at = start + len(word)
        out.append((origin[start], origin[at - 1] + 1))
    return out


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as ``tokens.words`` folds it, with the place that each of its letters came from."""
    letters, origin = [], []
    for place, letter in enumerate(text):
        plain = "'" if letter in "’‘ʼ" else unicodedata.normalize("NFKD", letter)
        kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
        letters.append(kept)
        origin += [place] * len(kept)
    return "".join(letters), origin
