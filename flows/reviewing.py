"""A person going through what is doubtful: how long it took."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from transcripts.processed import ProcessedMeeting

LOG = "review.jsonl"  # under the reports of a home


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One sitting: how many voices were looked at and decided, and what that took."""

    meeting_id: str
    who: str
    when: str
    looked_at: int
    decided: int
    minutes: float
    hours_of_meeting: float

    @property
    def minutes_an_hour(self) -> float:
        """Minutes of review an hour of meeting; 0 for a meeting without sound or times."""
        return self.minutes / self.hours_of_meeting if self.hours_of_meeting else 0.0


def hours_of(held: ProcessedMeeting) -> float:
    """How long a meeting's recordings last in all, in hours."""
    parts = [p.transcript for p in held.transcripts if p.preferred]
    return sum(t.coverage.duration_s for t in parts) / 3600


def keep_time(home: Path, reviewed: Reviewed) -> None:
    """Adds a sitting to the log of reviews, one JSON object a line."""
    log = home / "reports" / LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    row = asdict(reviewed) | {"minutes_an_hour": round(reviewed.minutes_an_hour, 2)}
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
