"""How long people take over what is doubtful, in minutes an hour of meeting.

From one page of the queue to the next, somebody looks at the doubt that was shown; after ten
minutes without one they were elsewhere. A sitting is one browser's work on one meeting. When it is
over it goes into the log into which ``matters review`` writes its own.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matters_arising.errors import MattersArisingError
from matters_arising.web.desk.book import Book
from transcripts.record import Record
from transcripts.reviewing import AT_DESK, Reviewed, hours_of, keep_time

logger = logging.getLogger(__name__)
ELSEWHERE_S = 600.0


class Sittings:
    """The sittings of one archive, over all server processes."""

    def __init__(self, home: Path, book: Book, clock: Callable[[], float] = time.time) -> None:
        self._home, self._book, self._clock = home, book, clock

    def looks(self, key: str, who: str, meeting_id: str, doubt: str) -> None:
        """Somebody, by the key of their session, is shown a doubt about a meeting."""
        now = self._clock()
        with self._book.alone() as con:
            before = _until(con, key, now)
            if before != doubt:
                row = (key, meeting_id, who, now)
                con.execute(
                    "INSERT INTO sitting VALUES (?, ?, ?, 1, 0, 0, ?) "
                    "ON CONFLICT DO UPDATE SET looked_at = looked_at + 1, last_s = excluded.last_s",
                    row,
                )
            con.execute(
                "INSERT OR REPLACE INTO looking VALUES (?, ?, ?, ?)", (key, meeting_id, doubt, now)
            )
        self.rest()

    def decides(self, key: str, meeting_id: str) -> None:
        """The doubt that they look at is decided."""
        now = self._clock()
        with self._book.alone() as con:
            _until(con, key, now)
            con.execute(
                "UPDATE sitting SET decided = decided + 1 WHERE key = ? AND meeting_id = ?",
                (key, meeting_id),
            )

    def over(self, key: str) -> None:
        """They log out: their sittings are kept."""
        with self._book.alone() as con:
            _until(con, key, self._clock())
        self._keep("key = ?", key)

    def rest(self) -> None:
        """Keeps the sittings of all who have long been elsewhere."""
        self._keep("last_s < ?", self._clock() - ELSEWHERE_S)

    def _keep(self, which: str, value: object) -> None:
        with self._book.alone() as con:
            gone = con.execute(f"DELETE FROM sitting WHERE {which} RETURNING *", (value,))  # noqa: S608
            rows = gone.fetchall()
            con.execute("DELETE FROM looking WHERE key NOT IN (SELECT key FROM sitting)")
        try:
            for row in rows:
                keep_time(self._home, self._reviewed(*row))
        except OSError as fault:  # nobody is kept from deciding by a log
            logger.warning("how long a review took could not be kept: %s", fault)

    def _reviewed(self, _: str, meeting_id: str, who: str, *counts: Any) -> Reviewed:
        looked_at, decided, seconds, last_s = counts
        when = datetime.fromtimestamp(last_s, UTC).astimezone().isoformat(timespec="seconds")
        try:
            hours = hours_of(Record(self._home).read(meeting_id))
        except MattersArisingError:
            hours = 0.0  # its record is not here any more
        minutes = round(seconds / 60, 2)
        return Reviewed(
            meeting_id, who, when, looked_at, decided, minutes, round(hours, 3), AT_DESK
        )


def _until(con: sqlite3.Connection, key: str, now: float) -> str:
    """Counts the time until now for the doubt that was shown; gives which it was."""
    row = con.execute(
        "SELECT meeting_id, doubt, since_s FROM looking WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        return ""
    meeting_id, doubt, since_s = row
    took = now - since_s
    con.execute("UPDATE looking SET since_s = ? WHERE key = ?", (now, key))
    if 0 < took <= ELSEWHERE_S:
        con.execute(
            "UPDATE sitting SET seconds = seconds + ?, last_s = ? WHERE key = ? AND meeting_id = ?",
            (took, now, key, meeting_id),
        )
    return str(doubt)
