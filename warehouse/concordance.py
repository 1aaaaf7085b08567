"""Every occurrence of a phrase, in the order in which it was said, with the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import cast

import numpy as np

from warehouse import sql
from warehouse.frame import Ints
from warehouse.hits import Row, learn, sentences_by_number, standing
from warehouse.occurring import occurring
from warehouse.phrases import Phrase, phrase_of, places_in
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.search import settled

AT_FIRST, AT_ONCE = 128, 2_000  # sentences that are read together


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
    council: str


def concordance(
    reader: Reader, text: str, *, filters: Filters | None = None, limit: int | None = None
) -> Iterator[Occurrence]:
    """The occurrences, of which a few at a time are read; at most ``limit`` where one is given.

    Found are the very words one after another within a sentence, case and accents folded, as
    double quotes find them in a search. Raises BadInputError at once where ``text`` holds no word,
    NotInArchiveError for a meeting, committee or speaker that is not held.
    """
    phrase, narrowed = phrase_of(text), settled(reader, filters or Filters())
    sids = _in_order(reader, occurring(reader, phrase, narrowed).sid)
    return islice(_occurrences(reader, phrase, sids), limit)


def _in_order(reader: Reader, sids: Ints) -> Ints:
    """Sentences are numbered within a transcript as they were said, transcripts as they came."""
    first = sql.arrays(reader.con, "transcripts_in_order")["first_sid"].astype(np.int64)
    if not len(first):
        return sids
    by_number = np.argsort(first)
    when = by_number[np.searchsorted(first[by_number], sids, side="right") - 1]
    return sids[np.lexsort((sids, when))]


def _batches(sids: Ints) -> Iterator[list[int]]:
    """The numbers, a few at first, for most readers leave after a page, then more at a time."""
    first, count = 0, AT_FIRST
    while first < len(sids):
        yield sids[first : first + count].tolist()
        first, count = first + count, min(2 * count, AT_ONCE)


def _occurrences(reader: Reader, phrase: Phrase, sids: Ints) -> Iterator[Occurrence]:
    for some in _batches(sids):
        around = {n for sid in some for n in (sid - 1, sid, sid + 1) if n > 0}
        said = sentences_by_number(reader, around)
        learn(reader, {int(said[sid]["tid"]) for sid in some})
        found = sql.run(reader.con, "found_in", sids=some).fetchall()
        overlapped = {sid: words for sid, _, words in found if words}
        for sid in some:
            for nth, span in enumerate(places_in(said[sid]["text"], phrase), 1):
                yield _occurrence(reader, said, sid, span, nth, overlapped.get(sid, 0))


def _occurrence(
    reader: Reader,
    said: Mapping[int, Row],
    sid: int,
    span: tuple[int, int],
    nth: int,
    overlapped: int,
) -> Occurrence:
    row, (start, end) = said[sid], span
    about = cast(Row, reader.index.transcripts[row["tid"]])
    label, name, _, by_machine = about["voices"][row["voice"]]
    before, after = (_beside(said, sid, step) for step in (-1, 1))
    return Occurrence(
        **standing(row, about),
        left=f"{before} {row['text'][:start]}".lstrip(),
        words=row["text"][start:end],
        right=f"{row['text'][end:]} {after}".rstrip(),
        speaker=label,
        person=name,
        machine_made=by_machine,
        nth=nth,
        words_overlapped=overlapped,
        council=about["council"],
    )


def _beside(said: Mapping[int, Row], sid: int, step: int) -> str:
    """What the same voice said without a break before or after."""
    other = said.get(sid + step)
    return str(other["text"]) if other and other["uid"] == said[sid]["uid"] else ""
