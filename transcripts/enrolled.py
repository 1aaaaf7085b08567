"""Voices kept across meetings, on an operator's decision: ``voices/`` under the home folder.

A file a person, readable by its owner alone, and nowhere else: no vector goes into the record, the
warehouse, the ledger or a stage's result. What is removed is overwritten before it is unlinked.
An enrolment counts only while its line stands in the ledger and its day has not come.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from matters_arising.errors import BusyError, StoreError
from transcripts.meeting import Engine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = "voices"
LOCK = ".lock"
WAIT_S = 20.0
DIMENSIONS = 256


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One person's voice and where it is from.

    ``line`` is the id of its line in the ledger, ``held_by`` what the name stood on, ``packed`` the
    unit vector (256 float32, little-endian) in base64; ``until`` is the last day it is used.
    """

    person: str
    council: str
    meeting_id: str
    recording_sha256: str
    voice: str
    seconds: float
    held_by: str
    engine: Engine
    when: str
    until: date
    who: str
    reason: str
    line: str
    packed: str

    @property
    def vector(self) -> NDArray[np.float32]:
        """The unit vector, shape (256,)."""
        import numpy as np

        return np.frombuffer(base64.b64decode(self.packed), "<f4")


def packed(vector: NDArray[np.float32]) -> str:
    """A vector as it is kept."""
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


class EnrolledVoices:
    """The enrolled voices of one archive."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def all(self) -> list[Enrolled]:
        """Every voice kept, in order of name; StoreError names a file that cannot be read."""
        found = [_read(path) for path in self._files()]
        return sorted(found, key=lambda e: (e.person, e.council))

    def count(self) -> int:
        """How many are kept, also those that cannot be read."""
        return len(self._files())

    def save(self, enrolled: Enrolled) -> None:
        """Keeps a voice, in place of an earlier one of the same person; whole or not at all."""
        path = self._path(enrolled)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            with self._alone(), _private(temporary) as file:
                file.write(TypeAdapter(Enrolled).dump_json(enrolled, indent=1))
                file.flush()
                os.fsync(file.fileno())
                _wipe(path)
                temporary.replace(path)
        except OSError as fault:
            with contextlib.suppress(OSError):
                _wipe(temporary)
            raise StoreError(
                f"the voice could not be kept in {path} ({fault.strerror}); nothing is enrolled: "
                "make room, or mend the folder's rights, and enrol again"
            ) from fault

    def remove(self, enrolled: Enrolled) -> None:
        """Takes a voice off the disk: overwritten, then unlinked."""
        self._gone(self._path(enrolled))

    def clear(self) -> int:
        """Takes everything off the disk, also what a killed writer left; gives the number."""
        count = self.count()
        if self.folder.is_dir():
            with self._alone():
                for path in self.folder.iterdir():
                    self._gone(path)
            self.folder.rmdir()
        return count

    def tidy(self) -> None:
        """Takes off the disk what a killed writer left half done."""
        if any(self._left()):
            with self._alone():
                for path in self._left():
                    self._gone(path)

    def _left(self) -> Iterator[Path]:
        return (p for p in self.folder.glob(".*") if p.name != LOCK)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other process writes here."""
        try:
            with FileLock(self.folder / LOCK, timeout=WAIT_S, mode=0o600):
                yield
        except Timeout as fault:
            raise BusyError(
                f"another process has held {self.folder} for {WAIT_S:.0f} seconds; try again"
            ) from fault

    def _files(self) -> list[Path]:
        return sorted(p for p in self.folder.glob("*.json") if not p.name.startswith("."))

    def _path(self, enrolled: Enrolled) -> Path:
        """Named by a hash, so that a listing of the folder tells nobody's name."""
        key = hashlib.sha256(f"{enrolled.council}\n{enrolled.person}".encode()).hexdigest()
        return self.folder / f"{key[:16]}.json"

    def _gone(self, path: Path) -> None:
        try:
            _wipe(path)
        except OSError as fault:
            raise StoreError(
                f"{path} holds a voice and could not be removed ({fault.strerror}); delete it"
            ) from fault


def _read(path: Path) -> Enrolled:
    try:
        found = TypeAdapter(Enrolled).validate_json(path.read_bytes())
        if len(found.vector) != DIMENSIONS:
            raise ValueError(f"{len(found.vector)} numbers where {DIMENSIONS} are")
    except (OSError, ValueError, ValidationError) as fault:
        why = str(fault).splitlines()[0]
        raise StoreError(
            f"the enrolled voice in {path} cannot be read ({why}): take all of them off the disk "
            "with matters voices purge and enrol again"
        ) from fault
    return found


@contextlib.contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file that nobody but its owner could ever open."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file


def _wipe(path: Path) -> None:
    """Zeros over the file's bytes, then no file; nothing where there is none."""
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
