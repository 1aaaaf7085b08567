"""Whether words stand anywhere in a warehouse, in whatever table and however compressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from warehouse import sql
from warehouse.publish import generations
from warehouse.reader import READER_SETTINGS


def mentions(home: Path, words: Iterable[str]) -> set[tuple[str, str]]:
    """Generation and word of all that are found, in any column of any table; case does not matter.

    Text is compressed on disk, so that looking at the bytes of a file would not tell.
    """
    wanted = {w.casefold(): w for w in words}
    found: set[tuple[str, str]] = set()
    for path in generations(home).values():
        con = duckdb.connect(str(path), read_only=True, config=READER_SETTINGS)
        try:
            for table in _tables(con):
                rows = con.table(table)
                while some := rows.fetchmany(2_000):
                    text = " ".join(map(str, some)).casefold()
                    found |= {(path.name, wanted[w]) for w in wanted if w in text}
        finally:
            con.close()
    return found


def own_words() -> Iterator[str]:
    """The words that every warehouse holds: names of tables and columns, and their comments."""
    for folder in ("schema", "views"):
        yield from (sql.text(folder, name) for name in sql.names(folder))


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [str(name) for (name,) in sql.run(con, "tables").fetchall()]
