"""``matters deploy``: the batches that run by themselves."""

from __future__ import annotations

from pathlib import Path

import click

from matters_arising.cli.fetch import configured, with_config
from matters_arising.cli.options import with_home
from matters_arising.cli.reader import announce


@click.command()
@click.option("--check", is_flag=True, help="Say what would run when, and run nothing.")
@with_config
@with_home
def deploy(check: bool, config_path: Path | None, home: Path) -> None:
    """Run the batches of matters.toml when it is time, until this is ended.

    Each night what is new is fetched and processed, and the minutes that came are taken; on
    Saturdays the same is done for all meetings of 90 days; each day the matters arising pages are
    written for meetings within a week. The table [batches] changes that. Runs, reports and
    artifacts are kept by a Prefect server: your own where PREFECT_API_URL names one, else one that
    is started here. MATTERS_NOTIFY names whom to tell what was left undone.

    \b
    Examples:
      matters deploy --check
      matters deploy --config /etc/matters.toml
    """
    import asyncio

    from flows.claims import only_one
    from flows.schedules import check_can_schedule, read_batches
    from flows.server import prepare_environment, temporary_server
    from matters_arising.settings import Settings
    from models.reader.choice import reader_from

    config, settings = configured(config_path), Settings()
    batches = read_batches(config.batches, config.path)
    announce(reader_from(settings, offline=batches.offline or settings.offline))
    if check:
        for name in ("night", "look_again", "arising"):
            cron = getattr(batches, name) or "when it is asked"
            click.echo(f"{name.replace('_', '-')}: {cron} ({batches.timezone})")
        return
    check_can_schedule()
    notify = settings.notify
    prepare_environment(home)
    with only_one(home), temporary_server(home) as server:
        if server is not None:
            server.wait()
        from flows.deploying import register, serve

        told = notify.get_secret_value() if notify else ""
        asyncio.run(register(home, config.path, batches, told, say=say))
        if server is not None:
            server.restart()
        api = server.api_url if server else ""
        asyncio.run(serve(home, config.path, batches, api=api, say=say))


def say(words: str) -> None:
    """Tells the operator, beside what is asked for."""
    click.echo(words, err=True)
