"""What the listings show: findings that stand, meetings, and what an archive holds in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matters_arising.errors import NotInArchiveError, UnknownValueError
from transcripts.finding import KINDS
from warehouse import sql
from warehouse.narrowing import narrowing
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.search import settled


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as the views show it; see the view ``findings`` for what each field is."""

    reference: str
    finding_id: str
    kind: str
    meeting_id: str
    date: date
    committee: str
    item: str
    item_title: str
    speaker: str
    person: str | None
    quote: str
    sentence: str
    start_s: float
    end_s: float
    link: str
    score: float | None
    rules: tuple[str, ...]
    agreed: bool | None
    addressee: str
    due: str
    action: str
    holder: str
    deadline: str
    condition: str
    whose: str
    matter: str
    wording: str
    standing: str
    decided_by: str
    decided_when: str | None
    sentence_id: str
    utterance_id: str
    transcript_version: str
    findings_version: str
    recording_sha256: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting; see the view ``meetings``, and ``coverage`` for the shares.

    These are of its preferred transcripts; None where there is no speech, or no word.
    """

    meeting_id: str
    council: str
    committee: str
    committee_code: str
    date: date
    title: str
    recordings: int
    transcripts: int
    hours: float
    sentences: int
    findings: int
    share_transcribed: float | None
    share_named: float | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds, counted over preferred transcripts; rejected findings left out."""

    meetings: int
    recordings: int
    transcripts: int
    hours: float
    sentences: int
    words: int
    voices: int
    voices_named: int
    people: int
    concerns: int
    recommendations: int
    undertakings: int
    decisions: int
    follow_ups: int
    gaps: int
    first: date | None
    last: date | None


def listing(reader: Reader, kind: str, filters: Filters | None = None) -> list[FindingRow]:
    """The findings of one kind that stand, in order of meeting and time.

    ``kind`` is one of ``transcripts.finding.KINDS``. Raises UnknownValueError for any other, and
    NotInArchiveError for a meeting, committee or speaker that is not held.
    """
    if kind not in KINDS:
        raise UnknownValueError("kind of finding", kind, KINDS)
    narrowed = settled(reader, filters or Filters())
    values = {**narrowing(narrowed), "kind": kind}
    return [finding_row(row) for row in sql.rows(reader.con, "listing", **values)]


def findings_of(reader: Reader, meeting_id: str) -> dict[str, list[FindingRow]]:
    """The findings that stand in one meeting, of every kind by its name, in the order said."""
    out: dict[str, list[FindingRow]] = {kind: [] for kind in KINDS}
    for row in sql.rows(reader.con, "findings_of_meeting", meeting_id=meeting_id):
        found = finding_row(row)
        out.setdefault(found.kind, []).append(found)
    return out


def recommendation(reader: Reader, reference: str) -> FindingRow:
    """The recommendation of this reference; capitals do not matter.

    Raises NotInArchiveError with the references that are held.
    """
    found = sql.rows(reader.con, "by_reference", reference=reference)
    if not found:
        held = [str(r) for (r,) in sql.run(reader.con, "all_references").fetchall()]
        raise NotInArchiveError("recommendation", reference, held)
    return finding_row(found[0])


def finding(reader: Reader, finding_id: str) -> FindingRow:
    """The finding of this id, also one that was rejected; from the preferred transcript first.

    Raises NotInArchiveError where there is none.
    """
    found = sql.rows(reader.con, "by_finding_id", finding_id=finding_id)
    if not found:
        raise NotInArchiveError("finding", finding_id)
    return finding_row(found[0])


def meetings(reader: Reader, filters: Filters | None = None) -> list[MeetingRow]:
    """The meetings that the filters leave, oldest first."""
    narrowed = settled(reader, filters or Filters())
    rows = sql.rows(reader.con, "meeting_listing", **narrowing(narrowed))
    return [MeetingRow(**row) for row in rows]  # type: ignore[arg-type]


def holdings(reader: Reader) -> Holdings:
    """What the archive holds."""
    (row,) = sql.rows(reader.con, "holdings")
    return Holdings(**row)  # type: ignore[arg-type]


def finding_row(row: dict[str, object]) -> FindingRow:
    row["rules"] = tuple(str(row["rules"]).split())
    return FindingRow(**row)  # type: ignore[arg-type]
