"""Where the flow says how far it is; whoever watches sets a listener, nobody has to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """How far a stage of a meeting is; ``done`` and ``total`` in seconds of sound or in pieces."""

    meeting_id: str
    stage: str
    done: float = 0.0
    total: float = 0.0
    note: str = ""


Listener = Callable[[Step], None]
_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tells ``listener`` of every step while the block runs; called from several threads."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def report(step: Step) -> None:
    """Tells whoever listens."""
    for listener in _listeners:
        listener(step)
