"""The archive whose desk the tests sit at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.matters_arising.desk.support import Clerk, Desk, copied, make, served

if TYPE_CHECKING:
    pass


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
