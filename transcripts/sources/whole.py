"""Files that are there whole or not at all, on disk when the call returns."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from matters_arising.errors import StoreError


def write_whole(path: Path, data: bytes) -> str:
    """Puts the bytes in the place of what was there; gives their sha256."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as fault:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise StoreError(not_written(path, fault)) from fault
    sync_folder(path.parent)
    return hashlib.sha256(data).hexdigest()


def not_written(path: Path, fault: OSError) -> str:
    """The sentence for a disk that does not take a file."""
    return (
        f"{path} could not be written ({fault.strerror or fault}); what was there before is "
        "untouched: make room and run the same command again"
    )


def sync_folder(folder: Path) -> None:
    """Forces the names in a folder to disk, as far as its file system lets one."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
