"""What tests of several folders share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sample_home import make_home


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample council's archive; read it only."""
    return make_home(tmp_path_factory.mktemp("aldermere"))
