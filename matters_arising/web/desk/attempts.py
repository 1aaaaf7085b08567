"""How often something may be tried: log-ins by name and by address, corrections by address.

Counted in a window that moves, over all server processes and across restarts: the libraries that
count so want a server of their own for it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matters_arising.web.desk.book import Book


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within so many seconds."""

    most: int
    within_s: float


# for one name: from one address, and from all, so that a stranger elsewhere locks nobody out easily
BY_BOTH = Limit(8, 900)
BY_NAME = Limit(24, 900)
BY_ADDRESS = Limit(30, 900)
CORRECTIONS = Limit(6, 3600)
ALL_CORRECTIONS = Limit(120, 3600)
LONGEST_S = 3600.0


class Attempts:
    """Counts tries; who tried, and from where, is kept as a hash and for an hour."""

    def __init__(self, book: Book, clock: Callable[[], float] = time.time) -> None:
        self._book, self._clock = book, clock

    def log_in(self, name: str, address: str) -> int:
        """Counts a try; the seconds to wait where there were too many, else 0.

        Counted before the password is looked at, so that many at once are no way around it.
        """
        own = _plain(name)
        return self._count(
            (BY_BOTH, f"both {own} {address}"),
            (BY_NAME, f"name {own}"),
            (BY_ADDRESS, f"address {address}"),
        )

    def forget(self, name: str, address: str) -> None:
        """The right password was given: what was mistyped before no longer counts for the name.

        For the address this try alone does not: else one who may log in could guess without end.
        """
        own = _plain(name)
        with self._book.alone() as con:
            for key in (f"both {own} {address}", f"name {own}"):
                con.execute("DELETE FROM tried WHERE key = ?", (_short(key),))
            con.execute(
                "DELETE FROM tried WHERE rowid = "
                "(SELECT rowid FROM tried WHERE key = ? ORDER BY at_s DESC LIMIT 1)",
                (_short(f"address {address}"),),
            )

    def correct(self, address: str) -> int:
        """Counts a correction that is sent; the seconds to wait where there were too many."""
        return self._count((CORRECTIONS, f"correction {address}"), (ALL_CORRECTIONS, "corrections"))

    def _count(self, *tries: tuple[Limit, str]) -> int:
        now = self._clock()
        with self._book.alone() as con:
            con.execute("DELETE FROM tried WHERE at_s <= ?", (now - LONGEST_S,))
            return max(_waits(con, tries, now))


def _waits(
    con: sqlite3.Connection, tries: Iterable[tuple[Limit, str]], now: float
) -> Iterable[int]:
    """Seconds to wait for each; a try that is let through is counted."""
    for limit, plain in tries:
        key = _short(plain)
        count, first = con.execute(
            "SELECT count(*), min(at_s) FROM tried WHERE key = ? AND at_s > ?",
            (key, now - limit.within_s),
        ).fetchone()
        if count < limit.most:
            con.execute("INSERT INTO tried VALUES (?, ?)", (key, now))
            yield 0
        else:
            yield max(1, int(first + limit.within_s - now) + 1)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _short(key: str) -> str:
    """Names of any length take the same room, and nobody reads them there."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
