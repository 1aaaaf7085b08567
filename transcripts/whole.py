"""Files that are whole or not there: written aside, forced to disk, renamed."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

Content = bytes | Callable[[IO[bytes]], object]


def write_whole(path: Path, content: Content) -> None:
    """All of it or nothing, on disk when this returns; an OSError leaves what was there before."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """The hash by which a file's content is known; read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Forces the names in a folder to disk."""
    with contextlib.suppress(OSError):  # some file systems do not let a folder be synced
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unfinished(folder: Path) -> list[Path]:
    """What writers that were killed left half written under a folder, at any depth."""
    return sorted(p for p in folder.rglob(".*") if p.is_file() and _writer_of(p))


def _writer_of(path: Path) -> bool:
    """Whether a name is one that a writer gives aside, and that writer is gone."""
    parts = path.name.split(".")
    numbers = [part for part in parts[2:] if part.isdecimal()]
    if not numbers:
        return False
    try:
        os.kill(int(numbers[0]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
