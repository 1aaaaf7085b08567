"""Who is at the desk now: known to a browser by a random number alone, and to all processes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from matters_arising.web.desk.book import Book

IDLE_S = 2 * 3600.0
WHOLE_S = 12 * 3600.0
MOST = 500  # at once; the one that was longest unused goes
SEEN_EVERY_S = 60.0  # how exactly it is kept when somebody was last seen
BEFORE_S = 300.0  # that a clock may be set back without ending what is open


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that somebody is logged in with. ``stamp`` tells what the log-in rested on: with
    another password it is over. ``token`` goes into every form; ``key`` is what it is kept under;
    it began at ``began_s``.
    """

    name: str
    stamp: str
    token: str
    key: str
    began_s: float


class Sessions:
    """All that are open, for every process that serves this archive, also after a restart."""

    def __init__(self, book: Book, clock: Callable[[], float] = time.time) -> None:
        self._book, self._clock = book, clock

    def open(self, name: str, stamp: str) -> tuple[str, Session]:
        """A new session and its number, which is in no other hands yet."""
        number, now = secrets.token_urlsafe(32), self._clock()
        made = _session(number, name, stamp_of(stamp), now)
        with self._book.alone() as con:
            con.execute(
                "DELETE FROM session WHERE seen_s < ? OR began_s < ? OR key NOT IN "
                "(SELECT key FROM session ORDER BY seen_s DESC LIMIT ?)",
                (now - IDLE_S, now - WHOLE_S, MOST - 1),
            )
            row = (made.key, name, made.stamp, now, now)
            con.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?)", row)
        return number, made

    def find(self, number: str) -> Session | None:
        """The session of a number, if it is not over."""
        now, key = self._clock(), _key(number)
        with self._book.alone() as con:
            row = con.execute(
                "SELECT name, stamp, began_s, seen_s FROM session WHERE key = ?", (key,)
            ).fetchone()
            if row is None:
                return None
            name, stamp, began_s, seen_s = row
            if _over(began_s, seen_s, now):
                con.execute("DELETE FROM session WHERE key = ?", (key,))
                return None
            if now - seen_s > SEEN_EVERY_S:
                con.execute("UPDATE session SET seen_s = ? WHERE key = ?", (now, key))
        return _session(number, name, stamp, began_s)

    def end(self, number: str) -> None:
        """Ends it; its number opens nothing from now on."""
        with self._book.alone() as con:
            con.execute("DELETE FROM session WHERE key = ?", (_key(number),))


def stamp_of(rested_on: str) -> str:
    """What a log-in rested on, as it is kept with the session: not the hash of a password."""
    return hashlib.sha256(rested_on.encode()).hexdigest()


def _session(number: str, name: str, stamp: str, began_s: float) -> Session:
    """The token of forms is made of the number, so that no copy of the file has it either."""
    token = hmac.new(number.encode(), b"form", hashlib.sha256).hexdigest()
    return Session(name, stamp, token, _key(number), began_s)


def _over(began_s: float, seen_s: float, now: float) -> bool:
    """Also where the clock was set back by more than clocks are mended by."""
    return now - seen_s > IDLE_S or now - began_s > WHOLE_S or now < began_s - BEFORE_S


def _key(number: str) -> str:
    """The numbers themselves are not kept, so that no copy of the file opens the desk."""
    return hashlib.sha256(number.encode()).hexdigest()
