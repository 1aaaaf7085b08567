"""An archive of two committees over four months, in one of which nobody was recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.warehouse import builders as b
from transcripts.processed import ProcessedMeeting
from warehouse import store

OTHER = {"committee": "Housing Select Committee", "code": "HSC"}
JUNE, AUGUST, SEPTEMBER = date(2026, 6, 2), date(2026, 8, 3), date(2026, 9, 1)


def load(home: Path) -> Path:
    """June and September speak the sample lines; of August there is no recording; July is empty."""
    unheard = ProcessedMeeting(b.meeting("august", day=AUGUST), ())
    player = "https://webcast.aldermere.example/1?t={start_s}"
    meetings = [b.done("september", day=SEPTEMBER, **OTHER), b.done("june", link=player), unheard]
    store.load(home, meetings)
    return home
