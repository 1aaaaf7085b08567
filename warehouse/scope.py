"""What part of the archive a count speaks for: meetings held, meetings searched, and how much."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse import listings, sql
from warehouse.narrowing import narrowing
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.search import Searched, settled


@dataclass(frozen=True, slots=True)
class Scope:
    """``meetings_held`` are those that the filters leave; ``not_searched`` have no words."""

    meetings_held: int
    meetings_searched: int
    not_searched: tuple[str, ...]
    searched: Searched

    @property
    def line(self) -> str:
        """It all in one sentence: ``12 of 14 meetings searched, …``."""
        part = self.searched
        meetings = "meeting" if self.meetings_held == 1 else "meetings"
        words = f"{self.meetings_searched} of {self.meetings_held} {meetings} searched"
        if part.first and part.last:
            days = dict.fromkeys(f"{day:%-d %B %Y}" for day in (part.first, part.last))
            words += f", {' to '.join(days)}"
        words += f": {part.sentences} sentences, {part.hours:.2f} hours"
        if part.share_transcribed is not None:
            words += f", {part.share_transcribed:.0%} of their speech transcribed"
        return words


def scope(reader: Reader, filters: Filters) -> Scope:
    """What is searched where these filters narrow; told once a generation."""
    return reader.kept(("scope", filters), lambda: _scope(reader, filters))


def _scope(reader: Reader, filters: Filters) -> Scope:
    filters = settled(reader, filters)
    held = listings.meetings(reader, filters)
    unheard = tuple(m.meeting_id for m in held if not m.sentences)
    (row,) = sql.rows(reader.con, "searched", **narrowing(filters))
    searched = Searched(**row)  # type: ignore[arg-type]
    return Scope(len(held), len(held) - len(unheard), unheard, searched)
