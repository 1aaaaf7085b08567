"""The views are the public interface: documented, and true to the meeting they show."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse import builders as b
from warehouse import sql, store
from warehouse.migrate import INNER, VIEWS, migrate
from warehouse.reader import open_reader


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one meeting."""
    made = tmp_path_factory.mktemp("home")
    store.load(made, [b.done("june")])
    return made


def test_every_view_has_a_file_and_every_file_a_view() -> None:
    """One file a view."""
    assert sorted(sql.names("views")) == sorted([*INNER, *VIEWS])


def test_every_view_and_every_column_says_what_it_is(home: Path) -> None:
    """In the database itself, so that it travels with the file."""
    with open_reader(home) as reader:
        silent = reader.con.sql(
            "SELECT view_name, NULL FROM duckdb_views() WHERE NOT internal AND comment IS NULL "
            "UNION ALL SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE NOT internal AND comment IS NULL AND table_name IN "
            "(SELECT view_name FROM duckdb_views() WHERE NOT internal)"
        ).fetchall()
        listed = reader.con.sql(
            "SELECT DISTINCT view_name FROM data_dictionary WHERE description <> ''"
        ).fetchall()
    assert silent == []
    assert sorted(v for (v,) in listed) == sorted(VIEWS)


def test_all_sql_that_is_run_lies_in_files_that_are_packaged() -> None:
    """Every query file can be parsed; none is empty."""
    for name in sql.names("queries"):
        if not name.startswith("attach_"):  # an address is a parameter, which no parser takes
            assert duckdb.extract_statements(sql.text("queries", name)), name
    assert files("warehouse").joinpath("schema").is_dir()


def test_a_migration_is_applied_once() -> None:
    """A second start changes nothing."""
    with duckdb.connect() as con:
        migrate(con, "memory")
        first = sql.run(con, "migrations_applied").fetchall()
        migrate(con, "memory")
        assert sql.run(con, "migrations_applied").fetchall() == first


LINK = "SELECT store.link_to(?, ?, ?::DOUBLE, ?::DOUBLE)"
LINKS = duckdb.connect()
migrate(LINKS, "memory")


@given(
    start_s=st.floats(0, 20_000, allow_nan=False).map(lambda s: round(s, 3)),
    offset_s=st.floats(0, 5_000).map(lambda s: round(s, 2)),
    link=st.sampled_from(
        ["", "https://example.org/v?t={start_s}s", "https://example.org/start_time/{start_ms}"]
    ),
)
def test_a_link_in_the_views_is_the_link_of_the_meeting(
    start_s: float, offset_s: float, link: str
) -> None:
    """The same second, however the address writes it."""
    offset_s = offset_s if link else 0.0  # there and back again is not always the same tenth
    held = b.meeting("june", link=link, offset_s=offset_s)
    made = LINKS.execute(LINK, [link, "june.opus", offset_s, start_s]).fetchone()

    assert made == (held.link_to(offset_s + start_s),)


def test_the_views_show_what_was_said_and_found(home: Path) -> None:
    """One row, column by column."""
    with open_reader(home) as reader:
        (row,) = reader.con.view("recommendations").fetchall()
        names = reader.con.view("recommendations").columns
    found = dict(zip(names, row, strict=True))
    wanted = {
        "meeting_id": "june",
        "date": date(2026, 6, 2),
        "speaker": "Cllr Ann Varley",
        "person": "Ann Varley",
        "quote": "recommend that the Cabinet publishes a schedule",
        "sentence": "I recommend that the Cabinet publishes a schedule before any deployment.",
        "agreed": True,
        "addressee": "the Cabinet",
        "rules": "R-recommend",
        "standing": "found by the machine",
        "decided_by": "machine",
    }
    assert {k: found[k] for k in wanted} == wanted
