"""Points of the minutes that nothing said was matched to, and what a person may decide of one.

It may be a recommendation that is held and was put in other words; one that was never heard, which
then enters the register; or nothing that this committee has to follow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from matters_arising.errors import BadInputError, NotInArchiveError
from transcripts.about import together
from transcripts.executives import is_executive
from transcripts.ledger import Decision, now, those_standing
from transcripts.minutes import place
from transcripts.references import next_reference
from transcripts.steps import ACCEPTED
from warehouse import sql
from warehouse.deciding import By
from warehouse.reader import Reader
from warehouse.register import RegisterFilters, register

UNFOLLOWED = "nothing to follow"
NEW, NOTHING = "new", "nothing"
MOST = 60  # recommendations to choose from


@dataclass(frozen=True, slots=True)
class PointAlone:
    """A point on which somebody is to act, as the last document has it."""

    point_id: str
    meeting_id: str
    date: date
    committee: str
    committee_code: str
    municipal_year: str
    state: str
    kind: str
    minuted: str
    heading: str
    item: str
    item_title: str
    minute_no: str
    label: str
    mover: str
    seconder: str
    vote: str
    addressee: str
    link: str

    @property
    def where(self) -> str:
        """Where it stands in the minutes."""
        return place(self.minute_no, self.item)


def points_alone(reader: Reader) -> list[PointAlone]:
    """Those of all meetings, the latest meeting first; also those that somebody decided about.

    What an executive resolves is its own decision, or its answer, and no recommendation.
    """
    rows = sql.rows(reader.con, "points_unmatched")
    found = [PointAlone(**row) for row in rows]  # type: ignore[arg-type]
    return [point for point in found if not is_executive(point.committee)]


def may_be(reader: Reader, point: PointAlone) -> list[tuple[str, str]]:
    """References with their wordings that a point may be of: its own meeting's, then the latest."""
    held = register(reader, RegisterFilters(committee=point.committee), today=date.today())
    told = [e for e in held if "/" in e.reference and e.meeting_date <= point.date.isoformat()]
    told.sort(key=lambda e: e.meeting_date, reverse=True)
    return [(e.reference, e.text_minuted or e.text_spoken) for e in told[:MOST]]


def point_alone(reader: Reader, point_id: str) -> PointAlone:
    """The one of this id.

    Raises NotInArchiveError with those there are.
    """
    found = points_alone(reader)
    for point in found:
        if point.point_id == point_id:
            return point
    raise NotInArchiveError(
        "point that is only in the minutes", point_id, [p.point_id for p in found]
    )


def answered(
    reader: Reader, point: PointAlone, by: By, answer: str, lines: Sequence[Decision]
) -> list[Decision]:
    """The lines that an answer amounts to: ``NEW``, ``NOTHING``, or a reference it is the words of.

    ``lines`` are all of the ledger: a number is given once, also where its line was undone.
    Raises BadInputError where it can be neither.
    """
    if answer == NOTHING:
        return [unfollowed(point, by)]
    if answer == NEW:
        return entered(point, by, lines)
    held = {known.lower(): known for known, _ in may_be(reader, point)}
    if answer.lower() not in held:
        told = f"'{answer}' is none that it can be" if answer else "choose the recommendation first"
        raise BadInputError(f"{told} (there is: {', '.join(held.values()) or 'none'})")
    return [tied(point, by, held[answer.lower()])]


def number_is_free(lines: Sequence[Decision]) -> Callable[[list[Decision]], None]:
    """For ``Ledger.append``: raises BadInputError where a number in ``lines`` is given by now."""
    numbers = {line.reference.lower() for line in lines if line.kind == "entry"}

    def given(held: list[Decision]) -> None:
        known = {n.lower() for d in held for n in (d.reference, d.verdict)}
        if taken := known & numbers:
            told = ", ".join(sorted(taken)).upper()
            raise BadInputError(f"{told} was given meanwhile; send your answer again")

    return given


def unless_answered(
    point: PointAlone, lines: Sequence[Decision]
) -> Callable[[list[Decision]], None]:
    """The same of an answer to a point, which is given once as well."""
    return together(lambda held: _undecided(held, point), number_is_free(lines))


def _undecided(lines: Sequence[Decision], point: PointAlone) -> None:
    """Raises BadInputError where lines that stand decide a point: it is one thing, once."""
    about = [
        line
        for line in those_standing(lines)
        if line.point_id == point.point_id
        and line.meeting_id in ("", point.meeting_id)
        and (line.kind in ("entry", "point") or (line.kind, line.verdict) == ("minuted", ACCEPTED))
    ]
    if about:
        told = next((line.reference for line in about if line.reference), UNFOLLOWED)
        back = " and ".join(f"matters decide undo {line.id}" for line in about)
        raise BadInputError(f"this point is decided already ({told}); to take that back: {back}")


def tied(point: PointAlone, by: By, reference: str) -> Decision:
    """That the point is the wording of a recommendation that is held."""
    return _line(point, by, "minuted", ACCEPTED, reference=reference)


def unfollowed(point: PointAlone, by: By) -> Decision:
    """That nothing of it is to be followed here."""
    return _line(point, by, "point", UNFOLLOWED)


def entered(point: PointAlone, by: By, lines: Sequence[Decision]) -> list[Decision]:
    """That it is a recommendation which nobody heard: the entry, and the point as its wording."""
    series = f"{point.committee_code}/{point.municipal_year}/"
    reference = next_reference(series, lines)
    told = {
        "committee": point.committee,
        "meeting_date": point.date.isoformat(),
        "agenda_item": " ".join(filter(None, (point.item, point.item_title))),
        "minute_no": point.minute_no,
        "kind": point.kind,
        "proposer": point.mover,
        "seconder": point.seconder,
        "recipient": point.addressee,
    }
    values = tuple((column, value) for column, value in told.items() if value)
    entry = _line(point, by, "entry", point.minuted, reference=reference, values=values)
    return [entry, tied(point, by, reference)]


def _line(
    point: PointAlone,
    by: By,
    kind: str,
    verdict: str,
    *,
    reference: str = "",
    values: tuple[tuple[str, str], ...] = (),
) -> Decision:
    return Decision(
        kind=kind,
        verdict=verdict,
        who=by.who,
        when=now(),
        why=by.why,
        meeting_id=point.meeting_id,
        point_id=point.point_id,
        reference=reference,
        values=values,
    )
