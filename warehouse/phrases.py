"""A phrase and where it stands in a text: the very words, as double quotes find them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from matters_arising.errors import BadInputError
from warehouse import tokens
from warehouse.fields import holds_field
from warehouse.language import operators

_STAR = re.compile(r"\w\*|\*\w")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it was given, without quotation marks around it, and its folded words."""

    text: str
    words: tuple[str, ...]


def phrase_of(text: str) -> Phrase:
    """Takes a phrase apart; raises BadInputError where no word is in it.

    So it does where the text uses the language of searches: read as mere words it would be
    counted as something that nobody asked for.
    """
    joined = operators(text) and any(letter.islower() for letter in text)
    if holds_field(text) or joined or _STAR.search(text):
        raise BadInputError(
            f"'{text}' is not a phrase: give the words as they were said, without * and NEAR; "
            "write AND, OR and NOT small, and narrow it by --speaker, --committee and the like"
        )
    words = tuple(tokens.words(text))
    if not words:
        raise BadInputError(f"'{text}' holds no word to look for; give at least one")
    return Phrase(" ".join(text.strip(' "“”„').split()), words)


def count_in(text: str, phrase: Phrase) -> int:
    """How often the phrase stands in the text; two do not share a word."""
    return sum(1 for _ in _starts(tokens.words(text), phrase.words))


def counter(phrase: Phrase) -> Callable[[str], int]:
    """``count_in`` of one phrase for many texts, several times as fast.

    A text in which no sign stands for words is not taken apart: there a pattern finds the phrase.
    """
    find, slow = _pattern(phrase.words).findall, tokens.SIGNS.search

    def count(text: str) -> int:
        said = tokens.folded(text)
        return count_in(text, phrase) if slow(said) else len(find(said))

    return count


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """The words one after another; an apostrophe between two letters is part of a word.

    What may not stand before the first is asked after it: a pattern that begins with letters is
    looked for many times as fast.
    """
    letter, first, *rest = r"[^\W_]", *map(re.escape, words)
    begins = rf"{first}(?<!{letter}{first})(?<!{letter}'{first})"
    between, ends = rf"(?!'{letter})[\W_]+", rf"(?!{letter})(?!'{letter})"
    return re.compile(between.join([begins, *rest]) + ends)


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
