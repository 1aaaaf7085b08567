"""What the tests of the sources share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.transcripts.sources.council_server import CouncilServer, serving
from transcripts.sources import web


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[CouncilServer]:
    """A council's server; no proxy stands before it, and nobody waits before another try."""
    monkeypatch.setattr(web, "BACK_OFF_S", 0.0)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving() as made:
        yield made
