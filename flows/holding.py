"""Holding a meeting back until a day, and what whoever does it has to know."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.keeping import alone
from flows.load import loaded_ids, rebuild_alone
from matters_arising.errors import BadInputError
from transcripts.copies import Copy, holding
from transcripts.ledger import Decision, Ledger, now
from transcripts.manifest import MANIFEST_NAME
from transcripts.record import Record
from transcripts.sources.landed import WAITING_NAME


@dataclass(frozen=True, slots=True)
class Held:
    """The line that holds a meeting, and the earlier ones that would if it were undone.

    ``copies`` are exports and backups that have it. ``is_known``: it is in the archive or in the
    inbox; otherwise ``near`` are ids much like it.
    """

    line: Decision
    earlier: tuple[Decision, ...] = ()
    copies: tuple[Copy, ...] = ()
    is_known: bool = True
    near: tuple[str, ...] = ()


def hold(
    home: Path, meeting_id: str, until: date, who: str, why: str, *, inbox: Path | None = None
) -> Held:
    """Lets nobody see a meeting before a day, also one that is not processed yet."""
    if until <= date.today():
        raise BadInputError(f"{until} is not after today: name the day on which it may be shown")
    line = Decision("hold", "held", who, now(), why, meeting_id=meeting_id, day=f"{until}")
    with alone(home):
        before = _in_force(home, meeting_id)
        (made,) = Ledger(home).append([line])
        if meeting_id in loaded_ids(home):
            rebuild_alone(home)
    known = {*Record(home).meeting_ids(), *(_ids(inbox) if inbox else ())}
    near = difflib.get_close_matches(meeting_id, sorted(known), n=3)
    is_known = meeting_id in known
    return Held(
        made,
        tuple(before),
        tuple(holding(home, meeting_id)),
        is_known,
        () if is_known else tuple(near),
    )


def _in_force(home: Path, meeting_id: str) -> list[Decision]:
    """The lines that hold it beyond today, the last first: each would, were those after undone."""
    today = date.today().isoformat()
    standing = Ledger(home).standing()
    held = [d for d in standing if d.kind == "hold" and d.meeting_id == meeting_id]
    return [d for d in reversed(held) if d.day > today]


def _ids(inbox: Path) -> Iterator[str]:
    """The ids that the meeting files of an inbox give; what cannot be read is told elsewhere."""
    for name in (MANIFEST_NAME, WAITING_NAME):
        for path in inbox.rglob(name):
            try:
                yield str(tomllib.loads(path.read_text(encoding="utf-8-sig")).get("id", ""))
            except (OSError, ValueError):
                continue
