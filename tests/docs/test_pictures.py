"""The pictures of the guides: each is there, is shown, and is one that the script takes."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
SHOWN = re.compile(r"!\[[^]]+\]\(([^)]+\.png)\)")


def shown(page: Path) -> set[Path]:
    return {(page.parent / to).resolve() for to in SHOWN.findall(page.read_text(encoding="utf-8"))}


def test_every_picture_is_shown_and_none_is_missing() -> None:
    """And each has words for those who do not see it, or it would not count as shown."""
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]

    assert set().union(*map(shown, pages)) == set(IMAGES.glob("*.png"))


@pytest.mark.parametrize("reader", ["researcher", "clerk", "operator"])
def test_each_kind_of_reader_has_a_tutorial_with_pictures(reader: str) -> None:
    assert shown(ROOT / "docs" / "tutorials" / f"{reader}.md") != set()


def test_the_script_takes_every_picture() -> None:
    script = runpy.run_path(str(ROOT / "docs" / "screenshots.py"))
    taken = {*script["PUBLIC"], *script["AT_THE_DESK"], *script["BEHIND"]}

    assert taken == {picture.stem for picture in IMAGES.glob("*.png")}
