"""What the tests of known voices share: the command, a wish, and what is true of a meeting."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.enrolling import Wish, a_year_after
from tests.flows.support import matters as run
from tests.voices_support import JUNE, PENROSE, true_turns
from transcripts.record import Record

TODAY = date.today()


def matters(home: Path, *arguments: str, on: bool = False) -> subprocess.CompletedProcess[str]:
    """Runs the command with known voices turned on or off, whatever is set around it."""
    return run(home, *arguments, MATTERS_KNOWN_VOICES="true" if on else "false")


def wish(person: str = PENROSE, meeting_id: str = JUNE, **others: object) -> Wish:
    asked = Wish(person, meeting_id, "consent of 3 June", "A. Clerk", a_year_after(TODAY))
    return replace(asked, **others)  # type: ignore[arg-type]


def names_by_truth(home: Path, meeting_id: str) -> dict[str, tuple[str, str]]:
    """Voice → the name it was given, and whose it mostly is."""
    (part,) = Record(home).read(meeting_id).transcripts
    found = {}
    for a in part.transcript.attributions:
        seconds: Counter[str] = Counter()
        for turn in (t for t in part.transcript.turns if t.voice == a.voice):
            for who, start, end, _ in true_turns(meeting_id):
                seconds[who] += max(0.0, min(end, turn.end_s) - max(start, turn.start_s))
        if seconds:
            found[a.voice] = (a.name, seconds.most_common(1)[0][0])
    return found


def voice_of(home: Path, meeting_id: str, person: str) -> str:
    """The voice of a meeting that is in truth mostly this person's."""
    return next(v for v, (_, who) in names_by_truth(home, meeting_id).items() if who == person)


def change(home: Path, meeting_id: str, *, public: str = "", path: str = "") -> None:
    """Writes the meeting of the record again, with a person made public or a recording moved."""
    file = home / "record" / meeting_id / "meeting.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    for person in told["people"]:
        person["kind"] = "public" if person["name"] == public else person["kind"]
    for recording in told["recordings"]:
        recording["path"] = path or recording["path"]
    file.write_text(json.dumps(told), encoding="utf-8")
