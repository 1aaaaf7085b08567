"""Which names of a roster may be shown to whoever decides, and given to a voice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matters_arising.errors import MattersArisingError
from transcripts.ledger import Decision, withheld_names
from transcripts.record import Record
from transcripts.voice_decisions import roster_names
from warehouse.masking import Masker


def names_to_give(home: Path, meeting_id: str, standing: Sequence[Decision]) -> list[str]:
    """Those on a meeting's roster who may be named, in its order.

    Neither members of the public nor names that are withheld, with or without their titles. None
    where the record does not hold the meeting: nobody can be named in it then.
    """
    try:
        held = Record(home).read(meeting_id)
    except MattersArisingError:
        return []
    masker = Masker(held.meeting.people, withheld_names(standing))
    return [name for name in roster_names(held) if masker.text(name) == name]
