"""The reference pages say what the program does: they are made from it."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import click
import pytest

from matters_arising.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]


def generator() -> ModuleType:
    """The script that writes the pages."""
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="help is laid out by 3.11's textwrap")
@pytest.mark.parametrize("page", ["commands.md", "views.md", "settings.md"])
def test_a_reference_page_is_what_the_program_says(page: str) -> None:
    """Where this fails, run: python docs/generate.py"""
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")

    assert written == generator().pages()[page]


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
