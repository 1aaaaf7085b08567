"""``matters export`` and ``matters rebuild``: the archive as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_json


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="How each view is written.",
)
@click.option(
    "--author",
    "authors",
    multiple=True,
    help="Who publishes it, for the citation; may be repeated.",
)
@click.option("--licence", default="", help="Its licence, by its SPDX name such as CC-BY-4.0.")
@click.option("--json", "json_", is_flag=True, help="Print what was written as JSON.")
@with_home
def export(
    folder: Path, format_: str, authors: tuple[str, ...], licence: str, json_: bool, home: Path
) -> None:
    """Write the archive's views into FOLDER as a data set that can be published.

    Beside a file a view it holds a readme, a data dictionary, a manifest with what it speaks for,
    checksums and CITATION.cff. FOLDER must not exist yet: an export is whole or not there. Names of
    members of the public, and names withheld, are in none of the files.

    \b
    Examples:
      matters export june-2026
      matters export june-2026 --format parquet --author "Aldermere Post" --licence CC-BY-4.0
    """
    from warehouse.export import export as write
    from warehouse.frozen import Terms

    counts = write(home, folder, format_, Terms(authors, licence))
    _note(home, folder)
    if json_:
        click.echo(as_json({"folder": str(folder), "format": format_, "rows": dict(counts)}))
        return
    for view, rows in counts.items():
        click.echo(f"{view:<18} {rows:>8} rows")
    click.echo(f"written to {folder}")


def _note(home: Path, folder: Path) -> None:
    """Writes down where the copy went, so that a purge can name it."""
    from transcripts.copies import Copy, note
    from transcripts.ledger import now
    from warehouse.listings import meetings
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        held = tuple(m.meeting_id for m in meetings(reader))
    note(home, Copy("export", str(folder.absolute()), now(), held))


@click.command()
@with_home
def rebuild(home: Path) -> None:
    """Make the warehouse again from the record and the ledger.

    The warehouse is a projection: nothing is lost by making it anew, and readers keep the old one
    until the new one is whole. A meeting that cannot be read is named and left out, with all that
    the old one held of it; the others are loaded, and the command ends with 1.

    \b
    Example:
      matters rebuild
    """
    from flows.load import rebuild as again

    made = again(home)
    count, left = made.meetings, ", ".join(made.left_out)
    without = f", without {left}: matters doctor" if left else ""
    click.echo(
        f"rebuilt {home / 'matters.duckdb'} from {count} meeting{'s'[: count != 1]}{without}"
    )
    if left:
        raise SystemExit(1)
