"""Which meeting the files of a sitting were delivered for: a second delivery is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from flows.plan import Plan
from matters_arising.errors import MattersArisingError
from transcripts.meeting import Meeting
from transcripts.record import Record

Sitting = tuple[object, ...]
Files = tuple[tuple[str, float], ...]  # of each recording: what it is known by, where it begins


class Deliveries:
    """Which meeting a recording, or captions without one, came for; of one committee and day."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._by: dict[tuple[Sitting, Files], str] = {}
        self._captioned: dict[Sitting, list[Meeting]] = {}
        for meeting_id in record.meeting_ids():
            with suppress(MattersArisingError, OSError):  # told where it is processed or looked at
                self._note(record.meeting(meeting_id))

    def twin(self, plan: Plan) -> str:
        """The other meeting that the same files came for; empty where they are this one's."""
        sitting = _sitting(plan.meeting)
        files = tuple((s.sha256, s.recording.offset_s) for s in plan.sources)
        self._look_into(sitting, plan.meeting.id)
        first = self._by.setdefault((sitting, tuple(dict.fromkeys(files))), plan.meeting.id)
        return "" if first == plan.meeting.id else first

    def _note(self, meeting: Meeting) -> None:
        sitting = _sitting(meeting)
        if all(r.sha256 for r in meeting.recordings):
            files = tuple((r.sha256, r.offset_s) for r in meeting.recordings)
            self._by.setdefault((sitting, files), meeting.id)
        else:
            self._captioned.setdefault(sitting, []).append(meeting)

    def _look_into(self, sitting: Sitting, meeting_id: str) -> None:
        """The hash of captions stands in a transcript, opened only where another is of that day."""
        if all(m.id == meeting_id for m in self._captioned.get(sitting, [])):
            return
        for meeting in self._captioned.pop(sitting):
            with suppress(MattersArisingError, OSError):
                files = tuple(self._files(meeting))
                self._by.setdefault((sitting, files), meeting.id)

    def _files(self, meeting: Meeting) -> Iterator[tuple[str, float]]:
        heard = [sha for sha, _ in self._record.found(meeting.id)]
        captions = iter([sha for sha in heard if sha not in {r.sha256 for r in meeting.recordings}])
        for recording in meeting.recordings:
            yield recording.sha256 or next(captions, ""), recording.offset_s


def _sitting(meeting: Meeting) -> Sitting:
    return meeting.council, meeting.committee, meeting.date
