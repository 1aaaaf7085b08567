"""Files of the desk: under ``desk`` in the home folder, for nobody's eyes but their owner's."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from matters_arising.errors import BusyError, StoreError

FOLDER = "desk"
WAIT_S = 20.0


class PrivateFile:
    """One file that is read whole and written whole."""

    def __init__(self, home: Path, name: str) -> None:
        self.path = home / FOLDER / name

    def read(self) -> bytes:
        """All of it; nothing where it is not there. Raises StoreError where it cannot be read."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as fault:
            raise StoreError(
                f"{self.path} cannot be read ({fault.strerror}); mend the rights of that file"
            ) from fault

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """While no other process or thread writes it."""
        lock = self.path.with_name(f".{self.path.name}.lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.parent.chmod(0o700)
            with FileLock(lock, timeout=WAIT_S, mode=0o600):
                yield
        except Timeout as fault:
            raise BusyError(
                f"another process has held {self.path} for {WAIT_S:.0f} seconds; try again"
            ) from fault

    def write(self, content: bytes) -> None:
        """Replaces what was there in one step; within ``alone``."""
        aside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self.path)
        except OSError as fault:
            with contextlib.suppress(OSError):
                aside.unlink()
            raise StoreError(
                f"{self.path} could not be written ({fault.strerror}); what was there is "
                "unchanged: make room, or mend the folder's rights, and try again"
            ) from fault
