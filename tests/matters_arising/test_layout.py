"""The house: which folders are packages, whose they are, and what the files may weigh."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("transcripts", "models", "warehouse", "flows", "matters_arising")
LONGEST = 400


def test_no_other_distribution_owns_our_package_names() -> None:
    """Another distribution that ships models/ would overwrite ours without a word."""
    owners = packages_distributions()

    assert {name: owners.get(name, ["matters-arising"]) for name in PACKAGES} == {
        name: ["matters-arising"] for name in PACKAGES
    }


def test_the_wheel_holds_the_five_packages_and_nothing_else() -> None:
    """Samples, tests and benchmarks stay in the checkout."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert tuple(settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == PACKAGES


@pytest.mark.parametrize("folder", [*PACKAGES, "tests", "benchmarks", "samples"])
def test_no_file_is_longer_than_a_person_can_hold_in_mind(folder: str) -> None:
    """One idea a file; a longer one has two."""
    lengths = {
        str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines())
        for p in (ROOT / folder).rglob("*.py")
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_every_dependency_is_pinned() -> None:
    """What was not installed together is not promised to work together."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {plain(line.split("==")[0]) for line in lines if "==" in line}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = settings["dependencies"] + settings["optional-dependencies"]["dev"]
    names = {plain(re.split(r"[\[<>=]", w)[0]) for w in wanted}

    assert names - pinned == set()


def plain(name: str) -> str:
    """A distribution's name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()
