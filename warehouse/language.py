"""The query language: AND OR NOT, "phrases", prefix*, words near one another, field:value.

Lucene's syntax as luqum reads it, with ``a NEAR/5 b`` for ``"a b"~5``. Words beside one another
are all demanded as soon as anything else of the language is used. What is demanded is demanded of
one utterance; a phrase or words near one another of one sentence.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luqum import tree as luqum
from luqum.exceptions import ParseError
from luqum.parser import parser

from matters_arising.errors import BadInputError
from warehouse import tokens
from warehouse.compounds import said_in_one

NEAR = 10  # words, where a question says NEAR without a number
LEAST_PREFIX = 2  # letters before the star: fewer would match half the dictionary
MOST_IN_CAPITALS = 6  # words that short forms and operators make up; more in capitals are prose


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to look for: a word, a phrase, words near one another, or the beginning of words.

    ``near`` is how many words may lie between the first and the last. With ``prefix`` the last of
    the words is the beginning of one. ``compound`` is what the words make where they are written in
    one; said so they are found as well, or at least not missed. ``spare`` parts are another way of
    writing what other parts ask for: they help where they are said and are not missed where they
    are not.
    """

    label: str
    words: tuple[str, ...]
    near: int = 0
    prefix: bool = False
    spare: bool = False
    compound: str = ""

    @property
    def exact(self) -> bool:
        """Whether the text itself has to be looked at."""
        return len(self.words) > 1 or self.prefix

    def holds(self, text: str) -> bool:
        """Whether a text holds it."""
        if self.near:
            return tokens.holds_near(text, self.words, self.near)
        if self.compound and self._in_one(text):
            return True
        return tokens.holds_phrase(text, self.words, begun=self.prefix)

    def _in_one(self, text: str) -> bool:
        said, joined = tokens.indexed(text)
        words = (*said, *(word for word, _ in joined))
        if self.prefix:
            return any(w.startswith(self.compound) for w in words)
        return tokens.stem(self.compound) in map(tokens.stem, words)


@dataclass(frozen=True, slots=True)
class Leaf:
    """An utterance that holds a part."""

    part: Part


@dataclass(frozen=True, slots=True)
class All:
    """An utterance that meets all of these and none of those."""

    of: tuple[Node, ...]
    but: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class OneOf:
    """An utterance that meets any of these."""

    of: tuple[Node, ...]


Node = Leaf | All | OneOf

_QUOTES = str.maketrans("“”„", '"""')
_FIELDS = "speaker|committee|meeting|item|kind|from|to|date"
_FIELD = re.compile(rf'(?<!\S)({_FIELDS}):(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_EXPLICIT = re.compile(r'\b(?:AND|OR|NOT|NEAR)\b|\w\*|"~\d|(?:^|\s)[-+](?=["(\w])')
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT|NEAR)\b")
_NEAR = re.compile(r'([^\s()"]+|"[^"]+")\s+NEAR(?:/(\d+))?\s+([^\s()"]+|"[^"]+")')
_SIGN = re.compile(r"[£%]")
_SPECIAL = re.compile(r"[\\/:?\[\]{}^=<>&|!~](?!\d*(?:\s|$|\)))|[:/?]")


def is_explicit(text: str) -> bool:
    """Whether a question uses the language.

    One all in capitals may be short forms joined by operators, or prose: it uses the language only
    where it is short and makes sense in it.
    """
    if not _EXPLICIT.search(text):
        return False
    if any(c.islower() or c in '"*' for c in text.translate(_QUOTES)):
        return True
    return len(text.split()) <= MOST_IN_CAPITALS and _makes_sense(text)


def _makes_sense(text: str) -> bool:
    try:
        tree(text)
    except BadInputError:
        return False
    return True


def operators(text: str) -> tuple[str, ...]:
    """The operators that stand in a text, each once."""
    return tuple(dict.fromkeys(_OPERATOR.findall(text)))


def fields(text: str) -> tuple[str, Mapping[str, object]]:
    """A question without its ``field:value`` parts, and what they say as filters by name."""
    found: dict[str, object] = {}
    for match in _FIELD.finditer(text.translate(_QUOTES)):
        name, value = match[1].lower(), (match[2] or match[3] or "").strip()
        if not value:
            raise BadInputError(f"'{name}:' says nothing; give a value, as in {name}:value")
        found |= _as_filters(name, value)
    return _FIELD.sub(" ", text.translate(_QUOTES)).strip() if found else text, found


def _as_filters(name: str, value: str) -> Mapping[str, object]:
    if name == "from":
        return {"first": _days(value)[0]}
    if name == "to":
        return {"last": _days(value)[1]}
    if name == "date":
        first, last = _days(value)
        return {"first": first, "last": last}
    return {name: value}


