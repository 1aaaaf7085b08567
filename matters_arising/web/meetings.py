"""The page of a meeting, which plays it, and the page of one utterance, by which it is quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query, Request

from matters_arising.errors import NotInArchiveError
from matters_arising.web.addresses import anchor, said_address
from matters_arising.web.reading import Data, Offset, Reading, around
from matters_arising.web.recordings import Part, parts
from warehouse import listings, meeting, playing
from warehouse.citing import citations
from warehouse.listings import FindingRow, MeetingRow
from warehouse.meeting import CoverageRow, Said, SpeakerRow
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.withheld import check_nothing_withheld_since

PAGE = 400  # utterances of a transcript at a time
MOST_FOUND = 200  # utterances that hold the words looked for in a meeting


@dataclass(frozen=True, slots=True)
class Asked:
    """Where in a meeting the reader wants to be; ``part`` is a recording, from 1.

    ``made_anew``: the utterance is of a replaced transcript, and this is what stands there now.
    """

    utterance: str
    version: str
    start_s: float | None
    part: int
    made_anew: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What the warehouse holds of a meeting, beside its words; the same until the next load."""

    meeting: MeetingRow
    speakers: list[SpeakerRow]
    coverage: list[CoverageRow]
    chapters: list[playing.Chapter]
    findings: dict[str, list[FindingRow]]


def one_meeting(
    request: Request,
    reader: Reading,
    meeting_id: str,
    offset: Offset = 0,
    utterance: Annotated[str, Query(max_length=100)] = "",
    version: Annotated[str, Query(max_length=100)] = "",
    t: Annotated[float | None, Query(ge=0, le=10**7)] = None,
    part: Annotated[int, Query(ge=1, le=1000)] = 1,
    find: Annotated[str, Query(max_length=200)] = "",
) -> Data:
    """One meeting, with the page of its transcript that is asked for or holds what is asked for.

    ``t`` is a second of its recording number ``part``; ``find`` looks for words in it.
    """
    held = reader.kept(("meeting", meeting_id), lambda: _held(reader, meeting_id))
    asked = _asked(reader, meeting_id, utterance, version, t, part)
    if asked.utterance:
        place = meeting.place_of(reader, meeting_id, asked.utterance, asked.version)
        offset = place // PAGE * PAGE
    said = reader.kept(
        ("transcript", meeting_id, offset),
        lambda: meeting.transcript(reader, meeting_id, offset=offset, limit=PAGE + 1),
    )
    played = parts(reader, meeting_id, wanted=request.app.state.recordings)
    return {
        "meeting": held.meeting,
        "coverage": held.coverage,
        "played": played,
        "playing": _playing(played, said, asked),
        "chapters": held.chapters,
        "speakers": held.speakers,
        "findings": held.findings,
        "transcript": said[:PAGE],
        "beside": _beside(said[:PAGE], held.findings.values()),
        "asked_for": anchor(asked.version, asked.utterance) if asked.utterance else "",
        "made_anew": asked.made_anew,
        "find": find,
        "found": _found(reader, meeting_id, find),
        "page_size": PAGE,
        **around(offset, PAGE, more=len(said) > PAGE),
    }


def _held(reader: Reader, meeting_id: str) -> Held:
    speakers = meeting.speakers(reader, meeting_id)
    (row,) = listings.meetings(reader, Filters(meeting=meeting_id))
    return Held(
        row,
        speakers,
        meeting.coverage(reader, meeting_id),
        playing.chapters(reader, meeting_id),
        listings.findings_of(reader, meeting_id),
    )


def _asked(
    reader: Reader, meeting_id: str, utterance: str, version: str, t: float | None, part: int
) -> Asked:
    if utterance:
        found, anew = _quoted(reader, meeting_id, utterance, version)
        return Asked(found.utterance_id, found.transcript_version, t, part, anew)
    if t is None:
        return Asked("", "", None, part)
    said, by = playing.said_at(reader, meeting_id, t, part - 1)
    return Asked(said, by, t, part)


def _quoted(
    reader: Reader, meeting_id: str, utterance: str, version: str
) -> tuple[playing.Quotation, bool]:
    """An utterance; where its transcript was made anew since, what is said there now, and True."""
    try:
        return playing.quotation(reader, meeting_id, utterance, version), False
    except NotInArchiveError:
        now = playing.said_now(reader, meeting_id, utterance)
        if now is None:
            raise
        return playing.quotation(reader, meeting_id, *now), True


def _playing(played: Sequence[Part], said: Iterable[Said], asked: Asked) -> dict[int, float]:
    """The second at which each part begins to play: the one asked for, else its beginning."""
    at = dict.fromkeys((p.number for p in played), 0.0)
    wanted = next((s for s in said if s.utterance_id == asked.utterance), None)
    of = {p.recording_sha256: p.number for p in played}
    if wanted and wanted.recording_sha256 in of:
        start_s = wanted.start_s if asked.start_s is None else asked.start_s
        at[of[wanted.recording_sha256]] = start_s
    return at


def _beside(
    said: Iterable[Said], findings: Iterable[Sequence[FindingRow]]
) -> dict[str, list[FindingRow]]:
    """What was found in each utterance of a page, by its anchor."""
    here = {anchor(s.transcript_version, s.utterance_id) for s in said}
    out: dict[str, list[FindingRow]] = defaultdict(list)
    for rows in findings:
        for row in rows:
            name = anchor(row.transcript_version, row.utterance_id)
            if name in here:
                out[name].append(row)
    return {name: sorted(rows, key=lambda r: r.start_s) for name, rows in out.items()}


def _found(reader: Reader, meeting_id: str, find: str) -> list[playing.Found]:
    words = find.strip()
    if not words:
        return []
    check_nothing_withheld_since(reader)
    return playing.said_with(reader, meeting_id, words, MOST_FOUND)


def said(request: Request, reader: Reading, meeting_id: str, name: str) -> Data:
    """One utterance with its citation, its finding, and what was said just before and after."""
    version, _, utterance = name.partition("-")
    if len(version) != 8 or not utterance:
        raise NotInArchiveError(f"utterance of the meeting '{meeting_id}'", name, None)
    quoted, made_anew = _quoted(reader, meeting_id, utterance, version)
    (cited,) = citations(reader, [quoted])
    base = str(request.base_url).rstrip("/")
    where = said_address(meeting_id, quoted.transcript_version, quoted.utterance_id)
    held = reader.kept(("meeting", meeting_id), lambda: _held(reader, meeting_id))
    evidence = next((s for s in held.speakers if s.voice == quoted.voice), None)
    played = parts(reader, meeting_id, wanted=request.app.state.recordings)
    return {
        "meeting": held.meeting,
        "quotation": quoted,
        "made_anew": made_anew,
        "citation": cited,
        "as_text": f"“{quoted.text}” – {cited} {base}{where}",
        "beside": playing.beside(reader, quoted),
        "reasons": evidence.reasons if evidence else (),
        "decided_by": evidence.decided_by if evidence else "machine",
        "played": [p for p in played if p.recording_sha256 == quoted.recording_sha256],
    }


# address (without .json), its JSON twin, template, what it shows
MEETING_PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/meeting/{meeting_id:path}", "/meeting/{meeting_id:path}.json", "meeting.html", one_meeting),
    (
        "/said/{meeting_id:path}/{name}",
        "/said/{meeting_id:path}/{name}.json",
        "said.html",
        said,
    ),
)
