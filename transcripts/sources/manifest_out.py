"""Writes the ``meeting.toml`` of a meeting that came from a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tomli_w

from transcripts.manifest import initials
from transcripts.meeting import AgendaItem, Person
from transcripts.sources.landed import LandedFile
from transcripts.sources.meeting import SourceMeeting

HEAD = (
    "# Written by matters fetch. Once you change it, it is yours: what is fetched later then lies\n"
    "# beside it as meeting.fetched.toml.\n"
)


def manifest_text(meeting: SourceMeeting, meeting_id: str, files: Sequence[LandedFile]) -> bytes:
    """The meeting file, with the files as they lie beside it."""
    texts = {
        "title": meeting.title,
        "start": meeting.start,
        "language": meeting.language,
        "chair": _chair(meeting),
        "page": meeting.page,
        "link": meeting.link,
    }
    values: dict[str, Any] = {
        "id": meeting_id,
        "council": meeting.council,
        "committee": meeting.committee,
        "committee_code": meeting.committee_code or initials(meeting.committee),
        "date": meeting.date,
        **{k: v for k, v in texts.items() if v},
    }
    if meeting.people:
        values["people"] = [_person(p) for p in meeting.people]
    if meeting.agenda:
        values["agenda"] = [_item(a) for a in meeting.agenda]
    recordings = _recordings(files)
    if recordings:
        values["recordings"] = recordings
    return HEAD.encode() + tomli_w.dumps(values, multiline_strings=False).encode()


def _chair(meeting: SourceMeeting) -> str:
    """The chair, unless the people are told by a source that does not have them by this name."""
    known = not meeting.people or any(p.name == meeting.chair for p in meeting.people)
    return meeting.chair if known else ""


def _person(person: Person) -> dict[str, str]:
    told = {
        "name": person.name,
        "role": person.role,
        "kind": person.kind,
        "party": person.party,
        "ward": person.ward,
        "aliases": "|".join(person.aliases),
        "attendance": person.attendance,
    }
    return {k: v for k, v in told.items() if v}


def _item(item: AgendaItem) -> dict[str, Any]:
    told: dict[str, Any] = {"item": item.item, "title": item.title}
    if item.restricted:
        told["restricted"] = "true"
    if item.begins_s is not None:
        told["begins_s"] = item.begins_s
    return told


def _recordings(files: Sequence[LandedFile]) -> list[dict[str, Any]]:
    """A table a recording, by number; captions alone are one too."""
    tables = []
    for number in sorted({f.recording for f in files if f.kind in ("recording", "captions")}):
        mine = {f.kind: f for f in files if f.recording == number}
        table: dict[str, Any] = {}
        if "recording" in mine:
            table["file"] = mine["recording"].name
        if "captions" in mine:
            table["captions"] = mine["captions"].name
        first = mine.get("recording") or mine["captions"]
        tables.append({**table, "offset_s": first.offset_s})
    return tables
