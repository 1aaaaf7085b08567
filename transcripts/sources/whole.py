"""What a source brings, written whole or not at all; one sentence where the disk takes none."""

from __future__ import annotations

import hashlib
from pathlib import Path

from matters_arising.errors import StoreError
from transcripts.whole import write_whole


def write_hashed(path: Path, data: bytes) -> str:
    """Puts the bytes in the place of what was there, on disk; gives their sha256."""
    try:
        write_whole(path, data)
    except OSError as fault:
        raise StoreError(not_written(path, fault)) from fault
    return hashlib.sha256(data).hexdigest()


def not_written(path: Path, fault: OSError) -> str:
    """The sentence for a disk that does not take a file."""
    return (
        f"{path} could not be written ({fault.strerror or fault}); what was there before is "
        "untouched: make room and run the same command again"
    )
