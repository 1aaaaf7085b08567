"""Minutes that sources put beside their meetings go into the archive, once each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.minutes import add_minutes
from matters_arising.errors import MattersArisingError
from transcripts.minutes import STATES
from transcripts.record import Record
from transcripts.sound import sha256_of
from transcripts.sources.landed import landed_folders, read_landed


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken, and what could not be; sentences."""

    told: tuple[str, ...]
    faults: tuple[str, ...]


def take_minutes(home: Path, inbox: Path) -> Taken:
    """Takes the documents of minutes that the archive does not hold; one fault stops no other."""
    from models.vectors import MiniLM  # seconds, and only where there are minutes

    record, told, faults = Record(home), list[str](), list[str]()
    held = set(record.meeting_ids())
    vectors: MiniLM | None = None
    for folder in landed_folders(inbox):
        state = read_landed(folder)
        meeting_id = state.id or folder.name
        if meeting_id not in held:
            continue
        known = {m.document_sha256 for m in record.minutes(meeting_id)}
        for file in state.of_kind("minutes"):
            path = folder / file.name
            if not path.is_file() or sha256_of(path) in known:
                continue
            vectors = vectors or MiniLM()
            status = file.status if file.status in STATES else STATES[0]
            try:
                add_minutes(str(path), meeting_id, home=home, vectors=vectors, state=status)
                told.append(f"{meeting_id}: {status} minutes taken from {file.name}")
            except MattersArisingError as fault:
                faults.append(f"{meeting_id}: {fault}")
    return Taken(tuple(told), tuple(faults))
