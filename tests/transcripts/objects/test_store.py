"""Object storage over HTTP and on a disk: whole objects, and faults in one sentence."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError, MissingModelError, StoreError, TransientError
from tests.s3_server import S3, Line
from tests.transcripts.at_once import at_once
from transcripts.objects.store import ObjectStore

FEW_S = 0.5


def test_what_is_put_is_read_listed_and_removed(store: ObjectStore, tmp_path: Path) -> None:
    (tmp_path / "recording").write_bytes(b"sound" * 1000)
    store.put("record/june/a.json", b"one")
    store.put("record/june/a.json", b"three")
    store.put_file("inputs/recording", tmp_path / "recording")

    assert store.names("") == {"record/june/a.json": 5, "inputs/recording": 5000}
    assert store.names("record") == {"record/june/a.json": 5}
    assert store.names("nothing") == {}
    assert store.get_many(["record/june/a.json", "record/none"]) == {"record/june/a.json": b"three"}
    assert store.get_file("inputs/recording", tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == b"sound" * 1000
    store.remove(["record/june/a.json", "record/none"])
    assert store.get("record/june/a.json") is None
    assert not store.get_file("record/june/a.json", tmp_path / "none")
    assert store.remove_all("inputs") == 1
    assert store.names("") == {}


def test_of_many_that_create_an_object_one_did(store: ObjectStore) -> None:
    made = [store.create("claim-1.json", b"first")]

    made += [store.create("claim-1.json", f"{n}".encode()) for n in range(3)]

    assert made == [True, False, False, False]
    assert store.get("claim-1.json") == b"first"


def test_of_many_at_one_moment_one_creates(tmp_path: Path) -> None:
    """On a disk, where the system says who was first."""
    store = ObjectStore(f"file://{tmp_path}/store")
    made: list[bool] = []

    at_once(8, lambda _: made.append(store.create("claim-1.json", b"x")))

    assert sorted(made) == [False] * 7 + [True]


def test_a_store_that_is_away_for_a_moment_is_waited_for(bucket: str, line: Line) -> None:
    store = ObjectStore(bucket, patience_s=30.0)
    store.put("a", b"before")
    line.cut()
    threading.Timer(1.5, line.mend).start()

    assert store.get("a") == b"before"


def test_a_store_that_stays_away_is_named(bucket: str, line: Line) -> None:
    store = ObjectStore(bucket, patience_s=FEW_S)
    line.cut()

    with pytest.raises(TransientError, match=r"s3://records/.* does not answer .* what was stored"):
        store.get("a")


def test_a_bucket_that_is_not_there_is_named(bucket: str) -> None:
    store = ObjectStore("s3://no-such-bucket/matters")

    for ask in (store.check, lambda: store.get("a"), lambda: store.put("a", b"")):
        with pytest.raises(StoreError, match=r"no store at s3://no-such-bucket/matters .*make the"):
            ask()


def test_wrong_credentials_are_named(
    bucket: str, s3_server: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    import httpx

    auth = f"http://127.0.0.1:{s3_server.port}/moto-api/reset-auth"
    httpx.post(auth, content="0")  # from now on it knows nobody
    try:
        with pytest.raises(StoreError, match=r"does not let us in .* look at the credentials"):
            ObjectStore(bucket).check()
    finally:
        httpx.post(auth, content="inf")


def test_no_credentials_are_named(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")

    with pytest.raises(StoreError, match="there are no credentials for the store"):
        ObjectStore(bucket).put("a", b"")


@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        ("", BadInputError, "set MATTERS_STORE to an address"),
        ("nonsense://x", BadInputError, "'nonsense://x' is no store that can be reached"),
        ("gs://bucket/x", MissingModelError, "pip install gcsfs"),
    ],
)
def test_an_address_that_cannot_be_is_named(address: str, kind: type, words: str) -> None:
    with pytest.raises(kind, match=words):
        ObjectStore(address)


def test_a_disk_keeps_nothing_half_written(tmp_path: Path) -> None:
    store = ObjectStore(f"file://{tmp_path}/store")
    store.put("record/a", b"whole")
    (tmp_path / "store/record/.a.999").write_bytes(b"ha")  # as a writer that was killed left it

    assert store.names("record") == {"record/a": 5}
