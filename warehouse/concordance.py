"""Every occurrence of a phrase, in the order in which it was said, with the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np

from warehouse import sql, tokens
from warehouse.frame import Ints
from warehouse.narrowing import narrowing
from warehouse.phrases import Phrase, phrase_of, places_in
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.search import check_filters

AT_ONCE = 2_000  # sentences that are held in memory


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase where it was said: ``words`` as they stand there, and what goes before and after.

    ``left`` and ``right`` are of the same voice, and reach into the sentences next to it; the three
    in a row are what was said, to the letter. Two occurrences in one sentence differ in ``nth``,
    from 1. Seconds are within the recording and those of the sentence. ``machine_made`` is false
    only where a person said who speaks.
    """

    left: str
    words: str
    right: str
    speaker: str
    person: str | None
    machine_made: bool
    meeting_id: str
    title: str
    committee: str
    date: date
    item: str
    item_title: str
    start_s: float
    end_s: float
    link: str
    nth: int
    sentence_id: str
    utterance_id: str
    transcript_version: str
    recording_sha256: str
    words_overlapped: int  # of its sentence, spoken while another voice was heard


SHARED = tuple(
    name
    for name in Occurrence.__dataclass_fields__
    if name not in ("left", "words", "right", "nth")
)


def concordance(
    reader: Reader, text: str, *, filters: Filters | None = None, limit: int | None = None
) -> Iterator[Occurrence]:
    """The occurrences, of which a few at a time are read; at most ``limit`` where one is given.

    Found are the very words one after another within a sentence, case and accents folded, as
    double quotes find them in a search. Raises BadInputError at once where ``text`` holds no word,
    NotInArchiveError for a meeting, committee or speaker that is not held.
    """
    phrase, narrowed = phrase_of(text), filters or Filters()
    check_filters(reader, narrowed)
    sids = candidates(reader, phrase, narrowed)
    return islice(_occurrences(reader, phrase, sids), limit)


def candidates(reader: Reader, phrase: Phrase, filters: Filters) -> Ints:
    """Numbers of the sentences with all words of a phrase, in the order in which they were said.

    The index knows words by their stems, so that some do not hold the words themselves.
    """
    sids: Ints | None = None
    for term in sorted({tokens.term(word) for word in phrase.words}):
        found = sql.arrays(reader.con, "postings", term=term, all_versions=filters.all_versions)
        sids = _both(sids, found["sid"].astype(np.int64))
    if sids is None:
        return np.empty(0, dtype=np.int64)
    if filters.narrow:
        allowed = sql.arrays(reader.con, "allowed", **narrowing(filters))["sid"]
        sids = _both(sids, allowed.astype(np.int64))
    return _in_order(reader, sids)


def _both(a: Ints | None, b: Ints) -> Ints:
    return b if a is None else np.intersect1d(a, b, assume_unique=True)


def _in_order(reader: Reader, sids: Ints) -> Ints:
    """Sentences are numbered within a transcript as they were said, transcripts as they came."""
    first = sql.arrays(reader.con, "transcripts_in_order")["first_sid"].astype(np.int64)
    if not len(first):
        return sids
    by_number = np.argsort(first)
    when = by_number[np.searchsorted(first[by_number], sids, side="right") - 1]
    return sids[np.lexsort((sids, when))]


def batches(sids: Ints) -> Iterator[list[int]]:
    """The numbers, a few at a time."""
    for first in range(0, len(sids), AT_ONCE):
        yield sids[first : first + AT_ONCE].tolist()


def _occurrences(reader: Reader, phrase: Phrase, sids: Ints) -> Iterator[Occurrence]:
    for some in batches(sids):
        texts = {s: str(t) for s, _, t in sql.run(reader.con, "texts", sids=some).fetchall()}
        places = {s: found for s in some if (found := places_in(texts[s], phrase))}
        if places:
            yield from _shown(reader, places)


def _shown(reader: Reader, places: dict[int, list[tuple[int, int]]]) -> Iterator[Occurrence]:
    held = list(places)
    rows = {row["sid"]: row for row in sql.rows(reader.con, "hits", sids=held)}
    beside = {s: (b, a) for s, b, a in sql.run(reader.con, "beside", sids=held).fetchall()}
    for sid, spans in places.items():
        row = rows[sid]
        shared = {name: row[name] for name in SHARED}
        for nth, (start, end) in enumerate(spans, 1):
            words = _around(str(row["text"]), start, end, *beside[sid])
            yield Occurrence(*words, nth=nth, **shared)  # type: ignore[arg-type]


def _around(text: str, start: int, end: int, before: str, after: str) -> tuple[str, str, str]:
    """What stands left of the words, the words, and what stands right of them."""
    left, right = f"{before} {text[:start]}".lstrip(), f"{text[end:]} {after}".rstrip()
    return left, text[start:end], right
