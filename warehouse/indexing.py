"""The postings of a transcript, made as columns: row by row they took most of a load's time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from warehouse import tokens
from warehouse.masking import MASK

MOST = 255  # of what one byte counts; as a place: that or later
LONGEST = 65_535
Columns = Mapping[str, NDArray[np.generic]]


@dataclass(slots=True)
class Indexing:
    """Collects the words of sentences, in order of their numbers."""

    words: dict[str, int] = field(default_factory=dict)  # every word met, and its number
    _terms: list[int] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _counts: list[int] = field(default_factory=list)  # of words, by sentence
    _sentences: list[tuple[int, int, int, bool, bool]] = field(default_factory=list)

    def add(self, sid: int, uid: int, text: str, *, tail: bool, preferred: bool) -> int:
        """Takes a sentence in; gives the number of its words."""
        found, also = tokens.indexed(text.replace(MASK, " "))
        length = min(len(found), LONGEST)
        self._terms += map(self._term, found)
        self._places += range(len(found))
        for word, place in also:
            self._terms.append(self._term(word))
            self._places.append(place)
        self._counts.append(len(found) + len(also))
        self._sentences.append((sid, uid, length, tail, preferred))
        return length

    def _term(self, word: str) -> int:
        known = self.words.get(word)
        if known is None:
            known = self.words[word] = tokens.term(word)
        return known

    def columns(self) -> Columns:
        """The postings as columns of the table, a row a word and sentence."""
        if not self._terms:
            return {}
        terms = np.array(self._terms, dtype=np.uint64)
        places = np.array(self._places, dtype=np.int64)
        of = np.repeat(np.arange(len(self._counts)), self._counts)
        order = np.lexsort((places, terms, of))
        terms, places, of = terms[order], places[order], of[order]
        other = (of[1:] != of[:-1]) | (terms[1:] != terms[:-1])
        new = np.concatenate([[0], np.flatnonzero(other) + 1])
        tf = np.diff(np.append(new, len(terms)))
        sid, uid, length, tail, preferred = (
            np.array(column)[of[new]] for column in zip(*self._sentences, strict=True)
        )
        return {
            "term": terms[new],
            "sid": sid.astype(np.uint32),
            "uid": uid.astype(np.uint32),
            "tf": np.minimum(tf, MOST).astype(np.uint8),
            "place": np.minimum(places[new], MOST).astype(np.uint8),
            "tokens": length.astype(np.uint16),
            "tail": tail.astype(np.bool_),
            "preferred": preferred.astype(np.bool_),
        }
