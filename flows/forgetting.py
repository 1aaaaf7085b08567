"""A purged meeting's id in what Prefect and the run reports keep: replaced, and looked for after.

Prefect writes the id into names of runs, artifacts, logs and events. Rows are changed, not deleted,
so that its counts and pages stay whole; the database is then written anew, because a changed row
leaves the old one in the file.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.claims import FOLDER as AT_WORK
from flows.server import database_of, kept_by_another, without_password
from transcripts.whole import write_whole

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Table
    from sqlalchemy.ext.asyncio import AsyncEngine

logger = logging.getLogger(__name__)

REPORTS = "reports"
WAIT_S = 60  # for a server that is writing
PLACES = ("prefect", REPORTS, AT_WORK)  # folders of the home that are looked through after


@dataclass(frozen=True, slots=True)
class Traces:
    """What was replaced by ``name``, and what still holds the id: files, tables, other servers."""

    name: str
    rows: int
    files: int
    looked: int
    left: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """In one sentence."""
        done = (
            f"its id is '{self.name}' now in {self.rows} places of Prefect's database and "
            f"{self.files} reports"
        )
        if self.left:
            return f"{done}; it still stands in {', '.join(self.left)}"
        return f"{done}; looked through the database and {self.looked} files: it is not there"


def forget_id(home: Path, meeting_id: str, name: str) -> Traces:
    """Replaces the id of a meeting where it is only told that it was processed."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(meeting_id)}(?![\w-])")
    files = sum(_replaced(path, pattern, name) for path in sorted((home / REPORTS).glob("*")))
    for ending in ("lock", "json"):
        (home / AT_WORK / f"{meeting_id}.{ending}").unlink(missing_ok=True)
    rows, left = 0, list[str]()
    address = database_of(home)
    if kept_by_another():
        left.append(f"the Prefect server {kept_by_another()}, which is yours: look there")
    else:
        try:
            rows, left = asyncio.run(_in_database(address, meeting_id, pattern, name))
        except Exception as fault:  # a driver's own, a database that is locked or gone
            logger.info("Prefect's database was not changed", exc_info=True)
            why = (str(fault).splitlines() or [type(fault).__name__])[0]
            left.append(f"Prefect's database {without_password(address)}, unchanged ({why})")
    looked = [p for place in PLACES for p in sorted((home / place).rglob("*")) if p.is_file()]
    left += [str(p.relative_to(home)) for p in looked if _holds(p, pattern)]
    return Traces(name, rows, files, len(looked), tuple(left))


def _replaced(path: Path, pattern: re.Pattern[str], name: str) -> bool:
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    changed = pattern.sub(name, text)
    if changed == text:
        return False
    write_whole(path, changed.encode("utf-8", errors="surrogateescape"))
    return True


def _holds(path: Path, pattern: re.Pattern[str]) -> bool:
    """Whether the id is in a file, also in one of a database, where it touches other bytes."""
    return bool(pattern.search(path.read_bytes().decode("latin-1")))


async def _in_database(
    address: str, meeting_id: str, pattern: re.Pattern[str], name: str
) -> tuple[int, list[str]]:
    """The number of values changed, and the tables that hold the id all the same."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.ext.asyncio import create_async_engine

    url = make_url(address)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return 0, []
    engine = create_async_engine(url)
    try:
        async with engine.begin() as con:
            if con.dialect.name == "sqlite":
                await con.exec_driver_sql(f"PRAGMA busy_timeout = {WAIT_S * 1000}")
            rows = await con.run_sync(_changed, meeting_id, pattern, name)
        await _written_anew(engine)
        async with engine.connect() as con:
            left = await con.run_sync(lambda c: sorted(set(_tables_with(c, meeting_id, pattern))))
    finally:
        await engine.dispose()
    return rows, [f"Prefect's table {table}" for table in left]


async def _written_anew(engine: AsyncEngine) -> None:
    """Old rows stay in the file until it is: in SQLite's also in the log beside it."""
    async with engine.connect() as raw:
        con = await raw.execution_options(isolation_level="AUTOCOMMIT")
        if con.dialect.name == "sqlite":
            await con.exec_driver_sql(f"PRAGMA busy_timeout = {WAIT_S * 1000}")
            await con.exec_driver_sql("VACUUM")
            await con.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            await con.exec_driver_sql("VACUUM FULL")


def _changed(con: Connection, meeting_id: str, pattern: re.Pattern[str], name: str) -> int:
    from sqlalchemy import String, cast, literal, type_coerce, update

    changed = 0
    for table, column, key, text in list(_found(con, meeting_id)):
        told = pattern.sub(name, text)
        if told == text:
            continue
        value = literal(told, String)
        # SQLite keeps JSON as text; a cast to it would make a number of it
        new = (
            cast(value, column.type) if con.dialect.name != "sqlite" else type_coerce(value, String)
        )
        where = [own == part for own, part in zip(table.primary_key.columns, key, strict=True)]
        con.execute(update(table).where(*where).values({column: new}))
        changed += 1
    return changed


def _tables_with(con: Connection, meeting_id: str, pattern: re.Pattern[str]) -> Iterator[str]:
    yield from (table.name for table, _, _, text in _found(con, meeting_id) if pattern.search(text))


def _found(
    con: Connection, meeting_id: str
) -> Iterator[tuple[Table, Column[object], tuple[object, ...], str]]:
    """Every text of every table that holds the letters of the id, with the key of its row."""
    from sqlalchemy import JSON, String, Text, cast, select

    for table in _tables(con):
        keys = list(table.primary_key.columns)
        for column in table.columns if keys else ():
            if isinstance(column.type, String | JSON) and column not in keys:
                text = cast(column, Text)
                wanted = text.contains(meeting_id, autoescape=True)
                for *key, told in con.execute(select(*keys, text).where(wanted)):
                    yield table, column, tuple(key), str(told)


def _tables(con: Connection) -> Iterator[Table]:
    """The tables by names and columns: what Prefect's own know more is not asked for."""
    from sqlalchemy import Column, MetaData, Table, inspect

    about = inspect(con)
    for name in about.get_table_names():
        keys = set(about.get_pk_constraint(name)["constrained_columns"])
        columns = [
            Column(c["name"], c["type"], primary_key=c["name"] in keys)
            for c in about.get_columns(name)
        ]
        yield Table(name, MetaData(), *columns)
