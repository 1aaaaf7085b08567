"""Who is at the desk now: kept in this process, known to a browser by a random number alone."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

IDLE_S = 2 * 3600.0
WHOLE_S = 12 * 3600.0
MOST = 500  # at once; the one that was longest unused goes


@dataclass(slots=True)
class Session:
    """One browser that somebody is logged in with. ``stamp`` is what the log-in rested on: with
    another password it is over. ``token`` goes into every form; seconds are of the clock."""

    name: str
    stamp: str
    token: str
    began_s: float
    seen_s: float


class Sessions:
    """All that are open. They end with the process: after a restart people log in again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[str, Session] = {}

    def open(self, name: str, stamp: str) -> tuple[str, Session]:
        """A new session and its number, which is in no other hands yet."""
        number, now = secrets.token_urlsafe(32), self._clock()
        made = Session(name, stamp, secrets.token_urlsafe(32), now, now)
        with self._lock:
            self._tidy(now)
            self._held[_key(number)] = made
        return number, made

    def find(self, number: str) -> Session | None:
        """The session of a number, if it is not over."""
        now = self._clock()
        with self._lock:
            found = self._held.get(_key(number))
            if found is None or _over(found, now):
                self._held.pop(_key(number), None)
                return None
            found.seen_s = now
            return found

    def end(self, number: str) -> None:
        """Ends it; its number opens nothing from now on."""
        with self._lock:
            self._held.pop(_key(number), None)

    def _tidy(self, now: float) -> None:
        self._held = {key: s for key, s in self._held.items() if not _over(s, now)}
        while len(self._held) >= MOST:
            del self._held[min(self._held, key=lambda key: self._held[key].seen_s)]


def _over(session: Session, now: float) -> bool:
    return now - session.seen_s > IDLE_S or now - session.began_s > WHOLE_S


def _key(number: str) -> str:
    """The numbers themselves are not kept, so that no copy of memory opens the desk."""
    return hashlib.sha256(number.encode()).hexdigest()
