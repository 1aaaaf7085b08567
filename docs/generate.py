"""Writes the reference pages from the program itself; a test fails where they differ.

python docs/generate.py
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

REFERENCE = Path(__file__).parent / "reference"


def pages() -> dict[str, str]:
    """File name → text of every reference page."""
    return {"commands.md": commands(), "views.md": views(), "settings.md": settings()}


def commands() -> str:
    """Every command with its help, in the order in which ``matters --help`` lists them."""
    from matters_arising.cli import main

    out = ["# Commands", "", "What `matters COMMAND --help` says, for every command.", ""]
    for name, command in _all_commands(main, "matters"):
        # the options of the real call: click keeps the help option it made first
        context = click.Context(
            command,
            info_name=name,
            terminal_width=88,
            max_content_width=88,
            help_option_names=main.context_settings["help_option_names"],
        )
        out += [f"## {name}", "", "```text", command.get_help(context).strip(), "```", ""]
    return "\n".join(out)


def _all_commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _all_commands(found, f"{name} {child}")


def views() -> str:
    """Every view and column with its comment, as an empty warehouse tells them."""
    from warehouse.dictionary import as_markdown, dictionary
    from warehouse.reader import open_reader
    from warehouse.store import load

    with tempfile.TemporaryDirectory() as folder:
        load(Path(folder), [])
        with open_reader(Path(folder)) as reader:
            columns = sorted(dictionary(reader.con), key=lambda c: c.view)
    out = [
        "# Views",
        "",
        "The views are the public interface of the archive: ask them with `matters sql`, or open",
        "`matters.duckdb` read-only with any DuckDB client. Their names and columns change only",
        "with an entry in the changelog.",
        "",
        as_markdown(columns),
    ]
    return "\n".join(out)


def settings() -> str:
    """Every setting with its environment variable."""
    from matters_arising.settings import Settings

    out = [
        "# Settings",
        "",
        "Read from the environment once, at the start of a command; options win over them.",
        "",
        "| variable | what it is | default |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "number of cores, at most 8" if name == "jobs" else field.default
        out.append(f"| MATTERS_{name.upper()} | {field.description} | {default} |")
    return "\n".join([*out, ""])


if __name__ == "__main__":
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(f"wrote {REFERENCE / name}")
