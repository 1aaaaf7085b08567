"""What tests of several folders share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.once import once
from tests.sample_home import make_home

# how long an example takes depends on what else the machine does
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample council's archive; read it only."""
    return once(tmp_path_factory, "aldermere", make_home)
