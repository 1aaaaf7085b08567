"""One meeting as it stands in the archive: who spoke, how it opened, how much of it is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matters_arising.errors import NotInArchiveError
from warehouse import sql
from warehouse.publish import live_generation
from warehouse.reader import Reader, open_reader


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One voice of a meeting, what it is called, and the evidence; strongest reason first."""

    voice: str
    speaker: str
    person: str | None
    kind: str
    words: int
    share: float
    margin: float
    decided_by: str
    reasons: tuple[str, ...]
    transcript_version: str
    recording_sha256: str


@dataclass(frozen=True, slots=True)
class Line:
    """Something said, by whom, when; ``link`` plays it."""

    speaker: str
    text: str
    start_s: float
    link: str
    sentence_id: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its seconds within its recording."""

    sentence_id: str
    speaker: str
    text: str
    start_s: float
    end_s: float
    link: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How much of one recording its preferred transcript holds; see the view ``coverage``."""

    duration_s: float
    share_transcribed: float | None
    words: int
    share_with_voice: float | None
    share_named: float | None
    share_in_items: float | None
    gaps: int
    source: str
    engine: str
    model: str
    transcript_version: str
    words_overlapped: int = 0
    words_without_voice: int = 0
    why_no_voice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance of a meeting, verbatim; see the view ``utterances``.

    ``overlapped`` are those of its words that were spoken while another voice was heard; ``heard``
    is what the engine wrote, where names in ``text`` were mended.
    """

    utterance_id: str
    voice: str
    speaker: str
    item: str
    start_s: float
    end_s: float
    text: str
    link: str
    transcript_version: str
    words: int = 0
    words_overlapped: int = 0
    overlapped: str = ""
    why_no_voice: str = ""
    recording_sha256: str = ""
    heard: str | None = None


def speakers(reader: Reader, meeting_id: str) -> list[SpeakerRow]:
    """Who spoke in a meeting, by the alphabet, unnamed voices by their number after the others.

    NotInArchiveError where it is not held.
    """
    _held(reader, meeting_id)
    rows = sql.rows(reader.con, "speakers_of", meeting_id=meeting_id)
    return [SpeakerRow(**{**r, "reasons": tuple(r["reasons"] or ())}) for r in rows]  # type: ignore


def opening(reader: Reader, meeting_id: str, k: int) -> list[Line]:
    """The first ``k`` utterances of a meeting."""
    _held(reader, meeting_id)
    rows = sql.rows(reader.con, "opening_of", meeting_id=meeting_id, k=k)
    return [Line(**row) for row in rows]  # type: ignore[arg-type]


def transcript(reader: Reader, meeting_id: str, *, offset: int, limit: int) -> list[Said]:
    """``limit`` utterances of a meeting from the ``offset``th on (from 0), in the order said."""
    _held(reader, meeting_id)
    rows = sql.rows(reader.con, "transcript", meeting_id=meeting_id, skipped=offset, rows=limit)
    return [Said(**row) for row in rows]  # type: ignore[arg-type]


def place_of(
    reader: Reader, meeting_id: str, utterance_id: str, transcript_version: str = ""
) -> int:
    """Where an utterance stands in ``transcript``; NotInArchiveError where it does not."""
    found = sql.rows(
        reader.con,
        "place_of",
        meeting_id=meeting_id,
        utterance_id=utterance_id,
        transcript_version=transcript_version,
    )
    if not found:
        raise NotInArchiveError(f"utterance of the meeting '{meeting_id}'", utterance_id)
    return int(str(found[0]["place"]))


def coverage(reader: Reader, meeting_id: str) -> list[CoverageRow]:
    """How much of each recording of a meeting is there."""
    _held(reader, meeting_id)
    rows = sql.rows(reader.con, "coverage_of", meeting_id=meeting_id)
    return [CoverageRow(**{**r, "why_no_voice": tuple(r["why_no_voice"] or ())}) for r in rows]  # type: ignore


def around(
    reader: Reader, sentence_id: str, transcript_version: str, *, before: int, after: int
) -> list[Line]:
    """A sentence with those around it, in order."""
    rows = sql.rows(
        reader.con,
        "sentences_around",
        sentence_id=sentence_id,
        transcript_version=transcript_version,
        before=before,
        after=after,
    )
    return [Line(**row) for row in rows]  # type: ignore[arg-type]


def said_between(
    reader: Reader, meeting_id: str, recording_sha256: str, from_s: float, to_s: float
) -> list[Sentence]:
    """What was said in a stretch of a recording (seconds within it), whole sentences."""
    rows = sql.rows(
        reader.con,
        "said_between",
        meeting_id=meeting_id,
        recording_sha256=recording_sha256,
        from_s=from_s,
        to_s=to_s,
    )
    return [Sentence(**row) for row in rows]  # type: ignore[arg-type]


def versions_held(home: Path, meeting_id: str) -> set[tuple[str, str]]:
    """Transcript and findings version of each transcript held of a meeting; empty without any."""
    if live_generation(home) is None:
        return set()
    with open_reader(home) as reader:
        found = sql.run(reader.con, "versions_of", meeting_id=meeting_id).fetchall()
    return {(str(t), str(f)) for t, f in found}


def _held(reader: Reader, meeting_id: str) -> None:
    if not sql.run(reader.con, "known_meeting", value=meeting_id).fetchone():
        known = [str(held) for (held,) in sql.run(reader.con, "all_meetings").fetchall()]
        raise NotInArchiveError("meeting", meeting_id, known)
