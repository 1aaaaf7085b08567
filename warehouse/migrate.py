"""Brings a database to the schema and the views of this version of the program."""

from __future__ import annotations

import logging

import duckdb

from matters_arising.errors import NewerSchemaError
from transcripts.processed import content_hash
from warehouse import sql

logger = logging.getLogger(__name__)

# In the order in which they stand on one another's shoulders; those of INNER are not public.
BELOW = ("store_voices", "store_links", "store_made", "store_linked", "store_placed")
VIEWS = (
    "meetings",
    "people",
    "items",
    "recordings",
    "transcripts",
    "engines",
    "coverage",
    "gaps",
    "voiceless",
    "speakers",
    "speaker_reasons",
    "utterances",
    "sentences",
    "findings",
    "finding_slots",
    "concerns",
    "recommendations",
    "undertakings",
    "decisions",
    "follow_ups",
    "motions",
    "claims",
    "links",
    "concern_threads",
    "minute_points",
    "register",
    "register_events",
    "data_dictionary",
)
UPON = ("store_found",)
INNER = (*BELOW, *UPON)


def migrate(con: duckdb.DuckDBPyConnection, source: str) -> None:
    """Applies what is missing; refuses what a newer version made. ``source`` is for the message."""
    sql.run(con, "begin_schema")
    applied = check_version(con, source)
    for name in sql.names("schema"):
        if number(name) not in applied:
            _apply(con, name)
    _make_views(con)


def check_version(con: duckdb.DuckDBPyConnection, source: str) -> set[int]:
    """The migrations a file has had.

    Raises NewerSchemaError where it has had one that this program does not know.
    """
    applied = sql.run(con, "migrations_applied").fetchall()
    known = newest()
    newer = [name for nr, name in applied if nr > known]
    if newer:
        raise NewerSchemaError(
            f"{source} was made by a newer version of this program (schema '{newer[-1]}', this "
            f"version knows up to {known:04d}); update the program, or delete the file and run "
            "'matters rebuild'"
        )
    return {nr for nr, _ in applied}


def number(name: str) -> int:
    """``0001_the_archive`` is migration 1."""
    return int(name.split("_", 1)[0])


def newest() -> int:
    """The last migration this program knows."""
    return number(sql.names("schema")[-1])


def _apply(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.begin()
    try:
        sql.run(con, name, "schema")
        sql.run(con, "record_migration", number=number(name), name=name)
        con.commit()
    except BaseException:
        con.rollback()
        raise
    logger.info("applied migration %s", name)


def views_are_ours(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file carries the views that this version of the program asks."""
    return sql.one(con, "fact", name="views")[0] == _views_wanted()


def _views_wanted() -> str:
    return content_hash(*(sql.text("views", name) for name in (*BELOW, *VIEWS, *UPON)))


def _make_views(con: duckdb.DuckDBPyConnection) -> None:
    """Views belong to the program, not to the file: they are made anew when their text changed."""
    if views_are_ours(con):
        return
    con.begin()
    try:
        for name in (*BELOW, *VIEWS, *UPON):
            sql.run(con, name, "views")
        sql.run(con, "set_fact", name="views", value=_views_wanted())
        con.commit()
    except BaseException:
        con.rollback()
        raise
