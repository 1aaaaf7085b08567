"""Enrolled voices in a run: which are listened for in a meeting, and what is heard of them.

Vectors are read from ``voices/`` only inside the stage that compares them, so that nothing of them
is a parameter of a flow or the result of a stage.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from flows.unenrolling import tidy
from matters_arising.errors import MattersArisingError
from models.known_voices import (
    KnownVoice,
    Sample,
    Span,
    VoiceSamples,
    alone,
    as_evidence,
    likenesses,
    voice_engine,
)
from models.names.evidence import Evidence
from models.names.known import may_be_known
from models.protocols import SoundSource
from transcripts.enrolled import Enrolled, EnrolledVoices
from transcripts.meeting import Meeting
from transcripts.turn_sources import within
from transcripts.words import Turn, Utterance

logger = logging.getLogger(__name__)


def listened_for(home: Path, *, turned_on: bool, today: date | None = None) -> list[Enrolled]:
    """The voices that a run may use; those that may not be kept are taken off the disk first.

    What cannot be read or compared is told in the log and not used: no run stops for it.
    """
    tidy(home, turned_on=turned_on, today=today)
    try:
        day = today or date.today()
        held = [e for e in EnrolledVoices(home).all() if e.until >= day] if turned_on else []
        engine = voice_engine() if held else None
    except MattersArisingError as fault:
        logger.warning("no enrolled voice is used in this run: %s", fault)
        return []
    for other in (e for e in held if e.engine != engine):
        logger.warning(
            "the voice of %s enrolled from %s was made by another version of the voice engine and "
            "is not used; enrol it again",
            other.person,
            other.meeting_id,
        )
    return [e for e in held if e.engine == engine]


def known_for(meeting: Meeting, enrolled: Sequence[Enrolled]) -> tuple[str, ...]:
    """The ids of the voices that can be heard in a meeting: of its council, on its roster.

    None that came from the meeting itself: it would bear witness to its own name.
    """
    shas = {r.sha256 for r in meeting.recordings}
    found = []
    for e in enrolled:
        person = meeting.person(e.person)
        from_it = e.meeting_id == meeting.id or e.recording_sha256 in shas
        if person and may_be_known(person) and e.council == meeting.council and not from_it:
            found.append(e.line)
    return tuple(sorted(found))


def like_known_voices(
    home: Path,
    ids: Sequence[str],
    sound: SoundSource,
    turns: Sequence[Turn],
    spoken: Sequence[Utterance],
) -> list[Evidence]:
    """What the voices of a meeting have in common with the enrolled ones of these ids."""
    held = [e for e in EnrolledVoices(home).all() if e.line in ids]
    known = [KnownVoice(e.person, e.meeting_id, e.vector) for e in held]
    heard: dict[str, Sample] = {}
    for voice, spans in own_spans(turns, spoken).items():
        sample = _samples().of(sound, spans)
        if sample:
            heard[voice] = sample
    found = list(likenesses(heard, known))
    alike = as_evidence(found, turns)
    logger.info("known voices: %d compared, %d like one", len(found), len(alike))
    return alike


def own_spans(turns: Sequence[Turn], spoken: Sequence[Utterance]) -> Mapping[str, list[Span]]:
    """When each voice speaks alone, as far as its words are in the transcript.

    What was cut from it, such as a closed session, is not listened to.
    """
    said: dict[str, list[Span]] = {}
    for u in spoken:
        said.setdefault(u.voice, []).append((u.start_s, u.end_s))
    spans = {}
    for voice, free in alone(turns).items():
        cut = within([Turn(voice, a, b) for a, b in free], said.get(voice, []))
        spans[voice] = [(t.start_s, t.end_s) for t in cut]
    return spans


@lru_cache(maxsize=1)
def _samples() -> VoiceSamples:
    return VoiceSamples()
