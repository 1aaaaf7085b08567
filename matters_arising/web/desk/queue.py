"""The doubts of an archive as a desk holds them: worked out once for each warehouse."""

from __future__ import annotations

import logging
import threading
from typing import Annotated

from fastapi import Depends, Request

from transcripts.ledger import Decision
from warehouse.reader import LiveReader, Reader
from warehouse.waiting import Case, cases

logger = logging.getLogger(__name__)
KNOWN = 20_000  # doubts that were shown, so that an answer to one still finds it
MEETINGS = 200  # whose doubts are kept by themselves


class Queue:
    """The doubts of one archive: worked out once for each warehouse, and those seen before.

    Where a newer warehouse is there, the doubts of the one before are given while those of the new
    one are worked out: what was decided meanwhile is taken off by the ledger, so nobody waits.
    """

    def __init__(self, live: LiveReader) -> None:
        self.known: dict[str, Case] = {}
        self._live = live
        self._made: dict[str, tuple[str, list[Case]]] = {}  # by meeting: of which warehouse, what
        self._lock = threading.Lock()
        self._making: set[str] = set()

    def of(self, reader: Reader, meeting_id: str = "") -> list[Case]:
        """What waited when the warehouse was loaded; of one meeting, if asked."""
        with self._lock:
            if meeting_id not in self._made:
                self._keep(meeting_id, str(reader.path), cases(reader, meeting_id))
            path, found = self._made[meeting_id]
            if path != str(reader.path) and meeting_id not in self._making:
                self._making.add(meeting_id)
                threading.Thread(target=self._again, args=(meeting_id,), daemon=True).start()
            return found

    def decided_by(self, line: Decision) -> Case | None:
        """The doubt that a line decides, where it was shown here."""
        with self._lock:
            held = list(self.known.values())
        return next((case for case in held if case.settled_by(line)), None)

    def _again(self, meeting_id: str) -> None:
        try:
            with self._live.reader() as reader:
                path, found = str(reader.path), cases(reader, meeting_id)
            with self._lock:
                self._keep(meeting_id, path, found)
        except Exception:
            logger.exception("what waits could not be worked out again")
            with self._lock:
                self._made.pop(meeting_id, None)  # whoever asks next has it worked out, or is told
        finally:
            self._making.discard(meeting_id)

    def _keep(self, meeting_id: str, path: str, found: list[Case]) -> None:
        if len(self._made) > MEETINGS:
            self._made.clear()
        self._made[meeting_id] = (path, found)
        for case in found:
            self.known.pop(case.id, None)  # what is seen again goes to the end
            self.known[case.id] = case
        # never one of those that are given now, however many wait
        for old in list(self.known)[: max(0, len(self.known) - max(KNOWN, len(found)))]:
            del self.known[old]


def a_queue(request: Request) -> Queue:
    """The queue of the archive."""
    queue: Queue = request.app.state.queue
    return queue


TheQueue = Annotated[Queue, Depends(a_queue)]
