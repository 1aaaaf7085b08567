"""Where what a person decides about was said or minuted, so that a re-run finds it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from matters_arising.errors import BadInputError, NotInArchiveError
from transcripts.life import Entry
from warehouse import making, sql
from warehouse.listings import finding
from warehouse.reader import Reader
from warehouse.register import life


def claim_said(reader: Reader, claim_id: str, reference: str) -> dict[str, Any]:
    """Meeting, recording, seconds and words of a claim, by the names of a decision's fields.

    ``values`` are its state and the day on which it was said, as whoever decides has seen them.
    Raises NotInArchiveError, with those told of the recommendation, where no such claim is held.
    """
    found = sql.rows(reader.con, "claim_said", claim_id=claim_id)
    if not found:
        told = making.told_of(reader.con, _one(reader, reference))
        raise NotInArchiveError("claim", claim_id, [t.claim_id for t in told])
    said: dict[str, Any] = found[0]
    seen = {"state": said.pop("status"), "said_on": said.pop("day").isoformat()}
    return {**said, "values": tuple(seen.items())}


def said_after(reader: Reader, entry: Entry, where: Mapping[str, Any]) -> None:
    """Raises BadInputError for a claim said before the recommendation was made.

    ``where`` is what ``claim_said`` tells of the claim.
    """
    day = dict(where["values"])["said_on"]
    before = bool(entry.meeting_date) and day < entry.meeting_date
    if entry.finding_id and where["meeting_id"] == entry.meeting_id:
        made = finding(reader, entry.finding_id)
        same = made.recording_sha256 == where["recording_sha256"]
        before = same and where["start_s"] < made.start_s
    if before:
        raise BadInputError(
            f"that was said on {day}, before {entry.reference} was made ({entry.meeting_date}); it "
            "cannot be about it"
        )


def check_point(reader: Reader, point_id: str, reference: str) -> str:
    """The meeting of a point of minutes.

    Raises NotInArchiveError, with those matched to the recommendation, for no point held.
    """
    found = sql.rows(reader.con, "points_by_id", point_ids=[point_id])
    if not found:
        points = making.minuted_of(reader.con, _one(reader, reference))
        raise NotInArchiveError("point of the minutes", point_id, [p.point_id for p in points])
    return str(found[0]["meeting_id"])


def _one(reader: Reader, reference: str) -> dict[str, object]:
    entry = life(reader, reference, today=date.today()).entry
    return {"every": False, "keys": [entry.reference.lower()]}
