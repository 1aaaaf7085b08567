"""Whom and what a question names: people and committees that the archive knows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import takewhile

from warehouse import english, spelling, tokens
from warehouse.common import COMMON

_NAME_LIKE = re.compile(r"[^\W\d_][^\W_]*")
_TITLES = frozenset(
    """mr mrs ms miss mx dr sir dame lord lady rev revd prof professor councillor cllr hon right
    honourable rt the chair vice deputy leader cabinet member""".split()
)
# Where a name stands in a question whatever its letters: in "what did malik say", "cllr malik".
_BEFORE = frozenset("mr mrs ms miss mx dr councillor cllr did does".split())
_AFTER = frozenset("say says said ask asks asked think thinks".split())
_SAID_BY = frozenset(
    """said asked raised made given answered put comment comments question questions concern
    concerns words view views answer answers heard""".split()
)

_BODIES = frozenset("committee panel board commission forum".split())
# With these what no title is told apart by: the rest by what their forms share.
_SHARED = frozenset(map(tokens.stem, _BODIES)) | frozenset(
    "scrutini select overview sub joint council and of the for".split()
)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without titles."""
    found = tokens.words(name)
    return tuple(w for w in found if w not in _TITLES) or tuple(found)


def named_in(text: str, people: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Which people a question names, with the words that name each; ``people`` with their words.

    By the full name in any case, by a surname written with a capital, or by a surname or first
    name where only a speaker's can stand.
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
    named = {p: n for p, n in out.items() if len(n) > 1 or n[-1] not in full}
    return _speaking(asked, people, {w for n in named.values() for w in n}) | named


def _speaking(
    asked: Sequence[str], people: Mapping[str, tuple[str, ...]], known: Set[str]
) -> dict[str, tuple[str, ...]]:
    """Whom words name that stand where only a speaker can; ``known`` are names already read."""
    last: dict[str, list[str]] = defaultdict(list)
    first: dict[str, list[str]] = defaultdict(list)
    for person, name in people.items():
        if not _TITLES.issuperset(name):
            last[name[-1]].append(person)
            if len(name) > 1:
                first[name[0]].append(person)
    out: dict[str, tuple[str, ...]] = {}
    for n, word in enumerate(asked):
        if word in known | COMMON | _TITLES or not _speaks(asked, n):
            continue
        meant = last.get(word) or first.get(word) or _slip(word, last) or _slip(word, first)
        out |= dict.fromkeys(meant, (word,))
    return out


def _speaks(asked: Sequence[str], n: int) -> bool:
    """Whether the word of this place is one of whom something is asked."""
    before, after = asked[n - 1] if n else "", asked[n + 1] if n + 1 < len(asked) else ""
    by = before in ("by", "from") and (after == "about" or (n > 1 and asked[n - 2] in _SAID_BY))
    return before in _BEFORE or after in _AFTER or by


def _slip(word: str, people: Mapping[str, list[str]]) -> list[str]:
    """Whom a word means that is no English one and a slip of the name of one of them alone."""
    meant = () if english.is_english(word) else spelling.meant(word, list(people))
    return people[meant[0]] if len(meant) == 1 else []


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


def committees_meant(text: str, held: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Which committees a question names by what tells them apart: "the housing committee".

    ``held`` are committees with the words of their titles. Where several may be meant none is.
    """
    asked = tokens.words(text)
    out: dict[str, tuple[str, ...]] = {}
    if _BODIES.isdisjoint(asked):
        return out
    telling = {c: {*map(tokens.stem, name)} - _SHARED for c, name in held.items()}
    known = _SHARED.union(*telling.values())
    for end in (n for n, word in enumerate(asked) if word in _BODIES):
        before = takewhile(lambda w: tokens.stem(w) in known, reversed(asked[:end]))
        said = (*reversed(list(before)), asked[end])
        stems = {*map(tokens.stem, said)} - _SHARED
        meant = [c for c, own in telling.items() if asked[end] in held[c] and stems <= own]
        whole = [c for c in meant if telling[c] == stems]
        for committee in (some for some in (whole, meant) if stems and len(some) == 1):
            out[committee[0]] = said
    return out


def committee_called(value: str, held: Iterable[str]) -> list[str]:
    """The committees of those held in whose titles the words stand in a row."""
    words = tuple(tokens.words(value))
    return [c for c in held if words and stands_in(words, tokens.words(c))]


def stands_in(name: tuple[str, ...], asked: Sequence[str]) -> bool:
    """Whether the words stand in a row."""
    width = len(name)
    return any(tuple(asked[i : i + width]) == name for i in range(len(asked) - width + 1))
