"""Which voices of a meeting a person should look at first, and what tells most about them.

A wrong name harms more than a missing one (design, promise 2), so the words that a name may be
wrong for count ten times those that have none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from matters_arising.errors import NotInArchiveError
from transcripts.steps import MACHINE
from transcripts.words import UNKNOWN_VOICE
from warehouse import sql
from warehouse.meeting import SpeakerRow, speakers
from warehouse.reader import Reader

WRONG_TO_MISSING = 10.0


@dataclass(frozen=True, slots=True)
class Line:
    """A turn; ``own`` is whether it is the voice's own, else it stands before or after one."""

    speaker: str
    text: str
    start_s: float
    link: str
    own: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """A voice that no person has decided about. ``at_risk`` orders them; ``passages`` tell of it.

    A passage is one of its turns with the one before and the one after, as far as there are such.
    """

    voice: str
    speaker: str
    person: str | None
    kind: str
    words: int
    share: float
    margin: float
    at_risk: float
    reasons: tuple[str, ...]
    passages: tuple[tuple[Line, ...], ...]
    recording_sha256: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """A voice that no person has decided about, as it stands in a queue; ``doubt_of`` tells all."""

    meeting_id: str
    voice: str
    speaker: str
    person: str | None
    kind: str
    words: int
    at_risk: float
    recording_sha256: str


def unsure(reader: Reader, meeting_id: str = "") -> list[Unsure]:
    """The voices that wait for a person, in all meetings or in one; in no order."""
    rows = sql.rows(reader.con, "voices_unsure", meeting_id=meeting_id, unknown=UNKNOWN_VOICE)
    out = []
    for row in rows:
        words, margin = int(str(row["words"])), float(str(row.pop("margin")))
        risk = at_risk(row["kind"] == "named", words, margin)
        out.append(Unsure(**row, at_risk=round(risk, 1)))  # type: ignore[arg-type]
    return out


def doubt_of(reader: Reader, voice: Unsure) -> Doubt | None:
    """What is known of a voice, also once it is decided; None where it is not held any more."""
    try:
        rows = speakers(reader, voice.meeting_id)
    except NotInArchiveError:
        return None
    key = (voice.recording_sha256, voice.voice)
    found = next((s for s in rows if (s.recording_sha256, s.voice) == key), None)
    return _doubt(found, _passages(reader, voice.meeting_id)) if found else None


def doubts(reader: Reader, meeting_id: str) -> list[Doubt]:
    """The voices that wait for a person, the most damaging doubt first.

    Raises NotInArchiveError where the meeting is not held.
    """
    waiting = [s for s in speakers(reader, meeting_id) if s.decided_by == MACHINE and s.words]
    told = _passages(reader, meeting_id)
    found = [_doubt(s, told) for s in waiting if s.voice != UNKNOWN_VOICE]
    return sorted(found, key=lambda d: (-d.at_risk, d.voice))


def at_risk(named: bool, words: int, margin: float) -> float:
    """How many words a wrong decision about a voice would harm, by the weight of the harm."""
    return WRONG_TO_MISSING * words / (1 + max(margin, 0.0)) if named else float(words)


def _doubt(s: SpeakerRow, told: dict[tuple[str, str], list[tuple[Line, ...]]]) -> Doubt:
    return Doubt(
        voice=s.voice,
        speaker=s.speaker,
        person=s.person,
        kind=s.kind,
        words=s.words,
        share=s.share,
        margin=s.margin,
        at_risk=round(at_risk(s.kind == "named", s.words, s.margin), 1),
        reasons=s.reasons,
        passages=tuple(told[s.recording_sha256, s.voice]),
        recording_sha256=s.recording_sha256,
    )


def _passages(reader: Reader, meeting_id: str) -> dict[tuple[str, str], list[tuple[Line, ...]]]:
    turns: dict[tuple[str, str, int], list[Line]] = defaultdict(list)
    for row in sql.rows(reader.con, "telling_lines", meeting_id=meeting_id):
        where = {name: row.pop(name) for name in ("recording_sha256", "voice", "turn")}
        key = (str(where["recording_sha256"]), str(where["voice"]), int(str(where["turn"])))
        turns[key].append(Line(**row))  # type: ignore[arg-type]
    made: dict[tuple[str, str], list[tuple[Line, ...]]] = defaultdict(list)
    for (recording, voice, _), lines in turns.items():
        made[recording, voice].append(tuple(lines))
    return made
