"""Before a new cut of a recording takes the place of the old one: people's decisions go with it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from matters_arising.errors import MattersArisingError, NotInArchiveError
from transcripts.carrying import carry
from transcripts.decision import Decision
from transcripts.ledger import Ledger
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from transcripts.voices_found_again import voices_decided

logger = logging.getLogger(__name__)


def carried_over(home: Path, after: ProcessedMeeting) -> list[str]:
    """Writes the decisions down for a new recording; says what is different, and which are lost.

    Done before the run is kept: one that is killed in between does it again, and no line twice.
    """
    try:
        before = Record(home).read(after.meeting.id)
    except NotInArchiveError:
        return []
    except MattersArisingError as fault:
        logger.warning("%s is made anew: %s", after.meeting.id, fault)
        return []
    ledger = Ledger(home)
    moved = carry(before, after, ledger.standing())
    ledger.append(moved.lines)
    return [*moved.told, *_voices_told(after, ledger.standing())]


def _voices_told(after: ProcessedMeeting, standing: Sequence[Decision]) -> list[str]:
    """The decisions about voices that this run divided or made one."""
    out: list[str] = []
    for part in (p.transcript for p in after.transcripts if p.preferred):
        out += voices_decided(standing, part.recording_sha256, part.utterances).told
    return out
