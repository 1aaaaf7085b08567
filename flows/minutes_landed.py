"""Minutes and decisions that sources put beside their meetings go into the archive, once each.

Minutes belong to meetings that are held. What an executive decided is evidence by itself: it is
taken also of a meeting that nobody recorded, which then has no words of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from flows.minutes import add_minutes
from matters_arising.errors import MattersArisingError
from models.minutes.points import ENGINE as POINTS
from models.vectors import MiniLM
from transcripts.executives import is_executive
from transcripts.keeping import kept_of
from transcripts.ledger import Ledger
from transcripts.manifest import read_meeting
from transcripts.meeting import Meeting
from transcripts.minutes import DECISIONS, DRAFT, STATES, MinutesVersion
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from transcripts.sources.landed import (
    WAITING_NAME,
    LandedFile,
    Taken,
    landed_below,
    read_landed,
)
from transcripts.whole import sha256_of

logger = logging.getLogger(__name__)

UNRECORDED = "published"  # the key of a run that nothing was heard for


def take_minutes(home: Path, *places: Path) -> Taken:
    """Takes the documents below some folders that the archive does not hold.

    One fault stops no other.
    """
    told, faults = list[str](), list[str]()
    vectors: MiniLM | None = None
    for folder in (f for place in places for f in landed_below(place)):
        try:
            for meeting, file in _new(home, folder):
                vectors = vectors or MiniLM()  # seconds, and only where there is anything
                told.append(_take(home, folder, meeting, file, vectors))
        except MattersArisingError as fault:
            faults.append(f"{folder.name}: {fault}")
        except Exception as fault:  # a document nobody thought of must not cost the others
            logger.exception("the documents of %s could not be taken", folder.name)
            why = f"a fault in this program, please report it: {fault!r}"
            faults.append(f"{folder.name}: {why}")
    return Taken(tuple(told), tuple(faults))


def _new(home: Path, folder: Path) -> Iterator[tuple[Meeting, LandedFile]]:
    """The documents of one folder that are to be taken, with their meeting."""
    state, record = read_landed(folder), Record(home)
    files = [f for kind in ("decisions", "minutes") for f in state.of_kind(kind)]
    meeting = _meeting(home, folder, state.id or folder.name) if files else None
    if meeting is None:
        return
    held = meeting.id in record.meeting_ids()
    known = {m.document_sha256 for m in record.minutes(meeting.id) if _read_as_now(m)}
    for file in files:
        path = folder / file.name
        wanted = file.kind == "minutes" or is_executive(meeting.committee)
        if wanted and path.is_file() and sha256_of(path) not in known:
            if not held:
                record.save(ProcessedMeeting(meeting, ()), key=UNRECORDED)
                held = True
            yield meeting, file


def _meeting(home: Path, folder: Path, meeting_id: str) -> Meeting | None:
    """The meeting that is held; else one of the executive without sound; else none."""
    record, waiting = Record(home), folder / WAITING_NAME
    if meeting_id in record.meeting_ids():
        return record.meeting(meeting_id)
    if not waiting.is_file() or kept_of(Ledger(home).standing(), meeting_id).why_left_out():
        return None
    meeting = read_meeting(waiting)
    return meeting if is_executive(meeting.committee) else None


def _read_as_now(minutes: MinutesVersion) -> bool:
    """What an earlier version of the program read is read again: it may tell more."""
    return minutes.engine.version == POINTS.version


def _take(home: Path, folder: Path, meeting: Meeting, file: LandedFile, vectors: MiniLM) -> str:
    state = DECISIONS if file.kind == "decisions" else file.status
    state = state if state in STATES else DRAFT
    add_minutes(
        str(folder / file.name),
        meeting.id,
        home=home,
        vectors=vectors,
        state=state,
        published_at=file.address,
    )
    what = "published decisions" if state == DECISIONS else f"{state} minutes"
    return f"{meeting.id}: {what} taken from {file.name}"
