"""``matters store``: what an operator sees of the record on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from tests.sample_home import JULY, JUNE
from transcripts.objects.store import ObjectStore
from warehouse.reader import open_reader


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    address = f"file://{tmp_path}/store"
    monkeypatch.setenv("MATTERS_STORE", address)
    return ObjectStore(address)


def matters(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *arguments])


def test_a_record_is_pushed_listed_checked_and_pulled(
    sample_home: Path, store: ObjectStore, tmp_path: Path
) -> None:
    empty = matters(sample_home, "store", "list")
    pushed = json.loads(matters(sample_home, "store", "push", "--json").stdout)
    again = matters(sample_home, "store", "push").stdout
    rows = json.loads(matters(sample_home, "store", "list", "--json").stdout)
    checked = json.loads(matters(sample_home, "store", "check", "--json").stdout)
    pulled = json.loads(matters(tmp_path / "new", "store", "pull", "--json").stdout)

    assert empty.stdout == "nothing is there\n"
    assert pushed["put"] == [JUNE, JULY]
    assert again.startswith(f"{store.address}: 0 meetings put, 2 there as they are; ")
    assert [(r["meeting_id"], r["what"]) for r in rows] == [(JUNE, "record"), (JULY, "record")]
    assert (checked["meetings"], checked["faults"]) == ([JUNE, JULY], [])
    assert (pulled["meetings"], pulled["loaded"]) == ([JUNE, JULY], 2)
    with open_reader(sample_home) as one, open_reader(tmp_path / "new") as other:
        ask = "SELECT count(*), min(quote) FROM recommendations"
        assert one.con.execute(ask).fetchall() == other.con.execute(ask).fetchall()


def test_what_is_damaged_ends_with_one_and_is_mended_by_a_push_that_checks(
    sample_home: Path, store: ObjectStore
) -> None:
    matters(sample_home, "store", "push")
    name = next(n for n in store.names("record") if "/findings-" in n)
    store.put(name, b"{}")

    found = matters(sample_home, "store", "check")
    matters(sample_home, "store", "push", "--check")

    assert found.exit_code == 1
    assert f"DAMAGED  {store.address}/{name} is not what was written" in found.stdout
    assert matters(sample_home, "store", "check").exit_code == 0


@pytest.mark.parametrize("verb", ["push", "pull", "check", "list"])
def test_without_a_store_every_verb_says_what_to_set(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MATTERS_STORE", raising=False)

    told = matters(tmp_path, "store", verb)

    assert told.exit_code == 1
    assert told.stderr.startswith("Error: no store is named: set MATTERS_STORE to an address")
