"""``matters serve``: the archive as pages on this machine."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import click

from matters_arising.cli.options import with_home


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="Port to answer at; 0 takes any that is free.",
)
@with_home
def serve(host: str, port: int, home: Path) -> None:
    """Show the archive as pages on this machine.

    The pages only read. They ask for no password, so by default nobody but this machine can open
    them; beside every page lies its data: /search.json, /recommendations.json and so on.

    \b
    Examples:
      matters serve
      matters serve --port 8080 --home /srv/council/matters-data
    """
    from uvicorn import Config, Server

    from matters_arising.settings import Settings
    from matters_arising.web.app import LOOPBACK, create_app

    own, settings = host in LOOPBACK, Settings()
    app = create_app(
        home,
        hosts=LOOPBACK if own else ("*",),
        recordings=settings.play_recordings,
        contact=settings.contact,
    )
    listening = _listen(host, port)
    if not own:
        click.echo(
            f"Warning: {host} can be reached from other machines, and the pages ask for no "
            "password; put a server with a login in front.",
            err=True,
        )
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"The archive in {home}: http://{shown}:{listening.getsockname()[1]}/")
    click.echo("Ctrl+C ends it.")
    # No access log: what a reader asks for is the reader's own affair.
    config = Config(app, log_level="warning", access_log=False, server_header=False)
    with listening, suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Takes the port before anything is promised."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as fault:
        raise click.ClickException(
            f"cannot answer at {host}, port {port} ({fault.strerror or fault}); "
            "choose another with --host and --port"
        ) from fault
