"""Clocks of retention: what of which meeting is over its time, and taking it off the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from flows.keeping import alone, audio_of, settle
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

    ``outside`` are recordings that lie outside the home folder: they are named, never touched.
    """

    meeting_id: str
    kind: str
    day: date
    outside: tuple[str, ...] = ()

    @property
    def touches(self) -> bool:
        """Whether there is anything to do for the program itself."""
        return self.kind != AUDIO or not self.outside


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


def apply(home: Path, wanted: Iterable[Due], who: str, clocks: Clocks) -> list[Due]:
    """Takes what is due off the disk, a line of the ledger each; gives what was done."""
    done = [d for d in wanted if d.touches]
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
        if day < today and _there(processed, kind):
            found.append(Due(processed.meeting.id, kind, day, _outside(home, processed, kind)))
    return found


def _there(processed: ProcessedMeeting, kind: str) -> bool:
    if kind == AUDIO:
        return bool(audio_of(processed))
    if kind == TRANSCRIPT:
        return bool(processed.transcripts)
    if kind == FINDINGS:
        return any(p.findings.findings for p in processed.transcripts)
    return any(len(p.vectors) for p in processed.transcripts)


def _outside(home: Path, processed: ProcessedMeeting, kind: str) -> tuple[str, ...]:
    if kind != AUDIO:
        return ()
    root = home.absolute()
    return tuple(str(p) for p in audio_of(processed) if not p.is_relative_to(root))
