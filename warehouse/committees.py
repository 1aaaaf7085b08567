"""Committees, and how much of each is held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matters_arising.errors import NotInArchiveError
from warehouse import sql
from warehouse.office import key_of
from warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Committee:
    """``key`` is its place in an address: its code, or its name where two share a code.

    Shares are of all its preferred transcripts together; ``not_heard`` are meetings without words.
    """

    key: str
    council: str
    committee: str
    code: str
    meetings: int
    first: date
    last: date
    hours: float
    share_transcribed: float | None
    share_named: float | None
    not_heard: int


def committees(reader: Reader) -> list[Committee]:
    """Every committee, by council and name."""
    rows = sql.rows(reader.con, "committee_listing")
    codes = [key_of(str(row["code"])) for row in rows]
    names = [key_of(str(row["committee"])) for row in rows]
    out = []
    for row, code, name in zip(rows, codes, names, strict=True):
        alone = code and codes.count(code) == 1 and code not in names
        key = code if alone else name
        if not alone and names.count(name) > 1:
            key = f"{name}-{key_of(str(row['council']))}"
        out.append(Committee(key=key, **row))  # type: ignore[arg-type]
    return out


def committee(reader: Reader, key: str) -> Committee:
    """The committee of this key, code or name. Raises NotInArchiveError with those held."""
    held = committees(reader)
    wanted = key_of(key)
    for one in held:
        if wanted == one.key:
            return one
    for one in held:
        if wanted in (key_of(one.code), key_of(one.committee)):
            return one
    raise NotInArchiveError("committee", key, [one.committee for one in held])


def named(reader: Reader, committee: str, brought: Iterable[str] = ()) -> set[str]:
    """The names of a committee, folded, told by name or code; also one that a tracker brought.

    Raises NotInArchiveError with those held.
    """
    found = sql.run(reader.con, "committee_named", committee=committee).fetchall()
    names = {str(name).casefold() for (name,) in found}
    names |= {name.casefold() for name in brought} & {committee.casefold()}
    if not names:
        held = [str(c) for (c,) in sql.run(reader.con, "all_committees").fetchall()]
        raise NotInArchiveError("committee", committee, held)
    return names


@dataclass(frozen=True, slots=True)
class EngineUsed:
    """An engine that made what is shown, and of how many meetings."""

    task: str
    engine: str
    engine_version: str
    model: str
    meetings: int


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of all that was recorded is here; shares are absent where nothing is held."""

    hours: float | None
    share_transcribed: float | None
    share_with_voice: float | None
    share_named: float | None
    share_in_items: float | None
    meetings_not_heard: int


def engines_used(reader: Reader) -> list[EngineUsed]:
    """Which engines made what is shown."""
    return [EngineUsed(**row) for row in sql.rows(reader.con, "engines_used")]  # type: ignore[arg-type]


def covered(reader: Reader) -> Covered:
    """How much of the whole archive is there."""
    (row,) = sql.rows(reader.con, "coverage_of_all")
    return Covered(**row)  # type: ignore[arg-type]
