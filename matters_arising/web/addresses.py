"""The permanent addresses of what the pages show, and which addresses of others may be followed."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from transcripts.life import Entry
from warehouse.places import places
from warehouse.reader import Reader
from warehouse.threads import ThreadRow


def playable(link: Any) -> bool:
    """Whether a link out of a meeting file may be clicked: it leads to a web address."""
    try:
        parts = urlsplit(str(link))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def meeting_address(meeting_id: str) -> str:
    """The page of a meeting."""
    return f"/meeting/{quote(meeting_id)}"


def anchor(transcript_version: str, utterance_id: str) -> str:
    """What an utterance is called on its page, for good."""
    return f"{transcript_version[:8]}-{utterance_id}"


def utterance_address(
    meeting_id: str, transcript_version: str, utterance_id: str, start_s: float | None = None
) -> str:
    """Where an utterance stands in its meeting, also on a later page of it.

    ``start_s`` is where in it the player is to begin, if not at its beginning.
    """
    asked = {"utterance": utterance_id, "version": transcript_version[:8]}
    where = urlencode(asked | ({"t": f"{start_s:.1f}"} if start_s else {}), safe=":")
    return f"{meeting_address(meeting_id)}?{where}#{_name(transcript_version, utterance_id)}"


def said_address(meeting_id: str, transcript_version: str, utterance_id: str) -> str:
    """The page of one utterance alone, by which it is quoted."""
    return f"/said/{quote(meeting_id)}/{_name(transcript_version, utterance_id)}"


def _name(transcript_version: str, utterance_id: str) -> str:
    return quote(anchor(transcript_version, utterance_id), safe=":")


def concern_address(place: str) -> str:
    """The page of a worry, by where it was voiced."""
    return f"/concern/{quote(place, safe=':')}"


def recommendation_address(reference: str) -> str:
    """The page of a recommendation, by its reference, or by where it was put if it has none."""
    return f"/recommendation/{quote(reference, safe=':/')}"


def address_of(reader: Reader, row: Entry | ThreadRow) -> str:
    """The permanent page of a recommendation or a worry."""
    if isinstance(row, ThreadRow):
        first = row.concerns[0].finding_id
        return concern_address(places(reader).get(first, first))
    numbered = "/" in row.reference
    place = "" if numbered else places(reader).get(row.finding_id, "")
    return recommendation_address(place or row.reference)
