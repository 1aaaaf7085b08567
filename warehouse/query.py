"""What was asked: what to look for, what must be there, and filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date

from matters_arising.errors import BadInputError
from warehouse import language, tokens
from warehouse.common import COMMON, FRAME
from warehouse.compounds import compounds, tied
from warehouse.fields import fields
from warehouse.language import Leaf, Node, Part

_QUOTED = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”„]")
_ASKING = re.compile(
    r"^\W*(what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|"
    r"will|would|can|could|should|to what|tell|summari[sz]e|explain|describe|list|show)\b",
    re.IGNORECASE,
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
    """A question taken apart.

    ``subject`` is what it is about, in the order asked; ``phrases`` must stand in a hit word for
    word; ``tree`` is what its AND, OR and NOT demand of an utterance; ``asks`` tells a question in
    prose from words to look for. ``taken_small`` are operators that were taken as mere words.
    """

    text: str
    words: tuple[str, ...]
    subject: tuple[Part, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    tree: Node | None = None
    asks: bool = False
    taken_small: tuple[str, ...] = ()

    @property
    def quoted(self) -> frozenset[str]:
        """Words that are demanded as they stand in quotes and asked for nowhere else."""
        outside = tokens.words(_QUOTED.sub(" ", self.text))
        return frozenset(w for phrase in self.phrases for w in phrase).difference(outside)

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to look for."""
        return not self.words


def parse(text: str, names: Iterable[tuple[str, ...]] = ()) -> Query:
    """Takes a question apart; ``names`` of speakers in it are not what it is about.

    Raises BadInputError where its operators make no sense.
    """
    tree = language.tree(text) if language.is_explicit(text) else None
    if tree is not None:
        parts = language.wanted(tree)
        return Query(text, tuple(w for p in parts for w in p.words), parts, tree=tree)
    phrases = tuple(p for m in _QUOTED.finditer(text) if (p := tuple(tokens.words(m.group(1)))))
    words = tuple(dict.fromkeys(tokens.words(text)))
    named = {word for name in names for word in name}
    in_phrases = {w for p in phrases for w in p}
    asks = bool(_ASKING.match(text))
    ignored = COMMON | (FRAME if asks else frozenset())
    subject = _less(words, ignored - in_phrases) or words
    # "What did Varley ask for?" is about what she said with "ask" in it, not about her name
    wanted = _less(subject, named - in_phrases) or _less(words, COMMON | named) or subject
    return Query(
        text, words, _parts(text, wanted, named), phrases, None, asks, language.operators(text)
    )


def _parts(text: str, wanted: tuple[str, ...], named: Set[str]) -> tuple[Part, ...]:
    """What to look for, with what stands in the text as one word or as several."""
    together = tied(text)
    apart = _less(wanted, frozenset(w for _, words in together for w in words))
    written = compounds(text)
    compound = {word: c.joined for c in written for word in c.words}
    also = dict.fromkeys(c.joined for c in written if c.joined not in named | set(wanted))
    return (
        *(Part(w, (w,), compound=compound.get(w, "")) for w in apart),
        *(Part(raw, words) for raw, words in together),
        *(Part(w, (w,), spare=True) for w in also),
    )


def _less(words: tuple[str, ...], ignored: Set[str]) -> tuple[str, ...]:
    """The words but those ignored."""
    return tuple(w for w in words if w not in ignored)


def with_fields(text: str, filters: Filters) -> tuple[str, Filters]:
    """A question without its ``field:value`` parts, and the filters narrowed by them.

    Raises BadInputError for a day that is none, and where a field says other than the filters.
    """
    rest, found = fields(text)
    given = {name: value for name, value in found.items() if value}
    for name, value in given.items():
        held = getattr(filters, name)
        if held and held != value:
            raise BadInputError(
                f"the search is narrowed to {name} '{held}' and the question asks for '{value}'; "
                "give one of them"
            )
    return rest, replace(filters, **given)  # type: ignore[arg-type]


__all__ = ["Filters", "Leaf", "Part", "Query", "parse", "with_fields"]
