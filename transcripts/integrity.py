"""What is wrong on the disk of an archive, and what lies there without being needed.

Every version of the record is hashed and compared with the sum written down when it was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from matters_arising.errors import MattersArisingError
from transcripts.home import check_home
from transcripts.ledger import LEDGER_NAME, Ledger
from transcripts.record import SUMS, Record, sums, versions
from transcripts.whole import sha256_of, unfinished

WITH_SUMS = 2  # the first shape of a home folder that has them
RECENT_DAYS = 90  # meetings of so many days tell how many are to come
MONTH_DAYS = 30.44


@dataclass(frozen=True, slots=True)
class Unneeded:
    """Files that no newest run needs, and what they are."""

    what: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an hour of meeting takes on disk, and how long the disk lasts; None without meetings."""

    hours: float
    bytes_an_hour: float
    hours_a_month: float
    months_left: float | None


def record_faults(home: Path) -> list[str]:
    """Versions that are not what was written, one sentence each."""
    record = Record(home)
    return [f for m in record.meeting_ids() for f in _meeting_faults(record, m)]


def ledger_faults(home: Path) -> list[str]:
    """Lines that cannot be read."""
    numbers = Ledger(home).unreadable()
    if not numbers:
        return []
    listed = ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
    return [
        f"{home / LEDGER_NAME}: {len(numbers)} lines cannot be read ({listed}), and what they "
        "decided does not count: compare with a backup, and decide again what is missing"
    ]


def unneeded(home: Path) -> list[Unneeded]:
    """Earlier versions, what killed writers left, and sound that no run is working on."""
    record = Record(home)
    earlier = []
    for meeting_id in record.meeting_ids():
        try:
            needed = {*record.files_of(meeting_id), SUMS}
        except MattersArisingError:
            continue  # told among the faults; what it needs nobody knows
        earlier += [p for p in versions(record.folder / meeting_id) if p.name not in needed]
    begun = [p for p in record.folder.glob("*") if p.is_dir() and not (p / "current.json").exists()]
    found = (
        ("earlier versions of meetings", earlier),
        ("versions of meetings that no run has finished", [f for p in begun for f in p.iterdir()]),
        ("half-written files of writers that are gone", unfinished(home)),
        ("decoded sound", list((home / "work").glob("*"))),
    )
    return [Unneeded(what, len(files), sum(map(_size, files))) for what, files in found if files]


def forecast(home: Path, free: int, today: date) -> Forecast | None:
    """How long the disk lasts if meetings go on as in the last ninety days."""
    record = Record(home)
    hours = recent = 0.0
    for meeting_id in record.meeting_ids():
        try:
            processed = record.read(meeting_id)
        except MattersArisingError:
            continue  # told among the faults
        parts = (p.transcript for p in processed.transcripts if p.preferred)
        took = sum(t.coverage.duration_s for t in parts) / 3600
        hours += took
        recent += took if processed.meeting.date > today - timedelta(days=RECENT_DAYS) else 0.0
    if not hours:
        return None
    size = sum(_size(p) for p in home.rglob("*") if p.is_file()) / hours
    a_month = recent * MONTH_DAYS / RECENT_DAYS
    return Forecast(hours, size, a_month, free / (size * a_month) if a_month else None)


def _meeting_faults(record: Record, meeting_id: str) -> Iterator[str]:
    folder = record.folder / meeting_id
    try:
        record.read(meeting_id)
    except MattersArisingError as fault:
        yield str(fault)
    known = sums(folder)
    mend = "restore it from a backup, or process its recording again"
    for path in versions(folder):
        if path.name in known and sha256_of(path) != known[path.name]:
            yield f"{path} is not what was written: {mend}"
    unknown = sum(path.name not in known for path in versions(folder))
    if unknown and check_home(record.folder.parent) >= WITH_SUMS:
        yield f"{unknown} versions in {folder} have no sum in {SUMS}: {mend}"
    for name in sorted(known.keys() - {p.name for p in versions(folder)}):
        yield f"{folder / name} is gone: {mend}"


def _size(path: Path) -> int:
    return path.stat().st_size
