"""``matters concordance``: every occurrence of a phrase, with the words around it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.links import followed
from matters_arising.cli.narrowing import narrowed
from matters_arising.cli.options import with_home
from matters_arising.cli.output import WIDTH_OF_A_TABLE, clock, printable

if TYPE_CHECKING:
    from warehouse.concordance import Occurrence
    from warehouse.query import Filters
    from warehouse.reader import Reader

FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
Row = tuple["Occurrence", str]  # with its citation, empty where none is asked for


@click.command()
@click.argument("phrase", nargs=-1, required=True)
@narrowed
@click.option("--limit", "-k", type=click.IntRange(min=1), help="How many at most (default: all).")
@click.option("--cite", is_flag=True, help="With each, a line by which it can be cited.")
@click.option("--csv", "csv_", type=FILE, help="Write all to this file as CSV; - prints it.")
@click.option("--json", "json_", is_flag=True, help="Print JSON, with what was searched.")
@with_home
def concordance(
    phrase: tuple[str, ...],
    filters: Filters,
    limit: int | None,
    cite: bool,
    csv_: Path | None,
    json_: bool,
    home: Path,
) -> None:
    """List every occurrence of a phrase in the order in which it was said.

    The very words, one after another within a sentence; capitals and accents do not matter. The
    words around them are the same speaker's. Rows are printed as they are read, however many there
    are.

    \b
    Examples:
      matters concordance live facial recognition
      matters concordance "seven days notice" --committee SCSC --cite
      matters concordance fly-tipping --from 2026-05-01 --csv fly-tipping.csv
    """
    from warehouse.concordance import concordance as occurrences
    from warehouse.reader import open_reader
    from warehouse.scope import scope

    words = " ".join(phrase)
    with open_reader(home) as reader:
        found = map(followed, occurrences(reader, words, filters=filters, limit=limit))
        rows = _cited(reader, found, cite)
        if csv_:
            _csv(csv_, rows, cite)
        elif json_:
            _json(words, scope(reader, filters), rows)
        else:
            shown = _table(rows)
            _told(words, shown, scope(reader, filters).line)


def _cited(reader: Reader, found: Iterable[Occurrence], cite: bool) -> Iterator[Row]:
    from warehouse.citing import with_citations

    return with_citations(reader, found) if cite else ((row, "") for row in found)


def row_as_dict(row: Occurrence, citation: str) -> dict[str, Any]:
    """One occurrence for JSON and CSV."""
    return asdict(row) | ({"citation": citation} if citation else {})


def _csv(path: Path, rows: Iterable[Row], cite: bool) -> None:
    from matters_arising.cli.streams import stream_csv
    from warehouse.concordance import Occurrence

    columns = [field.name for field in fields(Occurrence)] + ["citation"] * cite
    count = stream_csv(path, columns, (row_as_dict(*row) for row in rows))
    if str(path) != "-":
        click.echo(f"{count} occurrences written to {path}", err=True)


def _json(words: str, searched: Any, rows: Iterable[Row]) -> None:
    from matters_arising.cli.streams import stream_json

    head = {"phrase": words, "scope": asdict(searched)}
    stream_json(head, "occurrences", (row_as_dict(*row) for row in rows))


def _table(rows: Iterable[Row]) -> int:
    """Prints a line a row with the phrase in its middle, and one that says whose it is."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH_OF_A_TABLE
    meeting, count = "", 0
    for row, citation in rows:
        if row.meeting_id != meeting:
            meeting = row.meeting_id
            heading = f"{row.date:%-d %B %Y} · {row.committee} · {meeting}"
            click.secho(f"\n{printable(heading)}", bold=True)
        _line(row, width)
        click.secho(f"    {printable(citation or _whose(row))}", dim=True)
        count += 1
    return count


def _line(row: Occurrence, width: int) -> None:
    words = printable(row.words)
    side = max(12, (width - len(words)) // 2 - 1)
    left, right = printable(row.left), printable(row.right)
    left = left if len(left) <= side else "…" + left[1 - side :]
    right = right if len(right) <= side else right[: side - 1] + "…"
    click.echo(f"{left:>{side}}{click.style(words, bold=True)}{right}")


def _whose(row: Occurrence) -> str:
    item = f"item {row.item}" + (f": {row.item_title}" if row.item_title else "")
    over = "another voice is heard at the same time" if row.words_overlapped else ""
    parts = (clock(row.start_s), row.speaker, item if row.item else "", over, row.link)
    return " · ".join(part for part in parts if part)


def _told(words: str, shown: int, searched: str) -> None:
    told = f"{shown} occurrence{'s'[: shown != 1]} of “{words}”" if shown else f"Not found: {words}"
    click.echo(f"\n{told}. {searched}. Words are machine-made; the minutes are the formal record.")