def _days(value: str) -> tuple[date, date]:
    """First and last day of a day, a month or a year."""
    try:
        parts = [int(p) for p in value.split("-")]
        if len(parts) == 1:
            return date(parts[0], 1, 1), date(parts[0], 12, 31)
        if len(parts) == 2:
            year, month = parts
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date.fromisoformat(value), date.fromisoformat(value)
    except ValueError as fault:
        raise BadInputError(f"'{value}' is no day; write 2026-06-02, 2026-06 or 2026") from fault


def tree(text: str) -> Node:
    """What a question in the language demands.

    Raises BadInputError, saying what is wrong, where it makes no sense.
    """
    written = _NEAR.sub(_as_near, text.translate(_QUOTES))
    if written.count('"') % 2:
        raise BadInputError(f"a quotation mark is missing in: {text}")
    if written.count("(") != written.count(")"):
        raise BadInputError(f"a bracket is missing in: {text}")
    try:
        found = parser.parse(_SPECIAL.sub(" ", written))
    except ParseError as fault:
        raise BadInputError(
            f"'{text}' cannot be read as a question with AND, OR and NOT; write these words small "
            "if they are only words, or see: matters search --help"
        ) from fault
    return _node(found, text)


def _as_near(match: re.Match[str]) -> str:
    one, reach, other = match[1].strip('"'), match[2] or NEAR, match[3].strip('"')
    return f'"{one} {other}"~{reach}'


def _node(found: Any, text: str) -> Node:
    build = _BUILD.get(type(found))
    if build is None:
        raise BadInputError(
            f"'{found}' is not part of the query language; see: matters search --help"
        )
    return build(found, text)


def _word(found: Any, text: str) -> Node:
    raw = str(found.value)
    words, prefix = _begun(raw)
    if prefix and sum(map(len, words)) < LEAST_PREFIX:
        raise BadInputError(
            f"'{raw}' is too short; give at least {LEAST_PREFIX} letters before the *"
        )
    if not words:
        raise BadInputError(f"'{raw}' in '{text}' holds no word to search for")
    return Leaf(Part(raw, words, prefix=prefix, compound=said_in_one(raw.rstrip("*"))))


def _phrase(found: Any, text: str) -> Node:
    written = str(found.value).strip('" ')
    words, prefix = _begun(written)
    if not words:
        raise BadInputError(f"there is nothing between the quotation marks in: {text}")
    return Leaf(Part(str(found.value).strip(), words, prefix=prefix))


def _begun(written: str) -> tuple[tuple[str, ...], bool]:
    """The words, and whether the last is only begun; a star stands for the end of that alone."""
    prefix = written.endswith("*")
    stem = written.rstrip("*")
    if "*" in stem or (prefix and _SIGN.search(stem)):
        raise BadInputError(
            f"'{written}' cannot be looked for: the * stands after the first letters of the last "
            "word and nowhere else, as in recommend*, and never after a sum or a share"
        )
    return tuple(tokens.words(stem)), prefix


def _proximity(found: Any, text: str) -> Node:
    if "*" in str(found.term.value):
        raise BadInputError(f"nearness wants whole words, without the *, in: {text}")
    words = tuple(tokens.words(str(found.term.value)))
    if len(words) < 2:
        raise BadInputError(f"nearness wants two words at least in: {text}")
    return Leaf(Part(str(found), words, near=max(1, int(found.degree))))


def _all(found: Any, text: str) -> Node:
    of, but = [], []
    for child in _flat(found, (luqum.AndOperation, luqum.UnknownOperation)):
        if isinstance(child, (luqum.Not, luqum.Prohibit)):
            but.append(_node(child.a, text))
        else:
            of.append(_node(child, text))
    if not of:
        raise BadInputError(f"'{text}' only says what not to find; give a word to look for")
    return All(tuple(of), tuple(but)) if but or len(of) > 1 else of[0]


def _flat(found: Any, kinds: tuple[type, ...]) -> Iterator[Any]:
    for child in found.children:
        if isinstance(child, kinds):
            yield from _flat(child, kinds)
        else:
            yield child


def _any(found: Any, text: str) -> Node:
    return OneOf(tuple(_node(child, text) for child in found.children))


def _inside(found: Any, text: str) -> Node:
    return _node(found.children[0], text)


def _alone(found: Any, text: str) -> Node:
    raise BadInputError(
        f"'{found}' in '{text}' only says what not to find; join it by AND to a word to look for"
    )


_BUILD: Mapping[type, Callable[[Any, str], Node]] = {
    luqum.Word: _word,
    luqum.Phrase: _phrase,
    luqum.Proximity: _proximity,
    luqum.AndOperation: _all,
    luqum.UnknownOperation: _all,
    luqum.OrOperation: _any,
    luqum.Group: _inside,
    luqum.Plus: _inside,
    luqum.Not: _alone,
    luqum.Prohibit: _alone,
}


def wanted(node: Node) -> tuple[Part, ...]:
    """Everything that a hit may hold, each once."""
    return tuple(dict.fromkeys(_wanted(node)))


def _wanted(node: Node) -> Iterator[Part]:
    if isinstance(node, Leaf):
        yield node.part
    else:
        for child in node.of:
            yield from _wanted(child)
