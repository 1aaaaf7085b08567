"""A minute of the sample council as a meeting of its own: short enough to process in a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.support import make_meeting


@pytest.fixture(scope="session")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stretch in which the first recommendation is put and agreed."""
    return make_meeting(tmp_path_factory.mktemp("inbox") / "june", "june", 205.0, 265.0)
