"""The shape of a home folder: brought forward where an earlier program made it, refused backward.

1  results of stages lie side by side; versions of the record have no sums
2  results lie in a folder a recording, so that they can be taken off the disk; ``SHA256SUMS``
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from matters_arising.errors import NewerSchemaError, StoreError
from transcripts.record import Record
from transcripts.whole import write_whole

logger = logging.getLogger(__name__)

FORMAT = 2
NAME = "home.json"


def check_home(home: Path) -> int:
    """The shape of a home folder; NewerSchemaError where this program does not know it.

    An older program would pass over lines of the ledger that it does not know, and with them show
    what is held back or redacted.
    """
    path = home / NAME
    try:
        found = int(json.loads(path.read_bytes())["format"])
    except FileNotFoundError:
        return 1
    except NotADirectoryError as fault:
        raise StoreError(f"{home} is no folder, nor can it be one: name another --home") from fault
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(
            f"{path} cannot be read ({fault}); restore it from a backup, or delete it to have the "
            "folder looked through and marked anew"
        ) from fault
    if found > FORMAT:
        raise NewerSchemaError(
            f"{home} was written by a newer version of this program (shape {found}, this version "
            f"knows up to {FORMAT}): update the program"
        )
    return found


def bring_forward(home: Path) -> list[str]:
    """Brings a home folder to this program's shape, and says what was done; safe to repeat."""
    if check_home(home) >= FORMAT:
        return []
    told = []
    record = Record(home)
    without = [m for m in record.meeting_ids() if record.note_sums(m)]
    if without:
        told.append(f"sums of the versions of {len(without)} meetings were written down")
    loose = [p for p in (home / "cache").glob("*-*") if p.is_file()]
    for path in loose:
        path.unlink()
    if loose:
        told.append(f"{len(loose)} results of stages, which no run would find again, were cleared")
    mark_home(home)
    for each in told:
        logger.info("%s: %s", home, each)
    return told


def mark_home(home: Path) -> None:
    """Writes down which shape a home folder has."""
    home.mkdir(parents=True, exist_ok=True)
    try:
        write_whole(home / NAME, json.dumps({"format": FORMAT}).encode())
    except OSError as fault:
        raise StoreError(
            f"{home / NAME} could not be written ({fault.strerror}): make room, or mend the "
            "folder's rights, and run the same command again"
        ) from fault
