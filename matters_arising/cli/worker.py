"""``matters worker``: the heavy part of meetings, for the machine that loads."""

from __future__ import annotations

from pathlib import Path

import click

from matters_arising.cli.options import with_home

WHAT = {"recognise": "recognition", "rest": "rest"}


@click.command()
@click.argument("pool")
@click.option(
    "--at-once", type=click.IntRange(min=1), default=1, show_default=True,
    help="Meetings at once, each in a process of its own.",
)  # fmt: skip
@click.option(
    "--stage",
    type=click.Choice(["both", "recognise", "rest"]),
    default=None,
    help="Only recognise speech and voices, or only what comes after; MATTERS_WORKER_STAGE.",
)
@with_home
def worker(pool: str, at_once: int, stage: str | None, home: Path) -> None:
    """Take meetings from the work pool POOL and make them, until this is ended.

    Recordings come from the store (MATTERS_STORE), words, voices and findings go back to it, and
    the machine that runs "matters process --workers POOL" gathers and loads them. PREFECT_API_URL
    names the Prefect server of both. The home folder of a worker is its own: it holds no archive,
    and what it held of a meeting goes when the meeting is done. Several may run, and any of them
    may be killed: the meeting is taken again, from the last piece of sound that was recognised.

    \b
    Examples:
      matters --home /srv/worker worker heavy
      matters worker heavy --at-once 2
      matters worker heavy --stage recognise
    """
    import asyncio

    from flows.working import ready
    from matters_arising.settings import Settings

    settings = Settings()
    with ready(home, settings.store, settings.store_patience_s) as told:
        from flows.pool import work

        stage = stage or settings.worker_stage
        what = "meetings" if stage == "both" else f"the {WHAT[stage]} of meetings"
        click.echo(f"{told}; taking {what} from {pool}; end it with Ctrl-C", err=True)
        asyncio.run(work(pool, home, settings.store, at_once, stage))
