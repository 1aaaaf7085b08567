"""``matters ledger``: every decision that was ever made, in order."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import emit, listing_options

COLUMNS = ("id", "when", "who", "kind", "verdict", "about", "undone_by")


@click.command()
@click.option("--about", default="", metavar="REF", help="Only what is about this recommendation.")
@listing_options
@with_home
def ledger(output: str, home: Path, about: str) -> None:
    """List every line of the ledger: who decided what about what, when, and what was taken back.

    No line is ever taken out of the ledger: one that was undone stays in the list with the line
    that undid it. Names that are withheld are not printed.

    \b
    Examples:
      matters ledger
      matters ledger --about SCSC/2026-27/01
      matters ledger --csv > decisions.csv
    """
    from warehouse.reader import open_reader
    from warehouse.written import written

    with open_reader(home) as reader:
        rows = [asdict(row) for row in written(reader, about)]
    emit(rows, output, COLUMNS, empty="nothing has been decided yet")
