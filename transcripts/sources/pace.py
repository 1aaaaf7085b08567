"""One question at a time to a host, and a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Pace:
    """Shared by all sources of a run, so that two of one host do not ask it at once."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, pause_s: float) -> Iterator[None]:
        """Waits until ``pause_s`` have passed since the last answer of the host came to its end."""
        with self._lock:
            entry = self._hosts.setdefault(host, _Host())
        with entry.lock:
            time.sleep(max(0.0, entry.free_at - time.monotonic()))
            try:
                yield
            finally:
                entry.free_at = time.monotonic() + pause_s
