"""What the files of a meeting still tell where they cannot be read as what they should be.

A file that a disk spoiled must not keep a meeting from being taken out: its words are in the rest.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from matters_arising.errors import MattersArisingError
from transcripts.meeting import Meeting, Recording
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record

SHA = re.compile(r'"\w*sha256": ?"([0-9a-f]{64})"')
TEXT = re.compile(r'"(?:text|quote|heard|lead)": ?("(?:[^"\\\n]|\\.)*")')


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A meeting and all that was said or minuted in it; ``fault`` is why it is not whole."""

    processed: ProcessedMeeting
    texts: tuple[str, ...]
    fault: str = ""


def read_or_salvaged(record: Record, meeting_id: str) -> Salvaged:
    """The newest run of a meeting; where it cannot be read, what its files tell."""
    try:
        whole = record.read(meeting_id)
    except (MattersArisingError, OSError) as fault:
        return _salvaged(record, meeting_id, str(fault))
    texts = [s.text for p in whole.transcripts for s in p.transcript.sentences]
    return Salvaged(whole, (*texts, *(p.wording for m in whole.minutes for p in m.points)))


def _salvaged(record: Record, meeting_id: str, fault: str) -> Salvaged:
    files = sorted((record.folder / meeting_id).glob("*.json"))
    told = [f.read_text(encoding="utf-8", errors="replace") for f in files if f.is_file()]
    found = {sha for text in told for sha in SHA.findall(text)}
    said = {str(json.loads(t)) for text in told for t in TEXT.findall(text) if _is_json(t)}
    try:
        meeting = record.meeting(meeting_id)
    except (MattersArisingError, OSError):
        meeting = Meeting(meeting_id, "", "", "", date.min)
    known = {r.sha256 for r in meeting.recordings}
    more = tuple(Recording("", sha) for sha in sorted(found - known))
    whole = Meeting(
        meeting.id,
        meeting.council,
        meeting.committee,
        meeting.committee_code,
        meeting.date,
        recordings=(*meeting.recordings, *more),
    )
    return Salvaged(ProcessedMeeting(whole, ()), tuple(sorted(said)), fault)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
