"""``matters sources``: what is configured, and whether it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from matters_arising.cli.fetch import configured, with_config
from matters_arising.cli.output import as_json, printable


@click.group()
def sources() -> None:
    """Look at the councils' sources that matters.toml names.

    \b
    Example:
      matters sources check
    """


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
