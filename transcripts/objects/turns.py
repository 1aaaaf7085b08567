"""Whose turn it is at a piece of work, told on a store: one holder at a time, known to be alive.

    <folder>/claim-<n>.json   who holds it, and a count that goes up as long as the holder lives

A claim is an object that only one can create. Its holder writes it again and again with a higher
count. Whoever finds one that has not changed for a while, by his own clock, creates the next
number: no two machines need to agree on the time, and of several that see a holder gone exactly
one comes after it.
"""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from matters_arising.errors import BusyError, MattersArisingError
from transcripts.objects.store import ObjectStore

logger = logging.getLogger(__name__)

LEASE_S = 60.0  # a claim that has not changed for so long is nobody's
BEATS = 6  # in a lease
CLAIM = re.compile(r"claim-(\d+)\.json$")


@dataclass(frozen=True, slots=True)
class Claim:
    """The newest claim of a piece of work: its number and its content, which changes while held."""

    number: int = 0
    content: bytes = b""

    @property
    def holder(self) -> str:
        """Which process on which machine."""
        try:
            held = json.loads(self.content)
            return f"process {held['pid']} on {held['host']}"
        except (ValueError, KeyError, TypeError):
            return "another process"


@dataclass(slots=True)
class Watched:
    """How long a claim has not changed, by this machine's own clock."""

    clock: Callable[[], float] = time.monotonic
    claim: Claim = field(default_factory=Claim)
    _since: float = -1.0

    def quiet_s(self, claim: Claim) -> float:
        """Seconds since it, or another, was last seen to change."""
        if claim != self.claim or self._since < 0:
            self.claim, self._since = claim, self.clock()
        return self.clock() - self._since


def newest(store: ObjectStore, folder: str, names: dict[str, int] | None = None) -> Claim:
    """The newest claim under a folder; number 0 where there is none. ``names`` as listed before."""
    names = store.names(folder) if names is None else names
    numbers = [int(m[1]) for n in names if n.startswith(f"{folder}/") and (m := CLAIM.search(n))]
    if not numbers:
        return Claim()
    content = store.get(_name(folder, max(numbers)))
    return Claim() if content is None else Claim(max(numbers), content)  # let go of meanwhile


@contextmanager
def own_turn(
    store: ObjectStore, folder: str, *, lease_s: float = LEASE_S, wait: bool = True
) -> Iterator[Turn]:
    """Holds a piece of work while the block runs; waits for a holder that may be gone.

    BusyError where its holder lives: at once without ``wait``, else when a lease is over and it
    has changed.
    """
    turn = _taken(store, folder, lease_s, wait)
    turn.begin()
    try:
        yield turn
    finally:
        turn.end()


class Turn:
    """A claim that is held: it is written again in a thread until ``end``."""

    def __init__(self, store: ObjectStore, folder: str, number: int, lease_s: float) -> None:
        self.store, self.folder, self.number, self.lease_s = store, folder, number, lease_s
        self._count = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def begin(self) -> None:
        """Begins to tell that the holder lives."""
        self._thread.start()

    def is_ours(self) -> bool:
        """Whether nobody came after us, as somebody does who thinks that we are gone."""
        return newest(self.store, self.folder).number <= self.number

    def end(self) -> None:
        """Lets go of it; a store that does not answer finds the claim quiet soon."""
        self._ended.set()
        self._thread.join()
        with suppress(MattersArisingError):
            if self.is_ours():
                self.store.remove([_name(self.folder, n) for n in range(1, self.number + 1)])

    def _beat(self) -> None:
        while not self._ended.wait(self.lease_s / BEATS):
            self._count += 1
            try:
                self.store.put(_name(self.folder, self.number), _myself(self._count))
            except MattersArisingError as fault:
                logger.warning("the claim on %s could not be renewed: %s", self.folder, fault)


def _taken(store: ObjectStore, folder: str, lease_s: float, wait: bool) -> Turn:
    watched = Watched()
    while True:
        claim = newest(store, folder)
        before = watched.claim
        quiet = watched.quiet_s(claim)
        if claim.number == 0 or quiet >= lease_s:
            if store.create(_name(folder, claim.number + 1), _myself(0)):
                return Turn(store, folder, claim.number + 1, lease_s)
            continue
        if not wait or (before.number and claim != before):
            raise BusyError(f"{claim.holder} is at {folder.split('/')[1]}")
        time.sleep(lease_s / BEATS)


def _name(folder: str, number: int) -> str:
    return f"{folder}/claim-{number}.json"


def _myself(count: int) -> bytes:
    return json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "beat": count}).encode()
