"""What the tests of object storage share: stores of three kinds, and a line that can be cut."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from copy import copy
from pathlib import Path

import pytest

from tests.s3_server import S3, Line, s3
from transcripts.objects.store import ObjectStore
from transcripts.record import Record


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3]:
    with s3() as server:
        yield server


@pytest.fixture
def line(s3_server: S3, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """The way to the S3 server, as S3's own tools are told of it."""
    made = Line(s3_server.port)
    for name, value in s3_server.settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{made.port}")
    yield made
    made.cut()


@pytest.fixture(scope="session")
def made_bucket(s3_server: S3) -> str:
    return s3_server.make_bucket()


@pytest.fixture
def bucket(made_bucket: str, line: Line) -> str:
    """The address of a store of its own in a bucket."""
    return f"{made_bucket}-{uuid.uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def client(s3_server: S3, made_bucket: str) -> ObjectStore:
    """Made once: S3's tools take a second or two to get ready."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in s3_server.settings.items():
            patch.setenv(name, value)
        store = ObjectStore(made_bucket, patience_s=2.0)
        store.check()
    return store


@pytest.fixture(params=["s3", "file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """A store of each kind that people have, empty."""
    if request.param == "s3":
        made = copy(request.getfixturevalue("client"))
        made._root += f"-{uuid.uuid4().hex[:12]}"  # as if it had been made with that address
        return made
    here = {"file": f"file://{tmp_path}/store", "memory": f"memory://{tmp_path.name}"}
    made = ObjectStore(here[request.param], patience_s=2.0)
    made.check()
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of one meeting, two runs of which were kept."""
    from tests.transcripts.test_record import processed

    made = tmp_path / "home"
    Record(made).save(processed("what was said before"), "first")
    Record(made).save(processed(), "second")
    return made
