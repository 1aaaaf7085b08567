"""Whom and what a question names: people and committees that the archive knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from warehouse import tokens
from warehouse.common import COMMON

_NAME_LIKE = re.compile(r"[^\W\d_][^\W_]*")
_TITLES = frozenset(
    """mr mrs ms miss mx dr sir dame lord lady rev revd prof professor councillor cllr hon right
    honourable rt the chair vice deputy leader cabinet member""".split()
)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without titles."""
    found = tokens.words(name)
    return tuple(w for w in found if w not in _TITLES) or tuple(found)


def named_in(text: str, people: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Which people a question names, with the words that name each; ``people`` with their words.

    By the full name in any case, or by a surname written with a capital.
    """
    asked = tokens.words(text)
    written = [raw for raw in _NAME_LIKE.findall(text) if raw[0].isupper()]
    capital = {word for raw in written for word in tokens.words(raw)}
    out: dict[str, tuple[str, ...]] = {}
    for person, name in people.items():
        if name[-1] not in asked:
            continue
        if stands_in(name, asked):
            out[person] = name
        elif len(name) > 1 and name[-1] in capital and name[-1] not in COMMON:
            out[person] = (name[-1],)
    full = {name[-1] for person, name in out.items() if len(name) > 1}
    return {p: n for p, n in out.items() if len(n) > 1 or n[-1] not in full}


def with_titles(text: str, names: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The names with the titles before them in a question, which say no more than they do.

    A title that stands elsewhere too is something that is asked about.
    """
    asked, out = tokens.words(text), []
    titles: Counter[str] = Counter()
    for name in names:
        out.append(name)
        for start in (i for i in range(len(asked)) if tuple(asked[i : i + len(name)]) == name):
            before = reversed(asked[:start])
            titles.update(takewhile(_TITLES.__contains__, before))
    spare = (title for title, times in titles.items() if asked.count(title) <= times)
    return [*out, *((title,) for title in spare)]


def coded_in(text: str, codes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Which committees a question names by their codes, written large; ``codes`` by committee."""
    written = {raw for raw in _NAME_LIKE.findall(text) if len(raw) > 1 and raw.isupper()}
    return {c: (code.lower(),) for c, code in codes.items() if code.upper() in written}


def committees_in(text: str, held: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Which committees a question names in full, the longest name where one holds another."""
    asked = tokens.words(text)
    found = {c: name for c, name in held.items() if len(name) > 1 and stands_in(name, asked)}
    longest = max(map(len, found.values()), default=0)
    return {c: name for c, name in found.items() if len(name) == longest}


def stands_in(name: tuple[str, ...], asked: Sequence[str]) -> bool:
    """Whether the words stand in a row."""
    width = len(name)
    return any(tuple(asked[i : i + width]) == name for i in range(len(asked) - width + 1))
