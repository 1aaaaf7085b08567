"""The archive whose desk the tests sit at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from matters_arising.web.desk.accounts import Accounts
from matters_arising.web.desk.corrections import Corrections
from tests.matters_arising.desk.support import (
    ANN,
    PASSWORD,
    REPORT,
    TOLD_OF_A_RUN,
    Clerk,
    Desk,
    copied,
    make,
    served,
    with_sound,
)
from tests.sample_home import JULY, JUNE, SAMPLES


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as it was made; copy it to change it."""
    return make(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Path:
    """An archive of the test's own."""
    return copied(made_home, tmp_path / "archive")


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    """Its pages at a port."""
    with served(home) as made:
        yield made


@pytest.fixture
def ann(desk: Desk) -> Clerk:
    """A clerk who is logged in."""
    return desk.clerk()


@pytest.fixture(scope="session")
def open_desk(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Pages that tests look at without deciding anything."""
    with served(copied(made_home, tmp_path_factory.mktemp("open"))) as made:
        yield made


@pytest.fixture(scope="session")
def reader(open_desk: Desk) -> Clerk:
    """A clerk who only looks."""
    return open_desk.clerk()


@pytest.fixture(scope="session")
def sample(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample council with the recording of July, and what waits at a desk."""
    home = copied(sample_home, tmp_path_factory.mktemp("sample"))
    with_sound(home, JULY, SAMPLES / "2026-07-16" / "recording.opus")
    Accounts(home).add(ANN, PASSWORD[ANN])
    (home / "reports").mkdir(exist_ok=True)
    (home / "reports" / f"{REPORT}.json").write_text(json.dumps({"meetings": [
        {"meeting_id": JUNE, "outcome": "done", "words": 1406, "findings": 43, "named_share": 0.87},
        {"where": "inbox/empty.mp3", "outcome": "failed", "message": TOLD_OF_A_RUN},
    ]}), encoding="utf-8")  # fmt: skip
    Corrections(home).add("I am called Rawley, not Rowley", "/meeting/june", "a@aldermere.example")
    return home


@pytest.fixture(scope="session")
def looked_at(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at which nothing is decided."""
    with served(copied(sample, tmp_path_factory.mktemp("looked"))) as made:
        yield made
