"""A person going through what is doubtful: how long it took."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from transcripts.processed import ProcessedMeeting

LOG = "review.jsonl"  # under the reports of a home
AT_COMMAND, AT_DESK = "command", "desk"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One sitting: how many doubts were looked at and decided, and what that took.

    ``at`` tells where: at the command they are voices alone, at the desk doubts of every kind.
    """

    meeting_id: str
    who: str
    when: str
    looked_at: int
    decided: int
    minutes: float
    hours_of_meeting: float
    at: str = AT_COMMAND

    @property
    def minutes_an_hour(self) -> float:
        """Minutes of review an hour of meeting; 0 for a meeting without sound or times."""
        return self.minutes / self.hours_of_meeting if self.hours_of_meeting else 0.0


def hours_of(held: ProcessedMeeting) -> float:
    """How long a meeting's recordings last in all, in hours."""
    parts = [p.transcript for p in held.transcripts if p.preferred]
    return sum(t.coverage.duration_s for t in parts) / 3600


def reviews(home: Path) -> list[Reviewed]:
    """Every sitting there is, oldest first; lines that make no sense are left out."""
    log = home / "reports" / LOG
    out = []
    for line in log.read_text(encoding="utf-8").splitlines() if log.is_file() else ():
        with suppress(ValueError, TypeError):
            told = json.loads(line)
            told.pop("minutes_an_hour", None)
            out.append(Reviewed(**told))
    return out


def keep_time(home: Path, reviewed: Reviewed) -> None:
    """Adds a sitting to the log of reviews, one JSON object a line."""
    log = home / "reports" / LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    row = asdict(reviewed) | {"minutes_an_hour": round(reviewed.minutes_an_hour, 2)}
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def by_meeting(home: Path) -> list[Reviewed]:
    """The sittings of each meeting taken together, the latest first; nobody is named."""
    found: dict[str, Reviewed] = {}
    for one in sorted(reviews(home), key=lambda r: r.when):
        before = found.pop(one.meeting_id, None)
        if before:
            one = replace(
                one,
                looked_at=before.looked_at + one.looked_at,
                decided=before.decided + one.decided,
                minutes=before.minutes + one.minutes,
                hours_of_meeting=max(before.hours_of_meeting, one.hours_of_meeting),
            )
        found[one.meeting_id] = replace(one, who="")
    return list(found.values())[::-1]
