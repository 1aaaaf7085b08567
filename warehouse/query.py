"""What was asked: words to look for, exact phrases, and filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from warehouse import tokens

_QUOTED = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”„]")
_ASKING = re.compile(
    r"^\W*(what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|"
    r"will|would|can|could|should|to what|tell|summari[sz]e|explain|describe|list|show)\b",
    re.IGNORECASE,
)
# Not searched for while any other word is asked for. They stay in the index: alone they are found.
_COMMON = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can cannot could did do does doing down during each either
    every few for from further had has have having he her here hers him his how however i if in
    into is it its itself just let like many may me might more most much must my neither no nor
    not now of off on once one only or other our out over own per quite rather said same say says
    she should since so some such than that the their them then there these they this those
    through to too under until up upon us very was we were what whatever when where whether which
    while who whom whose why will with within without would yes yet you your""".split()
)
# What a question says about itself rather than about its subject.
_FRAME = frozenset(
    """according agree answer answered answering answers argue argued ask asked asking believe
    committee concern conclusion consider debate debated debates debating describe did discuss
    discussed discussing discussion discussions elaborate emphasise emphasised emphasize
    emphasized explain explained explanation express expressed feel find give given group include
    included inquiries know meeting meetings member members mention mentioned opinion opinions
    people question questioning questions react related relate respond responded response say
    saying said speak speaker state stated suggest suggested summarise summarize summary talk
    talked talking tell think thinking thought thoughts view views want""".split()
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of the archive is asked; every field narrows it, an empty one does not.

    ``speaker`` is a label or a name or a part of one; ``first`` and ``last`` are days, both
    included; ``kind`` is a kind of finding. ``all_versions`` asks the transcripts that are not
    preferred as well.
    """

    speaker: str = ""
    committee: str = ""
    first: date | None = None
    last: date | None = None
    kind: str = ""
    item: str = ""
    meeting: str = ""
    all_versions: bool = False

    @property
    def narrow(self) -> bool:
        """Whether anything at all narrows the archive."""
        return any((self.speaker, self.committee, self.kind, self.item, self.meeting)) or bool(
            self.first or self.last
        )


@dataclass(frozen=True, slots=True)
class Query:
    """A question taken apart. ``subject`` are the words of it that say what it is about."""

    text: str
    words: tuple[str, ...]
    subject: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to look for."""
        return not self.words


def parse(text: str, names: Iterable[tuple[str, ...]] = ()) -> Query:
    """Takes a question apart; ``names`` of speakers in it are not what it is about."""
    phrases = tuple(p for m in _QUOTED.finditer(text) if (p := tuple(tokens.words(m.group(1)))))
    words = tuple(dict.fromkeys(tokens.words(text)))
    named = {word for name in names for word in name}
    in_phrases = {w for p in phrases for w in p}
    ignored = _COMMON | (_FRAME if _ASKING.match(text) else frozenset())
    subject = _rest(words, ignored - in_phrases)
    return Query(text, words, _rest(subject, named - in_phrases), phrases)


def _rest(words: tuple[str, ...], ignored: Iterable[str]) -> tuple[str, ...]:
    """The words but those ignored; all of them where nothing would be left."""
    out = set(ignored)
    return tuple(w for w in words if w not in out) or words


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
        if _stands_in(name, asked):
            out[person] = name
        elif len(name) > 1 and name[-1] in capital and name[-1] not in _COMMON:
            out[person] = (name[-1],)
    full = {name[-1] for person, name in out.items() if len(name) > 1}
    return {p: n for p, n in out.items() if len(n) > 1 or n[-1] not in full}


_NAME_LIKE = re.compile(r"[^\W\d_][^\W_]*")
_TITLES = frozenset(
    """mr mrs ms miss mx dr sir dame lord lady rev revd prof professor councillor cllr hon right
    honourable rt the chair vice deputy leader cabinet member""".split()
)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without titles."""
    found = tokens.words(name)
    return tuple(w for w in found if w not in _TITLES) or tuple(found)


def _stands_in(name: tuple[str, ...], asked: list[str]) -> bool:
    width = len(name)
    return any(tuple(asked[i : i + width]) == name for i in range(len(asked) - width + 1))
