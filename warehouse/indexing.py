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
NO_FORM = -1
Columns = Mapping[str, NDArray[np.generic]]


@dataclass(slots=True)
class Indexing:
    """Collects the words of sentences, in order of their numbers."""

    words: list[tuple[str, int]] = field(default_factory=list)  # every word met, and its stem
    _numbers: dict[str, int] = field(default_factory=dict)  # of words, in ``words``
    _said: list[int] = field(default_factory=list)  # numbers; ~number where it is not verbatim
    _places: list[int] = field(default_factory=list)
    _counts: list[int] = field(default_factory=list)  # of words, by sentence
    _sentences: list[tuple[int, int, int, bool, bool]] = field(default_factory=list)

    def add(self, sid: int, uid: int, text: str, *, tail: bool, preferred: bool) -> int:
        """Takes a sentence in; gives the number of its words."""
        found, also = tokens.indexed(text.replace(MASK, " "))
        length = min(len(found), LONGEST)
        known = self._numbers
        numbers = [known[w] if w in known else self._number(w) for w in found]
        # beside a hidden name the words stand otherwise in the text than here
        self._said += numbers if MASK not in text else (~n for n in numbers)
        self._places += range(len(found))
        for word, place in also:
            self._said.append(~self._number(word))
            self._places.append(place)
        self._counts.append(len(found) + len(also))
        self._sentences.append((sid, uid, length, tail, preferred))
        return length

    def _number(self, word: str) -> int:
        known = self._numbers.get(word)
        if known is None:
            known = self._numbers[word] = len(self.words)
            self.words.append((word, tokens.term(word)))
        return known

    def columns(self) -> Columns:
        """The postings as columns of the table, a row a word and sentence.

        ``form`` is a position in ``words``, -1 where a posting is not of one word alone.
        """
        if not self._said:
            return {}
        said = np.array(self._said, dtype=np.int64)
        terms = np.array([term for _, term in self.words], dtype=np.uint64)
        terms = terms[np.where(said < 0, ~said, said)]
        places = np.array(self._places, dtype=np.int64)
        of = np.repeat(np.arange(len(self._counts)), self._counts)
        order = np.lexsort((places, terms, of))
        terms, places, of, said = terms[order], places[order], of[order], said[order]
        other = (of[1:] != of[:-1]) | (terms[1:] != terms[:-1])
        new = np.concatenate([[0], np.flatnonzero(other) + 1])
        tf = np.diff(np.append(new, len(terms)))
        one = (np.minimum.reduceat(said, new) == np.maximum.reduceat(said, new)) & (tf < MOST)
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
            "form": np.where(one, np.maximum(said[new], NO_FORM), NO_FORM),
        }
