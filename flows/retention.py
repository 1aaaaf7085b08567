"""Clocks of retention: what of which meeting is over its time, and taking it off the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from flows.clock import doubt
from flows.keeping import alone, settle
from flows.recordings import FILES_OF, Files, files_of
from flows.unenrolling import tidy
from matters_arising.errors import BadInputError, MattersArisingError
from matters_arising.settings import Settings
from transcripts.keeping import AUDIO, EXPIRING, FINDINGS, TRANSCRIPT, VECTORS
from transcripts.ledger import Decision, Ledger, now
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record

Clocks = Mapping[str, int | None]  # days by kind; None: kept as long as what it is made from


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of a meeting whose time was over on ``day``.

    ``outside`` are recordings, or captions of a transcript, that the operator put where they are:
    they are named, never touched. ``own`` are those that lie in the home folder or were fetched by
    the program, ``missing`` those that are not found. ``kept``: the record holds something of it.
    """

    meeting_id: str
    kind: str
    day: date
    outside: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    kept: bool = True

    @property
    def touches(self) -> bool:
        """Whether there is anything to do for the program itself."""
        return self.kept or bool(self.own)

    @property
    def left(self) -> str:
        """What is left to the operator, in sentences; empty where nothing is."""
        told = [
            f"{self.meeting_id}: the time of {file} ended on {self.day}, and it is yours to delete"
            for file in self.outside
        ] + [
            f"{self.meeting_id}: the time of {file} ended on {self.day}, and it is not found: "
            "where it was moved to, or lies on a disk that is not here now, it is yours to delete"
            for file in self.missing
        ]
        return "; ".join(told)


def clocks_of(settings: Settings) -> Clocks:
    """The clocks as they are set."""
    return {
        AUDIO: settings.retention_audio_days,
        TRANSCRIPT: settings.retention_transcript_days,
        FINDINGS: settings.retention_findings_days,
        VECTORS: settings.retention_vectors_days,
    }


def check_clocks(clocks: Clocks) -> None:
    """BadInputError where something would be kept longer than what it quotes."""
    words = clocks.get(TRANSCRIPT)
    for kind in (FINDINGS, VECTORS):
        days = clocks.get(kind)
        if words is not None and days is not None and days > words:
            raise BadInputError(
                f"{kind} cannot be kept for {days} days and the transcript for {words}: they stand "
                f"on its words; set MATTERS_RETENTION_{kind.upper()}_DAYS to {words} or less"
            )


def due(
    home: Path,
    clocks: Clocks,
    today: date | None = None,
    *,
    damaged: list[str] | None = None,
) -> list[Due]:
    """What is over its time and still there, oldest meeting first.

    A meeting that cannot be read is a sentence in ``damaged``, and a StoreError without it.
    """
    check_clocks(clocks)
    record, day = Record(home), today or date.today()
    meetings = []
    for meeting_id in record.meeting_ids():
        try:
            meetings.append(record.read(meeting_id))
        except MattersArisingError as fault:
            if damaged is None:
                raise
            damaged.append(f"{meeting_id}: whether it is over its time cannot be told: {fault}")
    meetings.sort(key=lambda m: m.meeting.date)
    return [d for m in meetings for d in _due(home, m, clocks, day)]


def apply(
    home: Path,
    wanted: Iterable[Due],
    who: str,
    clocks: Clocks,
    *,
    date_is_right: bool = False,
) -> list[Due]:
    """Takes what is due off the disk, a line of the ledger each; gives what was done.

    BadInputError where it is due only because this machine's date is far from all that the archive
    knows of, unless somebody says that it is right.
    """
    tidy(home, turned_on=Settings().known_voices)
    done = [d for d in wanted if d.touches]
    if done and not date_is_right and (why := doubt(home, date.today())):
        raise BadInputError(why)
    with alone(home):
        for each in done:
            why = f"kept for {clocks[each.kind]} days, until {each.day}"
            line = Decision("expire", each.kind, who, now(), why, meeting_id=each.meeting_id)
            Ledger(home).append([line])
        for meeting_id in dict.fromkeys(d.meeting_id for d in done):
            settle(home, meeting_id)
    return done


def _due(home: Path, processed: ProcessedMeeting, clocks: Clocks, today: date) -> list[Due]:
    found = []
    for kind in EXPIRING:
        days = clocks.get(kind)
        if days is None:
            continue
        day = processed.meeting.date + timedelta(days=days)
        if day < today:
            found += _still_there(home, processed, kind, day)
    return found


def _still_there(home: Path, processed: ProcessedMeeting, kind: str, day: date) -> list[Due]:
    meeting = processed.meeting
    kept = {
        AUDIO: False,
        TRANSCRIPT: bool(processed.transcripts),
        FINDINGS: any(p.findings.findings for p in processed.transcripts),
        VECTORS: any(len(p.vectors) for p in processed.transcripts),
    }[kind]
    files = files_of(home, meeting, FILES_OF[kind]) if kind in FILES_OF else Files()
    own, outside = (tuple(map(str, p)) for p in (files.own, files.others))
    made = Due(meeting.id, kind, day, outside, own, files.missing, kept)
    return [made] if made.touches or made.left else []
