"""``matters sources``: what is configured, and whether it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from matters_arising.cli.fetch import configured, with_config
from matters_arising.cli.output import as_json, printable


@click.group()
def sources() -> None:
    """Set up the councils' sources that matters.toml names, and look at them.

    \b
    Examples:
      matters sources init
      matters sources check
    """


@sources.command()
@with_config
def init(config_path: Path | None) -> None:
    """Write a matters.toml to begin with: every kind of source, all of them off.

    \b
    Example:
      matters sources init
    """
    from matters_arising.errors import BadInputError
    from matters_arising.settings import Settings
    from transcripts.sources.config import template

    path = config_path or Settings().config
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError as fault:
        raise BadInputError(f"{path} is there already, and was left as it is") from fault
    except OSError as fault:
        raise BadInputError(f"{path} cannot be written ({fault.strerror})") from fault
    click.echo(f"wrote {path}: fill in your council, enable a source, then: matters sources check")


@sources.command()
@click.option("--council", "councils", multiple=True, help="Its code; may be given again.")
@click.option("--offline", is_flag=True, help="Read the file only, and ask nobody.")
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@with_config
def check(councils: tuple[str, ...], offline: bool, json_: bool, config_path: Path | None) -> None:
    """Read matters.toml and ask each source one cheap question.

    Every mistake in the file is told with its line. Sources that are not enabled are not asked.

    \b
    Examples:
      matters sources check
      matters sources check --council aldermere --offline
    """
    from transcripts.sources.check import check_sources

    found = check_sources(configured(config_path), councils=councils, offline=offline)
    if json_:
        click.echo(as_json(found))
    else:
        for row in found:
            _show(row)
    if any(row["fault"] for row in found):
        raise SystemExit(1)


def _show(row: dict[str, Any]) -> None:
    state = "FAULT" if row["fault"] else row["state"]
    click.echo(f"  {state:<8} {row['council']}, {row['source']} ({row['kind']})")
    for line in [row["fault"]] if row["fault"] else row["lines"]:
        click.echo(f"           {printable(line)}")
