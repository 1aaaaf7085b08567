"""What a page that plays a meeting needs: its recordings, its chapters, one utterance by its id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from matters_arising.errors import NotInArchiveError
from transcripts.open_session import WHY as NOT_IN_OPEN_SESSION
from transcripts.redacting import WHY as REDACTED
from warehouse import sql
from warehouse.reader import Reader

_ID = re.compile(r"([0-9a-f]{12}):(\d{1,12})")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recording of a meeting, in order from 0.

    ``path`` is where the file lay when it was processed, or empty; it is never to be shown.
    ``closed``: a part of the meeting was held in private, and the file may hold its sound.
    ``redacted``: words were taken out of its transcript, and the file holds them still.
    """

    position: int
    recording_sha256: str
    path: str
    closed: bool
    redacted: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a meeting under one item: ``place`` counts utterances from 0."""

    item: str
    title: str
    place: int
    utterance_id: str
    transcript_version: str
    start_s: float
    link: str


@dataclass(frozen=True, slots=True)
class Found:
    """An utterance that holds the words looked for; ``place`` as in ``Chapter``."""

    utterance_id: str
    speaker: str
    item: str
    start_s: float
    text: str
    link: str
    transcript_version: str
    place: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """One utterance with all that is needed to quote it; it is also ``citing.Quotable``.

    ``heard`` is what the engine wrote, where names in ``text`` were mended.
    """

    utterance_id: str
    voice: str
    speaker: str
    person: str | None
    item: str
    start_s: float
    end_s: float
    text: str
    heard: str | None
    link: str
    transcript_version: str
    recording_sha256: str
    position: int
    words: int
    words_overlapped: int
    overlapped: str
    meeting_id: str
    committee: str
    date: date
    item_title: str
    machine_made: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What was said just before or after; ``position`` counts within the transcript."""

    position: int
    speaker: str
    text: str
    start_s: float
    link: str
    utterance_id: str
    transcript_version: str


def recordings(reader: Reader, meeting_id: str) -> list[Recorded]:
    """The recordings of a meeting; none where it is not held."""
    return _recordings(reader, meeting_id=meeting_id) if meeting_id else []


def recording(reader: Reader, recording_sha256: str) -> Recorded | None:
    """The recording of this sha256, where a file of it was known."""
    held = _recordings(reader, recording_sha256=recording_sha256) if recording_sha256 else []
    return next((r for r in held if r.path), None)


def _recordings(
    reader: Reader, *, meeting_id: str = "", recording_sha256: str = ""
) -> list[Recorded]:
    rows = sql.rows(
        reader.con,
        "recordings_of",
        meeting_id=meeting_id,
        recording_sha256=recording_sha256,
        closed=NOT_IN_OPEN_SESSION,
        redacted=REDACTED,
    )
    return [Recorded(**row) for row in rows]  # type: ignore[arg-type]


def files(reader: Reader) -> dict[str, list[tuple[str, int]]]:
    """The meetings that each file is a recording of, each with the file's place in it."""
    out: dict[str, list[tuple[str, int]]] = {}
    for path, meeting_id, position in sql.run(reader.con, "recorded_files").fetchall():
        out.setdefault(str(path), []).append((str(meeting_id), int(position)))
    return out


def chapters(reader: Reader, meeting_id: str) -> list[Chapter]:
    """Where each item is taken up, in the order of the meeting."""
    rows = sql.rows(reader.con, "chapters", meeting_id=meeting_id)
    return [Chapter(**row) for row in rows]  # type: ignore[arg-type]


def said_with(reader: Reader, meeting_id: str, words: str, limit: int) -> list[Found]:
    """Utterances that hold these words as they are written; capitals and accents do not matter."""
    rows = sql.rows(reader.con, "said_with", meeting_id=meeting_id, words=words, rows=limit)
    return [Found(**row) for row in rows]  # type: ignore[arg-type]


def said_at(reader: Reader, meeting_id: str, start_s: float, position: int) -> tuple[str, str]:
    """Id and transcript version of what is being said at a second of a recording.

    Raises NotInArchiveError where nothing of that recording is held.
    """
    rows = sql.rows(
        reader.con, "said_at", meeting_id=meeting_id, start_s=start_s, position=position
    )
    if not rows:
        raise NotInArchiveError(f"recording of the meeting '{meeting_id}'", str(position + 1), None)
    return str(rows[0]["utterance_id"]), str(rows[0]["transcript_version"])


def quotation(reader: Reader, meeting_id: str, utterance_id: str, version: str) -> Quotation:
    """One utterance; ``version`` is the beginning of a transcript's version.

    Raises NotInArchiveError where there is none.
    """
    rows = sql.rows(
        reader.con,
        "said_by_id",
        meeting_id=meeting_id,
        utterance_id=utterance_id,
        version=version,
    )
    if not rows:
        raise NotInArchiveError(f"utterance of the meeting '{meeting_id}'", utterance_id, None)
    return Quotation(**rows[0])  # type: ignore[arg-type]


def said_now(reader: Reader, meeting_id: str, utterance_id: str) -> tuple[str, str] | None:
    """Id and version of what is now held where an utterance of a replaced transcript began.

    Its id tells the recording and the millisecond; None where it does not, or nothing is there.
    """
    told = _ID.fullmatch(utterance_id)
    if told is None:
        return None
    found = sql.rows(
        reader.con,
        "said_now",
        meeting_id=meeting_id,
        recording=told[1],
        start_s=int(told[2]) / 1000,
    )
    return (str(found[0]["utterance_id"]), str(found[0]["transcript_version"])) if found else None


def beside(reader: Reader, quoted: Quotation) -> list[Beside]:
    """What was said just before and just after."""
    rows = sql.rows(
        reader.con,
        "said_beside",
        meeting_id=quoted.meeting_id,
        version=quoted.transcript_version,
        position=quoted.position,
    )
    return [Beside(**row) for row in rows]  # type: ignore[arg-type]
