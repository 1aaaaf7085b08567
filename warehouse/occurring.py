"""The sentences in which a phrase may stand, and how often, as far as the index tells.

A posting knows which word of its stem it is of, and where that first stands. So the occurrences of
a word are counted without reading a sentence, however common it is; of several words in a row those
of sentences that hold each of them once. The few others are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from warehouse import sql, tokens
from warehouse.forms import SEVERAL
from warehouse.frame import Ints
from warehouse.narrowing import allowed
from warehouse.phrases import Phrase, counter
from warehouse.postings import ANYWHERE
from warehouse.query import Filters
from warehouse.reader import Reader

READ_AT_ONCE = 50_000  # sentences: for so many the table is read through once
Mask = NDArray[np.bool_]
Columns = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Occurring:
    """Sentences by number, with their utterances; in ``times`` -1 where only the text tells."""

    sid: Ints
    place: Ints
    times: Ints

    def where(self, kept: Mask) -> Occurring:
        """Some of the rows."""
        return Occurring(self.sid[kept], self.place[kept], self.times[kept])


def occurring(reader: Reader, phrase: Phrase, filters: Filters) -> Occurring:
    """Every sentence that the filters leave and that holds the phrase, and some that may not."""
    said = {word: _said(reader, word, filters) for word in dict.fromkeys(phrase.words)}
    first, *others = said.values()
    sids = first["sid"]
    for other in others:
        sids = np.intersect1d(sids, other["sid"], assume_unique=True)
    marked = allowed(reader, filters)
    sids = sids if marked is None else sids[marked[sids]]
    rows = {w: _rows(c, np.searchsorted(c["sid"], sids)) for w, c in said.items()}
    own = {word: _form(reader, word) for word in rows}
    other_word = _any((r["form"] != SEVERAL) & (r["form"] != own[w]) for w, r in rows.items())
    not_sure = _any(r["form"] == SEVERAL for r in rows.values())
    times = np.where(not_sure, -1, _times(phrase.words, rows))
    found = Occurring(sids.astype(np.int64), rows[phrase.words[0]]["uid"].astype(np.int64), times)
    return found.where(~other_word & (times != 0))


def _said(reader: Reader, word: str, filters: Filters) -> Columns:
    """The postings of a word's stem, in order of sentences."""
    everything = filters.all_versions
    term = tokens.term(word)
    found = sql.arrays(reader.con, "posting_forms", term=term, all_versions=everything)
    sids = found["sid"].astype(np.int64)
    in_order = bool(np.all(sids[1:] > sids[:-1]))
    return found if in_order else _rows(found, np.argsort(sids, kind="stable"))


def _rows(columns: Columns, at: NDArray[np.intp]) -> Columns:
    return {name: values[at] for name, values in columns.items()}


def _form(reader: Reader, word: str) -> int:
    held = sql.run(reader.con, "form_of", word=word).fetchone()
    return int(held[0]) if held else SEVERAL


def _any(marks: Iterator[Mask]) -> Mask:
    out = next(marks)
    for more in marks:
        out = out | more
    return out


def _times(words: Sequence[str], rows: Mapping[str, Columns]) -> Ints:
    """How often the words stand in a row; -1 where one stands twice, or too far on to be known."""
    if len(words) == 1:
        return rows[words[0]]["tf"].astype(np.int64)
    several = _any((r["tf"] != 1) | (r["place"] == ANYWHERE) for r in rows.values())
    at = [rows[word]["place"].astype(np.int64) for word in words]
    apart = _any(after != before + 1 for before, after in pairwise(at))
    return np.where(several, -1, np.where(apart, 0, 1))


def read(reader: Reader, found: Occurring, phrase: Phrase) -> Occurring:
    """The same with the texts read where only they tell; without what does not hold the phrase."""
    times, count = found.times.copy(), counter(phrase)
    unsure = np.flatnonzero(times < 0)
    for first in range(0, len(unsure), READ_AT_ONCE):
        some = unsure[first : first + READ_AT_ONCE]
        rows = sql.run(reader.con, "texts", sids=found.sid[some].tolist()).fetchall()
        told = {sid: count(text) for sid, _, text in rows}
        times[some] = [told.get(sid, 0) for sid in found.sid[some].tolist()]
    read = Occurring(found.sid, found.place, times)
    return read.where(times > 0)
