"""People who hold an office: what rosters say of them, what they said, what they moved.

A name has a page only where a roster has it as a councillor, an officer or a co-opted member, and
none has it as a member of the public. What they said is told, never what somebody makes of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from matters_arising.errors import NotInArchiveError
from warehouse import sql
from warehouse.listings import FindingRow, finding_row
from warehouse.masking import fold, plain_name
from warehouse.reader import Reader
from warehouse.since import since_load


@dataclass(frozen=True, slots=True)
class Office:
    """What rosters say: an office in a committee, and from when to when they say so."""

    council: str
    committee: str
    committee_code: str
    role: str
    kind: str
    ward: str
    party: str
    first: date
    last: date
    meetings: int
    apologies: int


@dataclass(frozen=True, slots=True)
class HeardIn:
    """A meeting in which a voice was taken for this person; ``by_person``: somebody decided so."""

    meeting_id: str
    committee: str
    date: date
    title: str
    utterances: int
    by_person: bool


@dataclass(frozen=True, slots=True)
class SaidBy:
    """One utterance, verbatim, and where it stands."""

    meeting_id: str
    committee: str
    date: date
    utterance_id: str
    transcript_version: str
    speaker: str
    item: str
    item_title: str
    start_s: float
    text: str
    link: str


def key_of(name: str) -> str:
    """A name as it stands in an address: ``councillor-helen-penrose``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def office_holders(reader: Reader) -> dict[str, str]:
    """The names that have a page, by their key; none that was withheld since the load."""
    hidden = since_load(reader).names
    held = reader.total("office holders", _by_key)
    if hidden is None:
        return held
    return {key: name for key, name in held.items() if hidden.text(name) == name}


def _by_key(reader: Reader) -> dict[str, str]:
    held = [str(name) for (name,) in sql.run(reader.con, "office_holders").fetchall()]
    return {key_of(name): name for name in held if plain_name(name) and key_of(name)}


def office_holder(reader: Reader, key: str) -> str:
    """The name with this key. Raises NotInArchiveError, which lists nobody."""
    name = office_holders(reader).get(key.lower())
    if name is None:
        raise NotInArchiveError("page of an office-holder", key, None)
    return name


def offices(reader: Reader, name: str) -> list[Office]:
    """What rosters say of a name, the latest first."""
    return [Office(**row) for row in sql.rows(reader.con, "offices_of", name=name)]  # type: ignore[arg-type]


def heard_in(reader: Reader, name: str) -> list[HeardIn]:
    """The meetings in which this person speaks, as far as it is known, the newest first."""
    return [HeardIn(**row) for row in sql.rows(reader.con, "heard_in", name=name)]  # type: ignore[arg-type]


def said_by(reader: Reader, name: str, *, offset: int, limit: int) -> list[SaidBy]:
    """What this person said, the newest meeting first, within one in the order said."""
    rows = sql.rows(reader.con, "said_by_person", name=name, skipped=offset, rows=limit)
    return [SaidBy(**row) for row in rows]  # type: ignore[arg-type]


def found_in(reader: Reader, name: str) -> list[FindingRow]:
    """The findings in what this person said, the newest meeting first."""
    return [finding_row(row) for row in sql.rows(reader.con, "found_by_person", name=name)]


def labels(reader: Reader, name: str) -> frozenset[str]:
    """What this person is called where they speak, and by their name."""
    found = sql.run(reader.con, "labels_of_person", name=name).fetchall()
    return frozenset({name, *(str(label) for (label,) in found)})
