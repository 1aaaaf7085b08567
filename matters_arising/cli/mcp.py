"""``matters mcp``: the archive for an assistant."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from matters_arising.cli.options import with_home


@click.command()
@with_home
def mcp(home: Path) -> None:
    """Answer an assistant's questions over the Model Context Protocol.

    Started by the assistant's program, not by hand: it speaks on standard input and output, and
    reads the archive only. Tools: search, meeting, transcript, recommendation, register, counts.
    docs/how-to/mcp.md holds the lines for the assistant's configuration.

    \b
    Example:
      matters mcp --home /srv/council/matters-data
    """
    from matters_arising.assistant.server import serve

    logging.getLogger("mcp").setLevel(logging.WARNING)
    serve(home)
