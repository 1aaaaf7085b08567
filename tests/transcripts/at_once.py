"""Many threads that do one thing at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable


def at_once(count: int, do: Callable[[int], object]) -> None:
    """Calls ``do`` with 0, 1, … each in a thread of its own; returns when all are done."""
    start = threading.Barrier(count)

    def one(number: int) -> None:
        start.wait()
        do(number)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
