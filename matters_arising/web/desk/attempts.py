"""How often something may be tried: log-ins by name and by address, corrections by address."""

from __future__ import annotations

import hashlib
import time

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# for one name: from one address, and from all, so that a stranger elsewhere locks nobody out easily
BY_BOTH = RateLimitItemPerMinute(8, 15)
BY_NAME = RateLimitItemPerMinute(24, 15)
BY_ADDRESS = RateLimitItemPerMinute(30, 15)
CORRECTIONS = RateLimitItemPerHour(6)
ALL_CORRECTIONS = RateLimitItemPerHour(120)


class Attempts:
    """Counts tries in a window that moves; kept in this process."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def log_in(self, name: str, address: str) -> int:
        """Counts a try; the seconds to wait where there were too many, else 0.

        Counted before the password is looked at, so that many at once are no way around it.
        """
        own = _short(name)
        tries = (
            (BY_BOTH, f"both {own} {address}"),
            (BY_NAME, f"name {own}"),
            (BY_ADDRESS, f"address {address}"),
        )
        return max(self._wait(item, key) for item, key in tries)

    def forget(self, name: str, address: str) -> None:
        """The right password was given: what was mistyped before no longer counts."""
        self._limiter.clear(BY_BOTH, f"both {_short(name)} {address}")
        self._limiter.clear(BY_NAME, f"name {_short(name)}")

    def correct(self, address: str) -> int:
        """Counts a correction that is sent; the seconds to wait where there were too many."""
        tries = ((CORRECTIONS, f"correction {address}"), (ALL_CORRECTIONS, "corrections"))
        return max(self._wait(item, key) for item, key in tries)

    def _wait(self, item: RateLimitItemPerMinute | RateLimitItemPerHour, key: str) -> int:
        if self._limiter.hit(item, key):
            return 0
        again = self._limiter.get_window_stats(item, key).reset_time
        return max(1, int(again - time.time()) + 1)


def _short(name: str) -> str:
    """Names of any length take the same memory."""
    return hashlib.sha256(" ".join(name.casefold().split()).encode()).hexdigest()[:32]
