"""``matters inbox``: what is new in a folder, once or for ever."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import engine_options, with_home
from matters_arising.cli.output import as_json
from matters_arising.cli.process import print_report, process_candidates
from matters_arising.cli.reader import reader_options

if TYPE_CHECKING:
    from flows.inbox import Round


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--watch", "watch_", is_flag=True, help="Look again and again, until it is ended.")
@click.option(
    "--every", "every_s", type=click.FloatRange(min=1), default=60.0, show_default=True,
    help="Seconds between two looks.",
)  # fmt: skip
@click.option(
    "--settle", "settle_s", type=click.FloatRange(min=0), default=30.0, show_default=True,
    help="Seconds for which nothing in a meeting's folder may have changed.",
)  # fmt: skip
@engine_options
@reader_options
@click.option("--as-heard", is_flag=True, help="Leave misheard names as they were heard.")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that recognise (default: cores)."
)
@click.option("--workers", "pool", default="", help="Pool of workers elsewhere (matters worker).")
@click.option("--json", "json_", is_flag=True, help="Print each report as JSON, one a line.")
@with_home
def inbox(
    folder: Path,
    watch_: bool,
    every_s: float,
    settle_s: float,
    jobs: int | None,
    pool: str,
    json_: bool,
    home: Path,
    **engine: Any,
) -> None:
    """Process what is new in FOLDER: meetings that are complete and no longer change.

    A meeting of which a named file is missing, or that is still being copied, waits. Ended or
    killed, the same command goes on where it stopped.

    \b
    Examples:
      matters inbox /srv/recordings
      matters inbox /srv/recordings --watch --every 300
    """
    from flows.inbox import once, watch

    process = functools.partial(
        process_candidates, home=home, jobs=jobs, pool=pool, quiet=json_ or watch_, **engine
    )
    if not watch_:
        made = once(folder, process, settle_s=settle_s)
        _tell(made, home, json_)
        if made.report.failed:
            raise SystemExit(1)
        return
    click.echo(f"watching {folder} every {every_s:.0f} s; end it with Ctrl-C", err=True)
    for made in watch(home, folder, process, every_s=every_s, settle_s=settle_s):
        _tell(made, home, json_)


def _tell(made: Round, home: Path, json_: bool) -> None:
    if json_:
        waiting = [{"where": w.where, "why": w.why} for w in made.waiting]
        told = made.report.as_dict() | {"waiting": waiting}
        click.echo(as_json(told).replace("\n", " "))
        return
    if made.report.outcomes:
        print_report(made.report, home)
    for waits in made.waiting:
        click.echo(f"  waiting     {waits.where}: {waits.why}")
