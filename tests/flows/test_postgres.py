"""Prefect's server on Postgres: the same work, and a purge that reaches its database too."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.server import own_database, without_password
from matters_arising.errors import BadInputError
from tests import tiny_meetings
from tests.flows.postgres_support import postgres, why_not
from tests.flows.support import matters
from transcripts.record import Record

MEETING = "aldermere-scsc-2021-01-07"
NAMES = "SELECT name FROM flow_run ORDER BY name"


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    if why := why_not():
        pytest.skip(why)
    with postgres() as address:
        yield address


def asked(address: str, query: str) -> list[str]:
    """The first column of what a query gives."""
    import asyncpg

    async def ask() -> list[str]:
        con = await asyncpg.connect(address)
        try:
            return [str(row[0]) for row in await con.fetch(query)]
        finally:
            await con.close()

    return asyncio.run(ask())


@pytest.mark.prefect
@pytest.mark.long
def test_a_batch_runs_on_postgres_and_a_purge_takes_the_id_out_of_it(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTERS_PREFECT_DATABASE", database)
    home = tmp_path / "home"
    for number in range(2):
        tiny_meetings.make(tmp_path / "inbox", number, sayings=4)
    asked_for = ("process", str(tmp_path / "inbox"), "--engine", "captions", "--json")
    done = matters(home, *asked_for, as_it_is=True)
    outcomes = [m["outcome"] for m in json.loads(done.stdout)["meetings"]]
    assert outcomes == ["done", "done"], done.stdout + done.stderr
    before = asked(database, NAMES)

    purged = matters(home, "purge", MEETING, "--yes", "--why", "no notice", "--by", "A. Clerk")

    after = asked(database, NAMES)
    assert MEETING in before
    assert MEETING not in after
    assert len(after) == len(before)
    assert sum(name.startswith("purged-") for name in after) == 1
    assert purged.returncode == 0, purged.stdout + purged.stderr
    assert "looked through the database" in purged.stdout
    assert not (home / "prefect" / "prefect.db").exists()
    assert Record(home).meeting_ids() == ["aldermere-hsc-2021-01-14"]


def test_a_database_that_does_not_answer_is_told_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTERS_PREFECT_DATABASE", "postgres://anna:hush@127.0.0.1:9/prefect")
    tiny_meetings.make(tmp_path / "inbox", 0, sayings=4)
    home = tmp_path / "home"
    asked_for = ("process", str(tmp_path / "inbox"), "--engine", "captions")
    told = matters(home, *asked_for, as_it_is=True)

    said = "".join((told.stdout, told.stderr))
    assert told.returncode == 1
    assert "does its database answer? it is postgresql+asyncpg://anna:***@127.0.0.1:9/" in said
    assert "hush" not in said


@pytest.mark.parametrize("address", ["prefect.db", "mysql://a@b/c", "postgresql://host"])
def test_what_is_no_address_of_postgres_is_told(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTERS_PREFECT_DATABASE", address)
    with pytest.raises(
        BadInputError, match="write it as postgresql://user:password@host:5432/name"
    ):
        own_database()


@pytest.mark.parametrize("given", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_the_driver_is_added_and_the_password_is_never_told(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTERS_PREFECT_DATABASE", f"{given}://anna:hu:sh@db/prefect")

    assert own_database() == "postgresql+asyncpg://anna:hu:sh@db/prefect"
    assert without_password(own_database()) == "postgresql+asyncpg://anna:***@db/prefect"
