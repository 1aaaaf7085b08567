"""What a batch did, meeting by meeting: every failure is named, nothing is passed over."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from models.reader.account import Reading

OUTCOMES = ("done", "up to date", "in work", "left out", "failed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one meeting. ``message`` is the fault's sentence where it failed."""

    where: str
    meeting_id: str
    outcome: str
    message: str = ""
    seconds: float = 0.0
    sound_s: float = 0.0
    words: int = 0
    findings: int = 0
    named_share: float = 0.0
    transcribed_share: float = 0.0
    gaps: int = 0
    overlapped: int = 0  # words spoken while another voice was heard
    voiceless: Mapping[str, int] = field(default_factory=dict)  # words without a voice, by reason
    repaired: int = 0  # words of names that were misheard
    engines: tuple[str, ...] = ()
    reading: Reading | None = None  # what the language-model reader took, where one was asked


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of a batch, in the order of the work."""

    outcomes: tuple[Outcome, ...]
    seconds: float = 0.0

    @property
    def failed(self) -> list[Outcome]:
        """The meetings that failed."""
        return [o for o in self.outcomes if o.outcome == "failed"]

    @property
    def nothing_new(self) -> bool:
        """Whether every meeting was there already, or is not to be."""
        rest = ("up to date", "left out")
        return bool(self.outcomes) and all(o.outcome in rest for o in self.outcomes)

    def count(self, outcome: str) -> int:
        """How many meetings came out so."""
        return sum(o.outcome == outcome for o in self.outcomes)

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        counts = {word: self.count(word) for word in OUTCOMES}
        return {"seconds": round(self.seconds, 1), **counts, "meetings": _rows(self.outcomes)}


def save_report(report: Report, home: Path) -> Path:
    """Keeps the report under ``home/reports``, named by the moment it was written."""
    folder = home / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now().astimezone():%Y%m%dT%H%M%S%f}.json"
    text = json.dumps(report.as_dict(), ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
    return path


def told_of(fault: Exception, where: str) -> str:
    """A fault as one sentence; of what a disk refused, with what it was, or ``where``."""
    if not isinstance(fault, OSError):
        return str(fault)
    return (
        f"{fault.filename or where} cannot be read or written ({fault.strerror or fault}); "
        "nothing finished is lost: mend its rights or the disk, or make room, and run the same "
        "command again"
    )


def _rows(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    return [asdict(o) for o in outcomes]
