"""What is known of one recommendation: its words, what was said around it, what may follow it."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.listings import FindingRow, finding
from warehouse.meeting import Line, around
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.search import Hit, search

MOST_LATER = 5
# What was said is no question: a colon in it makes no field, a star no beginning of a word.
_PROSE = str.maketrans(":*", "  ")
LIKE_ENOUGH = 0.4  # of the likest one's score: below it, likeness is a shared word or two


@dataclass(frozen=True, slots=True)
class Life:
    """A recommendation with its evidence. ``later`` is proposed by likeness; a person decides."""

    recommendation: FindingRow
    said: tuple[Line, ...]
    later: tuple[Hit, ...]


def life_of(reader: Reader, finding_id: str) -> Life:
    """The recommendation of this finding, the sentences around it, and later follow-ups.

    Raises NotInArchiveError where there is none.
    """
    found = finding(reader, finding_id)
    said = around(reader, found.sentence_id, found.transcript_version, before=2, after=3)
    filters = Filters(committee=found.committee, first=found.date, kind="follow-up")
    hits = search(reader, found.quote.translate(_PROSE), filters=filters, k=MOST_LATER).hits
    later = [h for h in hits if h.date > found.date]
    best = max((h.words or 0.0 for h in later), default=0.0)
    alike = tuple(h for h in later if (h.words or 0.0) >= LIKE_ENOUGH * best)
    return Life(found, tuple(said), alike)
