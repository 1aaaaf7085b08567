"""Findings by where they were said, which stays true when the recording is heard anew.

The id of a finding follows from the seconds at which an engine cut its sentence, so another engine
gives another. A place names the recording and the millisecond instead, as ids of utterances do,
and leads to what is found there now.
"""

from __future__ import annotations

import re

from transcripts.found_again import APART_S
from warehouse import sql
from warehouse.reader import Reader

PLACE = re.compile(r"([0-9a-f]{12}):(\d{1,12})(?:\.(\d{1,2}))?")


def places(reader: Reader) -> dict[str, str]:
    """The place of every concern and recommendation by its id, such as ``0f3a5c7e9b1d:63250``.

    The second of a kind in one sentence has ``.1`` at its end, and so on.
    """
    return reader.total("places", _places)


def _places(reader: Reader) -> dict[str, str]:
    rows = sql.run(reader.con, "placed").fetchall()
    return {
        str(found): f"{sha[:12]}:{round(start_s * 1000)}{f'.{part}' if part else ''}"
        for found, sha, start_s, part in rows
    }


def is_anew(reader: Reader, asked: str, finding_id: str) -> bool:
    """Whether a place was asked for that is not that of this finding, which is there now."""
    return PLACE.fullmatch(asked) is not None and asked != places(reader).get(finding_id)


def finding_at(reader: Reader, kind: str, place: str) -> str:
    """The id of the finding of this kind that is held at a place; empty without one.

    One that begins there, else the nearest of those that cover it or lie within three seconds,
    which is how late captions run.
    """
    told = PLACE.fullmatch(place)
    if told is None:
        return ""
    where = {"recording": told[1], "start_s": int(told[2]) / 1000, "apart_s": APART_S}
    part = int(told[3] or 0)
    found = sql.run(reader.con, "finding_at", kind=kind, part=part, **where).fetchone()
    return str(found[0]) if found else ""
