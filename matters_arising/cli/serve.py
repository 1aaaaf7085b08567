"""``matters serve``: the archive as pages on this machine."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matters_arising.cli.options import with_home

if TYPE_CHECKING:
    from matters_arising.web.headers import Proxy


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="Port to answer at; 0 takes any that is free.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="A name by which people reach these pages, such as archive.aldermere.example; repeatable.",
)
@click.option(
    "--public", is_flag=True, help="For everybody to read: without the desk on which people decide."
)
@with_home
def serve(host: str, port: int, names: tuple[str, ...], public: bool, home: Path) -> None:
    """Show the archive as pages on this machine.

    To read, nobody needs a password. Those who decide do so at /desk, which is there as soon as
    somebody has an account (matters desk add) or a proxy is trusted to say who asks. By default
    nobody but this machine can open the pages; at another address they want accounts, a proxy, or
    --public. Beside every page lies its data: /search.json, /recommendations.json and so on.

    \b
    Examples:
      matters serve
      matters serve --port 8080 --home /srv/council/matters-data
      matters serve --host 0.0.0.0 --public --name archive.aldermere.example
    """
    from uvicorn import Config, Server

    from matters_arising.settings import Settings
    from matters_arising.web.app import LOOPBACK, create_app
    from matters_arising.web.headers import Proxy

    own, settings = host in LOOPBACK, Settings()
    proxy = Proxy.of(settings.desk_proxy, settings.desk_proxy_header)
    if not (own or public):
        _somebody_must_answer(host, home, proxy)
    app = create_app(
        home,
        hosts=(*LOOPBACK, *names) if own else ("addresses", "localhost", *_own_names(), *names),
        proxy=proxy,
        desk=not public,
        recordings=settings.play_recordings,
        contact=settings.contact,
    )
    listening = _listen(host, port)
    if not (own or public or proxy.networks):
        click.echo(
            f"Warning: {host} can be reached from other machines, and passwords go over the "
            "network as they are; put a server with https in front (MATTERS_DESK_PROXY).",
            err=True,
        )
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"The archive in {home}: http://{shown}:{listening.getsockname()[1]}/")
    click.echo("Ctrl+C ends it.")
    _tell_of_corrections(home, shown_at_a_desk=app.state.desk.open)
    # No access log: what a reader asks for is the reader's own affair. Who asks is told by our own
    # guard, which believes no address but the proxy's.
    config = Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False
    )
    with listening, suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listening])


def _somebody_must_answer(host: str, home: Path, proxy: Proxy) -> None:
    """Raises UsageError where others could reach the pages and nothing says who may decide."""
    from matters_arising.web.desk.accounts import Accounts

    if not proxy.names_people and not Accounts(home).all():
        raise click.UsageError(
            f"{host} can be reached from other machines; say --public for pages to read alone, or "
            "give whoever decides an account first: matters desk add NAME"
        )


def _tell_of_corrections(home: Path, *, shown_at_a_desk: bool) -> None:
    """Says how many wait where no page shows them: a desk was here when they were sent."""
    from matters_arising.errors import StoreError
    from matters_arising.web.desk.corrections import Corrections

    waiting = 0
    with suppress(StoreError):  # a broken file of them is no reason to show no pages
        waiting = 0 if shown_at_a_desk else len(Corrections(home).waiting())
    if waiting:
        click.echo(f"Open corrections that readers asked for: {waiting} (matters desk corrections)")


def _own_names() -> set[str]:
    return {name.lower() for name in (socket.gethostname(), socket.getfqdn()) if name}


def _listen(host: str, port: int) -> socket.socket:
    """Takes the port before anything is promised.

    Nothing is held back for what may follow: an answer goes out as its head and its body, and each
    page would wait 40 ms for the reader's machine to say that it has the head.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # of all it accepts
        return listening
    except OSError as fault:
        raise click.ClickException(
            f"cannot answer at {host}, port {port} ({fault.strerror or fault}); "
            "choose another with --host and --port"
        ) from fault
