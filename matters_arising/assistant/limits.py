"""How much an assistant is given, and how often."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from matters_arising.errors import BadInputError

LETTERS = 60_000  # of an answer, as JSON: some 15,000 tokens
CALLS, WITHIN_S = 60, 60.0


class TooManyCallsError(BadInputError):
    """More calls than are answered in their time."""


class Calls:
    """Lets so many calls through in so many seconds."""

    def __init__(
        self,
        most: int = CALLS,
        within_s: float = WITHIN_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._within_s, self._clock = most, within_s, clock
        self._made: deque[float] = deque()

    def count(self) -> None:
        """Counts a call; raises TooManyCallsError where it is one too many."""
        now = self._clock()
        while self._made and self._made[0] <= now - self._within_s:
            self._made.popleft()
        if len(self._made) >= self._most:
            wait = self._made[0] + self._within_s - now
            raise TooManyCallsError(
                f"{self._most} calls were answered in the last {self._within_s:g} seconds; "
                f"wait {max(1, round(wait))} s, or ask for more at once with 'limit'"
            )
        self._made.append(now)


def fitted(answer: dict[str, Any], letters: int = LETTERS) -> tuple[dict[str, Any], str]:
    """The answer, without its last items where it is too long, and as JSON."""
    every, text = list(answer["items"]), _json(answer)
    kept = len(every)
    while len(text) > letters and kept:
        kept = min(kept - 1, kept * letters // len(text))
        cut = f"{len(every) - kept} more items were left out, for length; ask for a smaller part"
        answer = answer | {"items": every[:kept], "cut": cut}
        text = _json(answer)
    return answer, text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
