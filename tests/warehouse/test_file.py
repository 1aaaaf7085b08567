"""How the file is laid out on disk: what that saves must never be what it holds."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from tests.warehouse import builders as b
from warehouse import batch, store
from warehouse.counting import WordForWord
from warehouse.matching import rank, understood
from warehouse.migrate import migrate
from warehouse.publish import LIVE_NAME
from warehouse.query import Filters
from warehouse.reader import LiveReader, open_reader

JUNE, JULY = (b.one_transcript(b.transcript(m)) for m in ("2026-06", "2026-07"))
COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default
FROM duckdb_columns() WHERE schema_name = 'store' AND table_name IN ('vector', 'code') ORDER BY ALL
"""


def _made(path: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.sql(query).fetchall()


def test_a_new_file_has_small_blocks_and_the_columns_of_the_schema(tmp_path: Path) -> None:
    """Tables that are laid out apart must not fall behind a migration."""
    store.load(tmp_path, [JUNE])
    con = duckdb.connect()
    migrate(con, "made here")

    columns = _made(tmp_path / LIVE_NAME, COLUMNS)
    (size,) = _made(tmp_path / LIVE_NAME, "SELECT block_size FROM pragma_database_size()")

    assert columns == con.sql(COLUMNS).fetchall()
    assert size == (65_536,)


def test_a_file_with_the_blocks_of_before_is_loaded_as_it_is(tmp_path: Path) -> None:
    """And holds what a new one does."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{old / LIVE_NAME}' AS archive (STORAGE_VERSION 'v1.5.0')")
        con.execute("USE archive")
        migrate(con, "made here")
        con.execute("CHECKPOINT archive")
    for meeting in (JUNE, JULY):
        store.load(old, [meeting])
        store.load(new, [meeting])

    query = "SELECT (SELECT count(*) FROM sentences), (SELECT sum(tf) FROM store.posting_new)"
    sizes = "SELECT block_size FROM pragma_database_size()"

    assert _made(old / LIVE_NAME, sizes) == [(262_144,)]
    assert _made(old / LIVE_NAME, query) == _made(new / LIVE_NAME, query)
    assert store.check(old) == []


def test_what_is_written_goes_to_disk_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a log nothing would, before the end of a rebuild: then all of it."""
    monkeypatch.setattr(batch, "MOST", 1)
    monkeypatch.setattr(batch, "TO_DISK_AT", 1)
    store.rebuild(tmp_path / "often", [JUNE, JULY])
    monkeypatch.undo()
    store.rebuild(tmp_path / "once", [JUNE, JULY])

    query = "SELECT * EXCLUDE (sentence_id) FROM sentences ORDER BY ALL"
    often, once = (_made(tmp_path / h / LIVE_NAME, query) for h in ("often", "once"))

    assert often == once
    assert often


def test_a_sentence_is_read_once_to_see_whether_it_holds_a_phrase(tmp_path: Path) -> None:
    """It is asked for the page and for the count: the second time nothing is read."""
    store.load(tmp_path, [JUNE, JULY])
    with open_reader(tmp_path) as reader:
        asked = understood(reader, '"live facial recognition"')
        order = rank(
            reader, asked, mode="words", encode=None, filters=Filters(), allowed=None, least=10
        ).order()
        said = WordForWord(reader, asked.query)
        first = said.first(order, 10)

    assert len(first) == 4
    assert said.first(order, len(order)) == first


def test_a_process_that_lives_long_keeps_little_of_the_file(tmp_path: Path) -> None:
    """Also of the generation after the first."""
    store.load(tmp_path, [JUNE])
    live = LiveReader(tmp_path)
    limits = []
    for _ in range(2):
        with live.reader() as reader:
            limits.append(reader.con.sql("SELECT current_setting('memory_limit')").fetchone())
        store.load(tmp_path, [JULY])
    live.close()

    assert limits == [("305.1 MiB",)] * 2


def test_where_nothing_may_be_written_what_does_not_fit_stays_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB would put it beside the file, and fail."""
    store.load(tmp_path, [JUNE])
    monkeypatch.setattr(os, "access", lambda *_: False)
    live = LiveReader(tmp_path)
    with live.reader() as reader:
        limit = reader.con.sql("SELECT current_setting('memory_limit')").fetchone()
    live.close()

    assert limit != ("305.1 MiB",)
