"""Backups on a store keep what those in a folder promise: whole or none, every hash checked."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.backup import restore
from flows.backup_elsewhere import backup_to, brought
from matters_arising.errors import BadInputError, StoreError, TransientError
from tests.flows.support import matters
from tests.flows.test_backup import views
from tests.s3_server import S3, s3
from tests.sample_home import JULY, JUNE
from transcripts.copies import all_copies
from transcripts.objects.store import ObjectStore
from transcripts.record import Record, sums


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


@pytest.fixture(scope="module")
def server() -> Iterator[S3]:
    with s3() as server:
        server.make_bucket()
        yield server


@pytest.fixture(params=["memory", "file", "s3"])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A place on a store of each kind that people have, with nothing in it."""
    if request.param == "s3":
        for name, value in request.getfixturevalue("server").settings.items():
            monkeypatch.setenv(name, value)
        return f"s3://records/backups/{uuid.uuid4().hex}"
    return {"file": f"file://{tmp_path}/store", "memory": f"memory://{uuid.uuid4().hex}"}[
        request.param
    ]


def test_what_comes_back_from_a_store_is_what_was_put(
    home: Path, tmp_path: Path, address: str
) -> None:
    made = backup_to(home, address)
    with brought(address) as here:
        restored = restore(here, tmp_path / "again", known_as=address)

    assert made == restored
    assert made.meetings == (JUNE, JULY)
    for meeting_id in made.meetings:
        kept = [sums(folder / "record" / meeting_id) for folder in (home, tmp_path / "again")]
        assert kept[0] == kept[1]
        assert Record(tmp_path / "again").read(meeting_id).meeting.id == meeting_id
    assert [c.path for c in all_copies(home)] == [address]
    assert set(ObjectStore(address).names("")) == {*made.files, "manifest.json"}
    with pytest.raises(BadInputError, match=r"a backup is at .* already"):
        backup_to(home, address)


def test_a_damaged_object_is_named_and_nothing_is_restored(
    home: Path, tmp_path: Path, address: str
) -> None:
    made = backup_to(home, address)
    name = next(n for n in made.files if f"{JULY}/transcript-" in n)
    store = ObjectStore(address)
    store.put(name, (store.get(name) or b"").replace(b"fridge", b"bridge"))
    gone = next(n for n in made.files if f"{JUNE}/vectors-" in n)
    store.remove([gone])

    with brought(address) as here, pytest.raises(StoreError) as told:
        restore(here, tmp_path / "again", known_as=address)

    assert f"the backup {address} is damaged: 2 of" in str(told.value)
    assert f"{gone} (not there)" in str(told.value)
    assert f"{name} (changed)" in str(told.value)
    assert not (tmp_path / "again").exists()


def test_what_was_cut_short_is_no_backup_and_nothing_goes_over_it(home: Path, address: str) -> None:
    made = backup_to(home, address)
    ObjectStore(address).remove(["manifest.json"])

    with pytest.raises(BadInputError, match="or one that was cut short"), brought(address):
        pass
    with pytest.raises(BadInputError, match="something that is no whole backup is at"):
        backup_to(home, address)
    assert set(ObjectStore(address).names("")) == set(made.files)


def test_a_manifest_on_a_store_reaches_no_other_file(home: Path, address: str) -> None:
    made = backup_to(home, address)
    store = ObjectStore(address)
    data = store.get("manifest.json") or b""
    name = next(iter(made.files)).encode()
    store.put("manifest.json", data.replace(name, b"../../escaped", 1))

    with brought(address) as here, pytest.raises(StoreError, match="outside the backup"):
        restore(here, home.parent / "again", known_as=address)
    assert not list(home.parent.rglob("escaped"))


def test_a_line_that_breaks_leaves_no_backup(
    home: Path, server: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in server.settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("flows.backup_elsewhere.PATIENCE_S", 0.5)
    address = f"s3://records/backups/{uuid.uuid4().hex}"
    server.line.cut_after = 30_000

    with pytest.raises(TransientError, match="does not answer"):
        backup_to(home, address)
    server.line.mend()

    with pytest.raises(BadInputError, match="there is no backup at"), brought(address):
        pass


def test_the_command_takes_an_address(home: Path, tmp_path: Path) -> None:
    address = f"file://{tmp_path}/backups/today"

    made = matters(home, "backup", address)
    drilled = matters(home, "restore", address, "--drill")
    restored = matters(tmp_path / "again", "restore", address)
    looked = matters(home, "doctor", "--deep")

    assert f"{address} holds 2 meetings" in made.stdout, made.stderr
    assert f"{address} can be restored" in drilled.stdout, drilled.stderr
    assert restored.returncode == 0, restored.stderr
    assert views(tmp_path / "again", tmp_path / "after") == views(home, tmp_path / "before")
    assert f"in {address}" in looked.stdout
