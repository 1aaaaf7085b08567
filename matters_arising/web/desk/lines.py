"""The ledger as the desk reads it: whole once, then only what was added."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from transcripts.about import Thing, lines_about, mark_of
from transcripts.ledger import Decision, Ledger, Mark, those_standing, undone_by


class Lines:
    """All lines of an archive's ledger, kept in memory and brought up to date when asked for."""

    def __init__(self, home: Path) -> None:
        self._ledger = Ledger(home)
        self._lock = threading.Lock()
        self._lines: list[Decision] = []
        self._mark: Mark | None = None

    def all(self) -> Sequence[Decision]:
        """Every line there is now."""
        with self._lock:
            read = self._ledger.read(self._mark)
            self._lines = read.lines if read.afresh else [*self._lines, *read.lines]
            self._mark = read.mark
            return self._lines

    def standing(self) -> list[Decision]:
        """The lines that stand."""
        return those_standing(self.all())

    def mark(self, thing: Thing) -> str:
        """The mark of what was decided about a thing."""
        return mark_of(lines_about(self.all(), thing))

    def about(self, thing: Thing) -> list[Decision]:
        """What was decided about a thing, undoings with it."""
        return lines_about(self.all(), thing)

    def named(self, ids: Sequence[str]) -> list[Decision]:
        """The lines of these ids, in the ledger's order."""
        return [line for line in self.all() if line.id in ids]

    def undone(self) -> set[str]:
        """The ids of lines that stand no longer."""
        return undone_by(self.all())
