"""The reference pages say what the program does: they are made from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from matters_arising.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]


PRINT = "import json, runpy; print(json.dumps(runpy.run_path('docs/generate.py')['pages']()))"


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """The pages as a fresh process makes them: click remembers earlier calls."""
    told = subprocess.run(
        [sys.executable, "-c", PRINT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    made: dict[str, str] = json.loads(told.stdout)
    return made


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="help is laid out by 3.11's textwrap")
@pytest.mark.parametrize("page", ["commands.md", "views.md", "settings.md"])
def test_a_reference_page_is_what_the_program_says(page: str, pages: dict[str, str]) -> None:
    """Where this fails, run: python docs/generate.py"""
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")

    assert written == pages[page]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    """A person finds out how to use a command from the command."""
    command = main.get_command(click.Context(main), name)
    assert command is not None

    assert "matters " in (command.help or "")
    assert "Example" in (command.help or "")


def test_every_command_is_in_the_readme_or_the_reference() -> None:
    """Nothing has to be guessed."""
    words = (ROOT / "README.md").read_text() + (ROOT / "docs/reference/commands.md").read_text()

    assert [name for name in COMMANDS if f"matters {name}" not in words] == []
