"""Minutes beside speech: read a document, match it to what was said, keep it, load it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.load import load_meeting
from flows.matching import matched, references_of
from flows.minutes_whose import check_body
from matters_arising.errors import BadInputError
from models.minutes.compare import Compared, compare
from models.minutes.match import ENGINE as MATCHER
from models.minutes.points import ENGINE as POINTS
from models.minutes.points import points_of
from models.minutes.voiced import Voiced, voiced_in
from models.protocols import Vectors
from transcripts.checks import after_the_meeting
from transcripts.executives import is_executive
from transcripts.keeping import kept_of
from transcripts.ledger import Decision, Ledger, withheld_names
from transcripts.meeting import Engine, Meeting
from transcripts.minutes import DECISIONS, DRAFT, MinutePoint, MinutesVersion
from transcripts.minutes_from.document import MOST_BYTES, check_size, read_document
from transcripts.minutes_from.fetch import Fetched, fetch
from transcripts.minutes_from.paper import Paper
from transcripts.network import is_address
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record, finished_minutes
from transcripts.redacting import without_points
from warehouse.masking import Masker

if TYPE_CHECKING:
    from transcripts.processed import Transcript


def add_minutes(
    source: str,
    meeting_id: str,
    *,
    home: Path,
    vectors: Vectors,
    state: str = DRAFT,
    approved_on: str = "",
    any_day: bool = False,
    private: bool = False,
    dry_run: bool = False,
    published_at: str = "",
) -> Compared:
    """1 gets a document, 2 reads its points, 3 matches them, 4 keeps them, 5 loads the meeting.

    ``dry_run`` ends after 3. ``any_day``: a document that tells another day or committee is of this
    meeting all the same. ``published_at``: where a file was fetched from, if it was. The words
    given back are masked as the archive's pages are.
    """
    record = Record(home)
    processed = record.read(meeting_id)
    if approved_on:
        after_the_meeting(date.fromisoformat(approved_on), processed.meeting.date.isoformat())
    if state == DECISIONS and not is_executive(processed.meeting.committee):
        raise BadInputError(
            f"published decisions are taken of an executive, which answers; {meeting_id} is of the "
            f"{processed.meeting.committee}: give its minutes when they are there"
        )
    got = gotten(source, private=private)
    paper = read_document(
        got.data,
        _name(got.address),
        agenda=processed.meeting.agenda,
        address=published_at or _url(got.address),
    )
    if not any_day:
        _check_day(paper, processed.meeting, _name(got.address))
        check_body(paper.head, processed.meeting, _name(got.address))
    made = MinutesVersion(
        meeting_id=meeting_id,
        document_sha256=hashlib.sha256(got.data).hexdigest(),
        source=published_at or _from_root(got.address),
        fetched_at=got.when,
        state=state,
        form=paper.form,
        engine=_engine(paper),
        points=points_of(paper, meeting_id, processed.meeting.committee),
        approved_on=approved_on,
        left_out=paper.left_out,
    )
    standing = Ledger(home).standing()
    made = matched(made, processed, standing, vectors)
    made = finished_minutes(without_points(made, kept_of(standing, meeting_id).points))
    if not dry_run:
        made = record.save_minutes(made)
        load_meeting(home, record.read(meeting_id))
    return shown(made, processed, standing)


def gotten(source: str, *, private: bool = False) -> Fetched:
    """The bytes of a file or an address."""
    if is_address(source):
        return fetch(source, MOST_BYTES, private=private)
    path = Path(source)
    if not path.is_file():
        raise BadInputError(f"there is no file {path}")
    check_size(path.stat().st_size, str(path))
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    return Fetched(path.read_bytes(), str(path), when)


def shown(
    minutes: MinutesVersion, processed: ProcessedMeeting, standing: Sequence[Decision]
) -> Compared:
    """Both sides as they may be shown: names of the public and withheld ones are taken out."""
    transcripts = [p.transcript for p in processed.transcripts]
    masker = Masker(
        processed.meeting.people,
        withheld_names(standing),
        [s.text for t in transcripts for s in t.sentences],
        [name for t in transcripts for name in t.public_names],
    )
    labels = {a.voice: a.label for t in _preferred(processed) for a in t.attributions}
    voiced = voiced_in(processed, references_of(processed, standing))
    masked = [_masked_voiced(v, labels, masker) for v in voiced]
    points = tuple(_masked_point(p, masker) for p in minutes.points)
    return compare(replace(minutes, points=points), masked)


def _masked_voiced(voiced: Voiced, labels: dict[str, str], masker: Masker) -> Voiced:
    return replace(
        voiced,
        wording=masker.text(voiced.wording),
        texts=tuple(map(masker.text, voiced.texts)),
        voice=masker.text(labels.get(voiced.voice, voiced.voice)),
    )


def _masked_point(point: MinutePoint, masker: Masker) -> MinutePoint:
    return replace(
        point,
        text=masker.text(point.text),
        lead=masker.text(point.lead),
        item_title=masker.text(point.item_title),
        mover=masker.text(point.mover),
        seconder=masker.text(point.seconder),
    )


def _preferred(processed: ProcessedMeeting) -> list[Transcript]:
    return [p.transcript for p in processed.transcripts if p.preferred]


def _check_day(paper: Paper, meeting: Meeting, name: str) -> None:
    if paper.day is None or paper.day == meeting.date:
        return
    raise BadInputError(
        f"{name} is of {paper.day:%-d %B %Y}, and the meeting {meeting.id} was on "
        f"{meeting.date:%-d %B %Y}: name the right meeting, or give --any-day where the document "
        "has it wrong"
    )


def _engine(paper: Paper) -> Engine:
    settings = {"form": paper.form, "match": MATCHER.version}
    return replace(POINTS, settings=settings)


def _name(source: str) -> str:
    return source if is_address(source) else Path(source).name


def _from_root(source: str) -> str:
    """A file as it is named from every folder: it is told of where its words are taken out."""
    return source if is_address(source) else str(Path(source).absolute())


def _url(source: str) -> str:
    return source if is_address(source) else ""
