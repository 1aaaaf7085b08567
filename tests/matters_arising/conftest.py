"""The archive that the tests of the pages read, and a client of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from tests.matters_arising.desk.browsing import CHROMIUM, FLAGS
from tests.matters_arising.web_support import (
    FIRST,
    LOCAL,
    PLAYER,
    REFERENCE,
    hostile,
    later_meeting,
    long_meeting,
)
from tests.warehouse import builders
from warehouse.store import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process whose user has no name: neither is one set, nor does the list of users have one."""

    def no_name(_: int) -> None:
        raise KeyError("uid not found")

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", no_name)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of four meetings."""
    made = tmp_path_factory.mktemp("archive")
    meetings = [builders.done(FIRST, link=PLAYER), hostile(), long_meeting(), later_meeting()]
    (recommended,) = [
        f for f in meetings[0].transcripts[0].findings.findings if f.kind == "recommendation"
    ]
    load(made, meetings, references={recommended.id: REFERENCE})
    return made


@pytest.fixture(scope="session")
def client(home: Path) -> Iterator[TestClient]:
    """A reader of its pages."""
    app = create_app(home, encoder=lambda: builders.encode)
    with TestClient(app, base_url=LOCAL) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a file: its loop must be over when others want one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()
