"""The query language: AND OR NOT, "phrases", prefix*, words near one another.

Lucene's syntax as luqum reads it, with ``a NEAR/5 b`` for ``"a b"~5``. Words beside one another
are all demanded as soon as anything else of the language is used. What is demanded is demanded of
one utterance; a phrase or words near one another of one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luqum import tree as luqum
from luqum.exceptions import ParseError
from luqum.parser import parser

from matters_arising.errors import BadInputError
from warehouse import tokens
from warehouse.compounds import said_in_one
from warehouse.fields import QUOTES

NEAR = 10  # words, where a question says NEAR without a number
LEAST_PREFIX = 2  # letters before the star: fewer would match half the dictionary
MOST_IN_CAPITALS = 6  # words that short forms and operators make up; more in capitals are prose


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to look for: a word, a phrase, words near one another, or the beginning of words.

    ``near`` is within how many words the ``units`` lie of one another, each a part.
    With ``prefix`` the last of the words is the beginning of one. ``compound`` is what the words
    make where they are written in one; said so they are found as well, or at least not missed.
    ``spare`` parts are another way of writing what other parts ask for: they help where they are
    said and are not missed where they are not.
    """

    label: str
    words: tuple[str, ...]
    near: int = 0
    prefix: bool = False
    spare: bool = False
    compound: str = ""
    units: tuple[Part, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the text itself has to be looked at."""
        return len(self.words) > 1 or self.prefix

    def holds(self, text: str) -> bool:
        """Whether a text holds it, if it is not nearness, which every way of saying it makes."""
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

_EXPLICIT = re.compile(r'\b(?:AND|OR|NOT|NEAR)\b|\w\*|(?<!\S)\*\w|"~\d|(?:^|\s)[-+](?=["(\w])')
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT|NEAR)\b")
_NEAR = re.compile(r'([^\s()"]+|"[^"]+")\s+NEAR(?:/(\d+))?\s+([^\s()"]+|"[^"]+")')
_TIED = re.compile(r"(?<=[^\W_])&(?=[^\W_])")  # A&E is one thing to look for
_BESIDE = "\ue000"  # parts the two sides of NEAR within the quotes that luqum knows nearness by
_TIE = "＆"  # stands for it while luqum reads, to which & is an operator
_NEAR_ALONE = re.compile(r"\bNEAR(?:/\d+)?(?!\w)")
_QUOTED = re.compile(r'"[^"]*"')
_SIGN = re.compile(r"[£%]")
_SPECIAL = re.compile(r"[\\/:?\[\]{}^=<>&|!~](?!\d*(?:\s|$|\)))|[:/?]")


def is_explicit(text: str) -> bool:
    """Whether a question uses the language.

    One all in capitals may be short forms joined by operators, or prose: it uses the language only
    where it is short and makes sense in it.
    """
    if not _EXPLICIT.search(text):
        return False
    if any(c.islower() or c in '"*' for c in text.translate(QUOTES)):
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


def tree(text: str) -> Node:
    """What a question in the language demands.

    Raises BadInputError, saying what is wrong, where it makes no sense.
    """
    written = _NEAR.sub(_as_near, text.translate(QUOTES))
    if written.count('"') % 2:
        raise BadInputError(f"a quotation mark is missing in: {text}")
    if written.count("(") != written.count(")"):
        raise BadInputError(f"a bracket is missing in: {text}")
    if _NEAR_ALONE.search(_QUOTED.sub(" ", written)):
        raise BadInputError(
            f"NEAR joins two words or phrases and no more in: {text}; for several write "
            '"damp mould wall"~3, for one of several (damp NEAR/3 wall) OR (mould NEAR/3 wall)'
        )
    try:
        written = _TIED.sub(_TIE, written)
        found = parser.parse(_SPECIAL.sub(" ", written))
    except ParseError as fault:
        raise BadInputError(
            f"'{text}' cannot be read as a question with AND, OR and NOT; write these words small "
            "if they are only words, or see: matters search --help"
        ) from fault
    return _node(found, text)


def _as_near(match: re.Match[str]) -> str:
    one, reach, other = match[1].strip('"'), match[2] or NEAR, match[3].strip('"')
    if other.isdigit() and not match[2]:
        raise BadInputError(f"write NEAR/{other}, without a space, for nearness of {other} words")
    return f'"{one}{_BESIDE}{other}"~{reach}'


def _node(found: Any, text: str) -> Node:
    build = _BUILD.get(type(found))
    if build is None:
        raise BadInputError(
            f"'{found}' is not part of the query language; see: matters search --help"
        )
    return build(found, text)


def _word(found: Any, text: str) -> Node:
    raw = str(found.value).replace(_TIE, "&")
    words, prefix = _begun(raw)
    if prefix and sum(map(len, words)) < LEAST_PREFIX:
        raise BadInputError(
            f"'{raw}' is too short; give at least {LEAST_PREFIX} letters before the *"
        )
    if not words:
        raise BadInputError(f"'{raw}' in '{text}' holds no word to search for")
    return Leaf(Part(raw, words, prefix=prefix, compound=said_in_one(raw.rstrip("*"))))


def _phrase(found: Any, text: str) -> Node:
    label = str(found.value).strip().replace(_TIE, "&")
    written = label.strip('" ')
    words, prefix = _begun(written)
    if not words:
        raise BadInputError(f"there is nothing between the quotation marks in: {text}")
    return Leaf(Part(label, words, prefix=prefix))


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
    written = str(found.term.value).strip('" ').replace(_TIE, "&")
    joined = _BESIDE in written
    sides = written.split(_BESIDE) if joined else written.split()
    units = tuple(u for side in sides for u in _units(side, whole=joined))
    if len(units) < 2:
        raise BadInputError(f"nearness wants two words at least in: {text}")
    label = f" NEAR/{found.degree} ".join(u.label for u in units) if joined else str(found)
    words = tuple(w for unit in units for w in unit.words)
    return Leaf(Part(label, words, near=max(1, int(found.degree)), units=units))


def _units(side: str, *, whole: bool) -> Iterator[Part]:
    """What one side of NEAR asks for as a whole, or each word of it by itself."""
    words = tuple(tokens.words(side))
    if whole and len(words) > 1:
        yield Part(f'"{side}"' if " " in side else side, words, compound=said_in_one(side))
    else:
        yield from (Part(word, (word,)) for word in words)


def _all(found: Any, text: str) -> Node:
    of, but = [], []
    for child in _flat(found, (luqum.AndOperation, luqum.UnknownOperation)):
        alone = _bare(child)
        if isinstance(alone, (luqum.Not, luqum.Prohibit)):
            but.append(_node(alone.a, text))
        else:
            of.append(_node(child, text))
    if not of:
        raise BadInputError(f"'{text}' only says what not to find; give a word to look for")
    return All(tuple(of), tuple(but)) if but or len(of) > 1 else of[0]


def _bare(found: Any) -> Any:
    """What stands in brackets that hold one thing alone."""
    while isinstance(found, luqum.Group):
        found = found.children[0]
    return found


def _flat(found: Any, kinds: tuple[type, ...]) -> Iterator[Any]:
    for child in found.children:
        if isinstance(child, kinds):
            yield from _flat(child, kinds)
        else:
            yield child


def _any(found: Any, text: str) -> Node:
    for child in found.children:
        if isinstance(_bare(child), (luqum.Not, luqum.Prohibit)):
            raise BadInputError(
                f"'{str(child).strip()}' beside OR would find nearly everything in: {text}; put "
                "brackets around what belongs together, as in (damp NOT paint) OR wall"
            )
    return OneOf(tuple(_node(child, text) for child in found.children))


def _inside(found: Any, text: str) -> Node:
    return _node(found.children[0], text)


def _alone(found: Any, text: str) -> Node:
    raise BadInputError(f"'{text}' only says what not to find; give a word to look for")


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
