"""How many sentences match a question, and in what parts of the archive they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from warehouse import sql
from warehouse.frame import Ints
from warehouse.phrases import Phrase, counter
from warehouse.query import Query
from warehouse.reader import Reader

READ_AT_ONCE = 500
MOST_READ = 5_000  # sentences whose words are read to tell a phrase from its look-alikes
MOST_PARTED = 50_000  # which are counted by part; of more the parts would tell little
FIELDS = ("committee", "year", "kind", "speaker")


@dataclass(frozen=True, slots=True)
class Counts:
    """The sentences that match, in all and by part: a committee, a year, what they were found as,
    a named speaker. ``whole`` is false where only some of them could be looked at; ``parts`` is
    empty where there are too many.
    """

    sentences: int
    parts: Mapping[str, Mapping[str, int]]
    whole: bool = True


def counted(reader: Reader, every: Ints, query: Query, said: WordForWord) -> Counts:
    """What is to be told of all sentences that match; of those with its phrases, if it has any."""
    whole = not query.phrases or len(every) <= MOST_READ
    if query.phrases:
        looked_at = every[:MOST_READ]
        every = np.array(said.first(looked_at, len(looked_at)), np.int64)
    if len(every) > MOST_PARTED:
        return Counts(len(every), {}, whole)
    return Counts(len(every), _parts(reader, every), whole)


def _parts(reader: Reader, sids: Ints) -> dict[str, dict[str, int]]:
    parts: dict[str, dict[str, int]] = {field: {} for field in FIELDS}
    if len(sids):
        found = sql.run(reader.con, "parts_of", sids=sids.astype(np.uint32)).fetchall()
        for field, name, sentences in found:
            parts[field][name] = sentences
    return parts


class WordForWord:
    """Which sentences hold the phrases of a question; each is read once, however often asked."""

    def __init__(self, reader: Reader, query: Query) -> None:
        self._reader = reader
        self._counters = [counter(Phrase(" ".join(words), words)) for words in query.phrases]
        self._told: dict[int, bool] = {}

    def first(self, order: Ints, k: int) -> list[int]:
        """The first ``k`` sentences with the phrases; as many are read as it takes to find them."""
        if not self._counters:
            return [int(sid) for sid in order[:k]]
        best: list[int] = []
        rest = iter(order.tolist())
        while len(best) < k and (some := list(islice(rest, READ_AT_ONCE))):
            self._read([sid for sid in some if sid not in self._told])
            best += [sid for sid in some if self._told.get(sid)]
        return best[:k]

    def _read(self, sids: Sequence[int]) -> None:
        if sids:
            for sid, _, text in sql.run(self._reader.con, "texts", sids=sids).fetchall():
                self._told[sid] = all(count(str(text)) for count in self._counters)
