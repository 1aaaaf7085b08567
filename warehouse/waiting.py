"""What waits for a person, the most damaging doubt first: voices, findings, links, minutes.

All kinds of doubt are put in one order by one measure: the words for which the archive would say
something wrong if nobody looked, weighed as ``warehouse.doubts`` weighs them. A wrong name or
finding is shown as if it were so and counts ten times; a link that waits counts by how likely it is
true, because until then a recommendation seems unanswered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matters_arising.errors import NotInArchiveError
from transcripts.about import Thing
from transcripts.ledger import Decision
from transcripts.minutes import place
from warehouse import sql
from warehouse.doubts import WRONG_TO_MISSING, Unsure, unsure
from warehouse.listings import FindingRow, MeetingRow, finding_row, meetings
from warehouse.reader import Reader
from warehouse.register import ProposedLink, proposals
from warehouse.unheard import PointAlone, points_alone

VOICE, FINDING, LINK, MINUTES = "voice", "finding", "link", "minutes"
KINDS = (VOICE, FINDING, LINK, MINUTES)
# which decisions settle it
SETTLES = {VOICE: "speaker", FINDING: "finding", LINK: "link", MINUTES: "minuted"}
SURE = 0.6  # of a finding: below it, one is little more likely to be right than to be wrong
# a wrong recommendation enters the register and is followed, a wrong promise is chased
WEIGHT = {"recommendation": 3.0, "undertaking": 2.0}


@dataclass(frozen=True, slots=True)
class PointToConfirm:
    """A point of the minutes that may be the wording of a recommendation; ``quote`` was said."""

    point_id: str
    reference: str
    finding_id: str
    meeting_id: str
    date: date
    committee: str
    state: str
    minuted: str
    item: str
    minute_no: str
    label: str
    vote: str
    score: float
    reasons: str
    quote: str
    speaker: str
    start_s: float
    end_s: float
    sentence_id: str
    transcript_version: str
    recording_sha256: str
    link: str

    @property
    def where(self) -> str:
        """Where it stands in the minutes."""
        return place(self.minute_no, self.item)


About = Unsure | FindingRow | ProposedLink | PointToConfirm | PointAlone


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that waits. ``id`` is the same as long as it is the same thing."""

    id: str
    kind: str
    meeting_id: str
    committee: str
    date: date
    at_risk: float
    thing: Thing
    about: About

    def settled_by(self, line: Decision) -> bool:
        """Whether a line, which stands, decides it."""
        return bool(self.settled_as & set(_settles(line))) and self.thing.is_about(line)

    @property
    def settled_as(self) -> set[tuple[str, ...]]:
        """What ``_settles`` says of the lines that decide it."""
        t, kind = self.thing, SETTLES[self.kind]
        if self.kind == VOICE:
            return {(kind, t.recording_sha256, t.voice)}
        if self.kind == FINDING:
            return {(kind, t.finding_id)}
        if isinstance(self.about, PointAlone):
            return {("point", t.point_id)}
        return {(kind, reference, t.claim_id or t.point_id) for reference in t.references}


def _settles(line: Decision) -> Iterator[tuple[str, ...]]:
    """What a line decides. A point that is tied to any recommendation waits no more by itself."""
    if line.kind == "speaker":
        yield (line.kind, line.recording_sha256, line.voice)
    elif line.kind == "finding":
        yield (line.kind, line.finding_id)
    elif line.kind in ("link", "minuted"):
        yield (line.kind, line.reference.lower(), line.claim_id or line.point_id)
    if line.kind == "point" or (line.kind, line.verdict) == ("minuted", "accepted"):
        yield ("point", line.point_id)


def cases(reader: Reader, meeting_id: str = "") -> list[Case]:
    """Everything that waited when the warehouse was loaded, worst first; of one meeting if asked.

    Raises NotInArchiveError for a meeting that is not held.
    """
    held = {m.meeting_id: m for m in meetings(reader)}
    if meeting_id and meeting_id not in held:
        raise NotInArchiveError("meeting", meeting_id, list(held))
    found = [
        *_voices(reader, held, meeting_id),
        *_findings(reader),
        *_links(reader, held),
        *_points(reader),
        *_points_alone(reader),
    ]
    own = [c for c in found if meeting_id in ("", c.meeting_id)]
    return sorted(own, key=lambda c: (-c.at_risk, c.id))


def unsettled(found: Sequence[Case], standing: Iterable[Decision]) -> list[Case]:
    """Those that no line settles: also lines that were written after the load."""
    settled = {each for line in standing for each in _settles(line)}
    return [case for case in found if not case.settled_as & settled]


def _voices(reader: Reader, held: dict[str, MeetingRow], meeting_id: str) -> list[Case]:
    out = []
    for voice in unsure(reader, meeting_id):
        thing = Thing(recording_sha256=voice.recording_sha256, voice=voice.voice)
        key = (voice.recording_sha256, voice.voice)
        out.append(_case(VOICE, key, held[voice.meeting_id], voice.at_risk, thing, voice))
    return out


def _findings(reader: Reader) -> list[Case]:
    out = []
    for row in sql.rows(reader.con, "findings_doubtful", sure=SURE):
        f = finding_row(row)
        weight = WRONG_TO_MISSING * WEIGHT.get(f.kind, 1.0)
        risk = weight * (1 - (f.score or 0.0)) * len(f.quote.split())
        thing = Thing(finding_id=f.finding_id)
        out.append(_case(FINDING, (f.finding_id,), f, risk, thing, f))
    return out


def _links(reader: Reader, held: dict[str, MeetingRow]) -> list[Case]:
    out = []
    for link in proposals(reader):
        meeting = held.get(link.meeting_id)
        if meeting is None:
            continue
        risk = WRONG_TO_MISSING * link.score * len(link.text.split())
        thing = Thing(references=frozenset((link.reference.lower(),)), claim_id=link.claim_id)
        key = (link.reference, link.claim_id)
        out.append(_case(LINK, key, meeting, risk, thing, link))
    return out


def points_to_confirm(reader: Reader) -> list[PointToConfirm]:
    """Those that waited when the warehouse was loaded, in order of their meetings."""
    rows = sql.rows(reader.con, "points_to_confirm")
    return [PointToConfirm(**row) for row in rows]  # type: ignore[arg-type]


def _points(reader: Reader) -> list[Case]:
    out = []
    for point in points_to_confirm(reader):
        risk = WRONG_TO_MISSING * point.score * len(point.quote.split())
        thing = Thing(references=frozenset((point.reference.lower(),)), point_id=point.point_id)
        key = (point.reference, point.point_id)
        out.append(_case(MINUTES, key, point, risk, thing, point))
    return out


def _points_alone(reader: Reader) -> list[Case]:
    """Those that nobody heard: what may be missing from the register counts by its words."""
    out = []
    for point in points_alone(reader):
        weight = WEIGHT["recommendation"] if point.kind == "recommendation" else 1.0
        risk = weight * len(point.minuted.split())
        key = ("alone", point.meeting_id, point.point_id)
        out.append(_case(MINUTES, key, point, risk, Thing(point_id=point.point_id), point))
    return out


def _case(
    kind: str,
    key: Sequence[str],
    where: MeetingRow | FindingRow | PointToConfirm | PointAlone,
    risk: float,
    thing: Thing,
    about: About,
) -> Case:
    told = hashlib.sha256("\n".join((kind, *key)).encode()).hexdigest()[:12]
    return Case(
        told, kind, where.meeting_id, where.committee, where.date, round(risk, 1), thing, about
    )
