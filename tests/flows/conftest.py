"""Meetings of the sample council that tests share: a minute of one, and both with their sound."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from flows.enrolling import enrol
from tests.flows.known_support import TODAY, matters, wish
from tests.flows.support import make_meeting
from tests.once import once
from tests.voices_support import JULY, JUNE, sample_meeting
from transcripts.enrolled import Enrolled, EnrolledVoices


@pytest.fixture(scope="session")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stretch in which the first recommendation is put and agreed."""
    return make_meeting(tmp_path_factory.mktemp("inbox") / "june", "june", 205.0, 265.0)


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        sample_meeting(folder, JUNE)
        sample_meeting(folder, JULY, tells_names=False)

    return once(tmp_path_factory, "inbox-of-both", make)


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory, inbox: Path) -> Path:
    """An archive of both meetings, made with known voices off."""

    def make(folder: Path) -> None:
        done = matters(folder / "home", "process", str(inbox), "--engine", "captions")
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "plain", make) / "home"


@pytest.fixture
def home(plain: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(plain, tmp_path / "home"))


@pytest.fixture(scope="session")
def with_penrose(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Path(shutil.copytree(plain, tmp_path_factory.mktemp("enrolled") / "home"))
    enrol(home, wish(until=TODAY + timedelta(days=30)))
    return home


@pytest.fixture
def enrolled(with_penrose: Path, tmp_path: Path) -> tuple[Path, Enrolled]:
    """A copy of the archive with one voice enrolled."""
    home = Path(shutil.copytree(with_penrose, tmp_path / "home"))
    (kept,) = EnrolledVoices(home).all()
    return home, kept
