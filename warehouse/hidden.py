"""Names that are never to be shown, known by their hashes alone: for words from outside a meeting.

What people write into the ledger, and what a linker says, may name somebody whom a meeting hides.
The names themselves do not lie in the warehouse, so every run of words is looked up by its key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

import duckdb

from transcripts.ledger import Decision
from warehouse import sql
from warehouse.masking import MASK, TITLES, WORD, Masker, fold, name_key, plain_name

LONGEST = 6  # words of a name whose length is not known
ADDRESSES = frozenset(TITLES.split("|"))
# of a line; the others are ids, days and words of our own
WRITTEN = ("verdict", "who", "why", "name", "words", "url")
Form = tuple[int, int, bool, bool]  # as ``Masker.forms``


class HiddenNames:
    """Takes hidden names out of any text."""

    def __init__(self, forms: Iterable[Form], shown: Iterable[str] = ()) -> None:
        """``shown`` may be shown: their last words are hidden only as parts of whole names."""
        self._whole: dict[int, set[int]] = defaultdict(set)  # words of the name → keys
        surnames: dict[int, bool] = {}
        for key, words, whole, alone in forms:
            if whole:
                self._whole[words].add(key)
            else:
                surnames[key] = surnames.get(key, True) and alone
        unknown = self._whole.pop(0, set())
        for length in range(1, LONGEST + 1) if unknown else ():
            self._whole[length] |= unknown
        plain = [name for name in map(plain_name, shown) if name]
        named = {name_key(name.split()[-1]) for name in plain}
        self._surnames = {key: alone and key not in named for key, alone in surnames.items()}
        self._lengths = sorted(self._whole, reverse=True)
        self._every = bool(unknown)
        self._keys: dict[str, int] = {}

    def text(self, text: str) -> str:
        """The text with every hidden name replaced."""
        if not self._lengths and not self._surnames:
            return text
        out, at = [], 0
        for start, end in self._spans(text):
            if end > at:
                out += [text[at : max(at, start)], MASK]
                at = end
        return "".join([*out, text[at:]])

    def decision(self, line: Decision) -> Decision:
        """The line with hidden names taken out of all that somebody wrote."""
        changed: dict[str, object] = {}
        for name in WRITTEN:
            written = getattr(line, name)
            if written and (shown := self.text(written)) != written:
                changed[name] = shown
        if line.values:
            changed["values"] = tuple((column, self.text(v)) for column, v in line.values)
        return replace(line, **changed) if changed else line  # type: ignore[arg-type]

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        folded = text.lower() if text.isascii() else fold(text)
        if len(folded) != len(text):
            return
        found = list(WORD.finditer(folded))
        words = [m.group() for m in found]
        for n, match in enumerate(found):
            first = self._first(words, n, capital=text[match.start()].isupper())
            if first is not None:
                yield found[first].start(), match.end()

    def _first(self, words: Sequence[str], last: int, *, capital: bool) -> int | None:
        """Where the hidden name that ends with the word at ``last`` begins, if one does."""
        key = self._key(words[last])
        alone = self._surnames.get(key)
        if alone is not None or self._every or key in self._whole.get(1, ()):
            for length in self._lengths:
                if length > last + 1 or (length == 1 and not capital):
                    continue
                first = last + 1 - length
                if self._key(" ".join(words[first : last + 1])) in self._whole[length]:
                    return first
        if (
            alone is not None
            and last
            and (words[last - 1] in ADDRESSES or len(words[last - 1]) == 1)
        ):
            return last - 1
        return last if alone and capital else None

    def _key(self, words: str) -> int:
        if words not in self._keys:
            self._keys[words] = name_key(words)
        return self._keys[words]


def hidden_names(con: duckdb.DuckDBPyConnection, withheld: Iterable[str] = ()) -> HiddenNames:
    """The names that the meetings of a warehouse hide, and these."""
    forms: list[Form] = list(sql.run(con, "hidden_forms").fetchall())
    shown = [name for (name,) in sql.run(con, "names_shown").fetchall()]
    return HiddenNames([*forms, *Masker((), withheld).forms], shown)


_FIELDS = tuple(f.name for f in fields(Decision))


def sparse(line: Decision) -> dict[str, object]:
    """A line without what it does not say; ``dataclasses.asdict`` takes ten times as long."""
    said = ((name, getattr(line, name)) for name in _FIELDS)
    out = {name: value for name, value in said if value not in ("", None, ())}
    return out | {"verdict": line.verdict}
