"""``matters concordance``: every occurrence of a phrase, with the words around it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.links import followed
from matters_arising.cli.narrowing import narrowed
from matters_arising.cli.options import with_home
from matters_arising.cli.output import WIDTH_OF_A_TABLE, printable
from matters_arising.cli.several import asked_of_each, opened, with_also
from transcripts.times import clock

if TYPE_CHECKING:
    from warehouse.concordance import Occurrence
    from warehouse.query import Filters
    from warehouse.reader import Reader
    from warehouse.scope import Scope

FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
Row = tuple["Occurrence", str]  # with its citation, empty where none is asked for
Asked = tuple["Scope", Iterator[Row]]


@click.command()
@click.argument("phrase", nargs=-1, required=True)
@narrowed
@click.option("--limit", "-k", type=click.IntRange(min=1), help="How many at most (default: all).")
@click.option("--cite", is_flag=True, help="With each, a line by which it can be cited.")
@click.option("--csv", "csv_", type=FILE, help="Write all to this file as CSV; - prints it.")
@click.option("--json", "json_", is_flag=True, help="Print JSON, with what was searched.")
@with_also
@with_home
def concordance(
    phrase: tuple[str, ...],
    also: tuple[Path, ...],
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
      matters concordance "selective licensing" --also ../hollin/matters-data
    """
    from warehouse.several import in_time, scope_of_all

    words = " ".join(phrase)

    def ask(reader: Reader) -> Asked:
        return _asked(reader, words, filters, limit, cite)

    with opened((home, *also)) as readers:
        told = asked_of_each(readers, ask)
        rows = islice(in_time([rows for _, rows in told.values()]), limit)
        searched = scope_of_all([part for part, _ in told.values()])
        if csv_:
            _csv(csv_, rows, cite)
        elif json_:
            _json(words, searched, {h: p for h, (p, _) in told.items()} if also else {}, rows)
        else:
            _told(words, _table(rows, councils=bool(also)), searched.line)


def _asked(reader: Reader, words: str, filters: Filters, limit: int | None, cite: bool) -> Asked:
    """What is searched in one archive, and its rows, which are read as they are wanted."""
    from warehouse.concordance import concordance as occurrences
    from warehouse.scope import scope

    found = map(followed, occurrences(reader, words, filters=filters, limit=limit))
    return scope(reader, filters), _cited(reader, found, cite)


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


def _json(words: str, searched: Scope, each: Mapping[str, Scope], rows: Iterable[Row]) -> None:
    from matters_arising.cli.streams import stream_json

    archives = {"archives": {home: asdict(part) for home, part in each.items()}} if each else {}
    head = {"phrase": words, "scope": asdict(searched), **archives}
    stream_json(head, "occurrences", (row_as_dict(*row) for row in rows))


def _table(rows: Iterable[Row], *, councils: bool = False) -> int:
    """Prints a line a row with the phrase in its middle, and one that says whose it is."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH_OF_A_TABLE
    meeting, count = ("", ""), 0
    for row, citation in rows:
        if (row.council, row.meeting_id) != meeting:
            meeting = row.council, row.meeting_id
            council = (row.council,) if councils else ()
            parts = (f"{row.date:%-d %B %Y}", *council, row.committee, row.meeting_id)
            heading = " · ".join(parts)
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
