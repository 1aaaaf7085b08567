"""Decisions into the ledger, at once; into the warehouse by a process of its own, soon after.

This process answers readers and holds the warehouse open, so it must never write one: locks belong
to a process and a file. The command that does it is the one people use.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from transcripts.ledger import Decision, Ledger

logger = logging.getLogger(__name__)

COMMAND = "from matters_arising.cli import main; main()"


class Keeper:
    """Writes lines for people at the desk."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.fault = ""  # why the last load failed, as a sentence
        self._lock = threading.Lock()
        self._wanted = False
        self._closed = False
        self._thread: threading.Thread | None = None
        self._child: subprocess.Popen[str] | None = None

    def keep(
        self,
        decisions: Sequence[Decision],
        given: Callable[[list[Decision]], None] | None = None,
    ) -> list[Decision]:
        """The decisions as written, on disk; ``given`` as for ``Ledger.append``."""
        made = Ledger(self.home).append(decisions, given=given)
        self.load()
        return made

    def load(self) -> None:
        """Has the warehouse brought up to date; those who ask meanwhile share the next load."""
        with self._lock:
            self._wanted = True
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._loads, name="load", daemon=True)
                self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a load is being made."""
        return self._thread is not None

    def close(self) -> None:
        """Ends a load that is being made: what is decided is in the ledger and loaded next time."""
        with self._lock:
            self._closed = True
            thread, child = self._thread, self._child
        if child is not None:
            child.terminate()
        if thread is not None:
            thread.join(timeout=30)

    def _loads(self) -> None:
        while True:
            with self._lock:
                if not self._wanted or self._closed:
                    self._thread = None
                    return
                self._wanted = False
                command = [sys.executable, "-c", COMMAND, "--home", str(self.home)]
                self._child = subprocess.Popen(
                    [*command, "decide", "load"],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            _, told = self._child.communicate()
            failed = self._child.returncode != 0 and not self._closed
            self.fault = told.strip().splitlines()[-1] if failed and told.strip() else ""
            if failed:
                logger.error("the warehouse was not brought up to date: %s", self.fault)
