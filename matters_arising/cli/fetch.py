"""``matters fetch``: what is new at the councils' sources goes into the inbox."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import DAY, with_home
from matters_arising.cli.output import as_json, printable

if TYPE_CHECKING:
    from transcripts.sources.land import Landed
    from transcripts.sources.run import FetchReport


def with_config(command: Any) -> Any:
    """The option that names ``matters.toml``."""
    return click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The file of councils and sources (default: MATTERS_CONFIG, else ./matters.toml).",
    )(command)


@click.command()
@click.option("--council", "councils", multiple=True, help="Its code; may be given again.")
@click.option("--since", type=DAY, help="The first day to look at (default: 90 days back).")
@click.option("--until", type=DAY, help="The last day to look at (default: 14 days ahead).")
@click.option("--dry-run", is_flag=True, help="Tell what would be fetched, and fetch no file.")
@click.option("--json", "json_", is_flag=True, help="Print the report as JSON.")
@with_config
@with_home
def fetch(
    councils: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    dry_run: bool,
    json_: bool,
    config_path: Path | None,
    home: Path,
) -> None:
    """Fetch what is new from the councils' sources into the inbox.

    Sources are named in matters.toml, and nothing else is asked. Each run looks again at the last
    90 days, for minutes and decisions appear weeks after a meeting, and 14 days ahead, for agendas;
    what is there already is not fetched again, nor what was purged of the archive.

    \b
    Examples:
      matters fetch --dry-run
      matters fetch
      matters fetch --council aldermere --since 2026-05-01 --json
    """
    from transcripts.keeping import purged
    from transcripts.ledger import Ledger
    from transcripts.sources.run import fetch_all

    report = fetch_all(
        configured(config_path),
        councils=councils,
        since=since.date() if since else None,
        until=until.date() if until else None,
        dry_run=dry_run,
        purged=purged(Ledger(home).standing()),
        say=_quiet if json_ else _say,
    )
    if json_:
        click.echo(as_json(report.as_dict()))
    else:
        show(report)
    if report.failed:
        raise SystemExit(1)


def configured(path: Path | None) -> Any:
    """The configuration that an option or the setting names."""
    from matters_arising.settings import Settings
    from transcripts.sources.config import read_config

    return read_config(path or Settings().config)


def show(report: FetchReport) -> None:
    """A line a meeting that is not as it was, then what failed; the rest is counted."""
    for landed in report.landed:
        if landed.what not in ("up to date", "cancelled"):
            click.echo(printable(_line(landed)))
    for fault in report.faults:
        click.echo(printable(f"  NOT READ    {fault}"))
    for line in _counts(report):
        click.echo(line)


def _counts(report: FetchReport) -> list[str]:
    tense = "would be fetched" if report.dry_run else "fetched"
    failed = report.count("failed") + len(report.faults)
    cancelled, purged = report.count("cancelled"), report.count("purged")
    noted = sum(bool(m.notes) and m.what == "up to date" for m in report.landed)
    out = [
        f"{report.count('new')} new and {report.count('changed')} changed meetings {tense}, "
        f"{report.count('up to date')} up to date"
        + (f", {cancelled} cancelled" if cancelled else "")
        + (f", {purged} purged and not fetched" if purged else "")
        + f", {failed} failed in {report.seconds:.1f} s"
    ]
    if noted:
        out.append(f"{noted} of those up to date lack something that is not to be had (--json)")
    fresh = [m for m in report.landed if m.ready and m.what in ("new", "changed")]
    if fresh and not report.dry_run:
        out.append(f"now: matters process {fresh[0].folder.parent.parent}")
    return out


def _line(landed: Landed) -> str:
    what = "FAILED" if landed.what == "failed" else landed.what
    waits = "" if landed.ready or landed.what in ("failed", "purged") else ", no recording yet"
    files = f": {', '.join(landed.changed)}" if landed.changed else ""
    notes = f" ({'; '.join(landed.notes)})" if landed.notes else ""
    return f"  {what:<11} {landed.id}{files}{waits}{notes}"


def _say(words: str) -> None:
    click.echo(printable(words), err=True)


def _quiet(_: str) -> None:
    return None
