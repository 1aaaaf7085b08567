"""Pages for the meetings that are near: what each has to ask about under matters arising."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from matters_arising.errors import MattersArisingError, NotInArchiveError, StoreError
from transcripts.manifest import MANIFEST_NAME, read_meeting
from transcripts.meeting import Meeting
from transcripts.sources.landed import WAITING_NAME
from transcripts.tracker.agenda_pages import as_docx
from transcripts.whole import write_whole
from warehouse.arising import agenda_for
from warehouse.reader import open_reader


@dataclass(frozen=True, slots=True)
class Pages:
    """What was written, and what could not be."""

    written: tuple[Path, ...]
    faults: tuple[str, ...]


def coming(inbox: Path, days: int, today: date) -> Iterator[Meeting]:
    """The meetings that the inbox announces from today on, and for so many days."""
    for name in (WAITING_NAME, MANIFEST_NAME):
        for path in sorted(inbox.rglob(name)):
            if any(part.startswith(".") for part in path.relative_to(inbox).parts):
                continue
            try:
                meeting = read_meeting(path)
            except MattersArisingError:
                continue  # told when it is processed
            if today <= meeting.date <= today + timedelta(days=days):
                yield meeting


def write_pages(
    home: Path, inbox: Path, folder: Path, days: int, today: date | None = None
) -> Pages:
    """A document for each meeting that is near, named by its id; written again every day."""
    written: list[Path] = []
    faults: list[str] = []
    for meeting in coming(inbox, days, today or date.today()):
        try:
            with open_reader(home) as reader:
                page = agenda_for(reader, meeting.committee, meeting.date)
            path = folder / f"{meeting.id}.docx"
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, as_docx(page))
            written.append(path)
        except NotInArchiveError:
            continue  # a committee that was never heard has nothing to ask about
        except OSError as fault:
            raise StoreError(
                f"{folder} could not be written ({fault.strerror}): make room"
            ) from fault
        except MattersArisingError as fault:
            faults.append(f"{meeting.id}: {fault}")
    return Pages(tuple(written), tuple(faults))
