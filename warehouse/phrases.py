"""A phrase and where it stands in a text: the very words, as double quotes find them."""

from __future__ import annotations

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
    spans = tokens.spans(text)
    width = len(phrase.words)
    starts = _starts([word for word, _, _ in spans], phrase.words)
    return [(spans[at][1], spans[at + width - 1][2]) for at in starts]


def _starts(words: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    at, width = 0, len(phrase)
    while at + width <= len(words):
        if tuple(words[at : at + width]) == phrase:
            yield at
            at += width
        else:
            at += 1
