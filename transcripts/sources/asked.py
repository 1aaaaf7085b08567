"""What a source has been asked within a run: what was answered is not asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from matters_arising.errors import MattersArisingError, TransientError

T = TypeVar("T")


class Asked:
    """The answers of one run, in memory alone; ``unfinished``: the network failed at some of it."""

    def __init__(self) -> None:
        self.unfinished = False
        self._answers: dict[str, Any] = {}
        self._faults: dict[str, MattersArisingError] = {}

    def once(self, what: str, ask: Callable[[], T]) -> T:
        """What was answered, or is; what the network failed at is asked again, and nothing else."""
        if what in self._faults:
            raise self._faults[what]
        if what not in self._answers:
            try:
                self._answers[what] = ask()
            except TransientError:
                self.unfinished = True
                raise
            except MattersArisingError as fault:
                self._faults[what] = fault
                raise
        answer: T = self._answers[what]
        return answer
