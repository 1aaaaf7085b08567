"""Where copies of an archive went: backups and exports, a line each in ``copies.jsonl``.

Nothing is taken out of a copy from here; what is purged or redacted later is still in those that
were made before, and this list says in which.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from transcripts.network import is_address

NAME = "copies.jsonl"
WAIT_S = 20.0


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: ``kind`` is ``backup`` or ``export``; ``when`` is ISO 8601 with zone."""

    kind: str
    path: str
    when: str
    meetings: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """In words, with whether it is still where it was written."""
        known = is_address(self.path) or Path(self.path).exists()  # a store is not asked
        there = "" if known else ", which is not there now: look where it went"
        return f"the {self.kind} of {self.when[:16].replace('T', ' ')} in {self.path}{there}"


def note(home: Path, copy: Copy) -> None:
    """Writes down that a copy was made."""
    path = home / NAME
    with FileLock(f"{path}.lock", timeout=WAIT_S), path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(copy), ensure_ascii=False) + "\n")


def all_copies(home: Path) -> list[Copy]:
    """Every copy that was made, in order; half a line is passed over."""
    try:
        lines = (home / NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            values = json.loads(line)
            found.append(Copy(**values | {"meetings": tuple(values["meetings"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return found


def holding(home: Path, meeting_id: str) -> list[Copy]:
    """The copies that were made while the meeting was in the archive."""
    return [c for c in all_copies(home) if meeting_id in c.meetings]
