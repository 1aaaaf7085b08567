"""``matters sql``: a SELECT over the public views, run where it can do no harm."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import (
    WIDTH_OF_A_TABLE,
    as_csv,
    as_json,
    listing_options,
    page,
    plain,
)
from matters_arising.errors import BadInputError

if TYPE_CHECKING:
    from warehouse.asking import Answer

WIDEST = 10  # columns of a table


@click.command()
@click.argument("statement", required=False, default="")
@click.option(
    "-f", "--file", "file", type=click.File(encoding="utf-8"), help="Read the statement from FILE."
)
@click.option("--views", is_flag=True, help="List the views and their columns instead.")
@click.option(
    "--rows",
    type=click.IntRange(min=1),
    default=1_000,
    show_default=True,
    help="How many rows at most; says so where there were more.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1, max=3_600),
    default=30.0,
    show_default=True,
    help="End the statement after so long.",
)
@click.option(
    "--parquet", type=click.Path(path_type=Path, dir_okay=False), help="Write Parquet to this file."
)
@listing_options
@with_home
def sql(
    statement: str,
    file: TextIO | None,
    views: bool,
    rows: int,
    seconds: float,
    parquet: Path | None,
    output: str,
    home: Path,
) -> None:
    """Ask the views of the archive in SQL.

    One SELECT, in DuckDB's dialect, over the public views alone; nothing can be written, and no
    file, network or table behind the views is reached. Without STATEMENT or --file it is read from
    standard input. docs/how-to/sql.md holds recipes.

    \b
    Examples:
      matters sql --views
      matters sql "SELECT speaker, sum(words) FROM speakers WHERE preferred GROUP BY ALL"
      matters sql -f question.sql --csv > answer.csv
      matters sql "FROM sentences" --rows 1000000 --parquet sentences.parquet
    """
    if views:
        list_views(home, output)
        return
    from warehouse.asking import ask

    if parquet and parquet.exists():
        raise BadInputError(f"{parquet} is there already; name a file that is not")
    answer = ask(home, statement_of(statement, file), rows=rows, seconds=seconds)
    if parquet:
        _write(answer, parquet)
        click.echo(f"{answer.table.num_rows} rows written to {parquet}")
    else:
        show(answer, output)
    if answer.cut:
        click.echo(f"cut at --rows {rows}; there are more", err=True)


def statement_of(statement: str, file: TextIO | None) -> str:
    """The words that were given, once."""
    if statement and file:
        raise click.UsageError("give a statement or --file, not both")
    if statement == "-":
        statement = ""
    if not statement and not file and sys.stdin.isatty():
        raise click.UsageError("no statement; give one, or --file, or --views to see what there is")
    try:
        return statement or (file.read() if file else sys.stdin.buffer.read().decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise BadInputError("the statement is not UTF-8; save it as such") from fault


def show(answer: Answer, output: str) -> None:
    """The answer as a table, CSV or JSON; columns of one name are numbered."""
    names = distinct(answer.columns)
    rows = [dict(zip(names, row, strict=True)) for row in answer.rows()]
    if output == "json":
        click.echo(as_json([{name: _finite(value) for name, value in row.items()} for row in rows]))
    elif output == "csv":
        # without rows the header is still an answer: these columns, and nothing in them
        text = as_csv(rows or [dict.fromkeys(names)])
        click.echo(text if rows else text.splitlines()[0] + "\n", nl=False)
    else:
        lay_out = _table if len(names) <= WIDEST else _records
        lay_out(names, rows)
        click.echo(f"{len(rows)} row{'s'[: len(rows) != 1]}", err=True)


def _finite(value: Any) -> Any:
    """JSON knows neither NaN nor infinity, however deep in lists and structs they stand."""
    if isinstance(value, dict):
        return {name: _finite(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def distinct(names: list[str]) -> list[str]:
    """The names, each once: ``n, n`` becomes ``n, n_2``."""
    out: list[str] = []
    for name in names:
        fresh, number = name, 2
        while fresh in out:
            fresh, number = f"{name}_{number}", number + 1
        out.append(fresh)
    return out


def _table(names: list[str], rows: list[dict[str, Any]]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(pad_edge=False, header_style="bold", box=None, padding=(0, 1))
    for name in names:
        table.add_column(escape(name), overflow="fold")
    for row in rows:
        table.add_row(*(escape(plain(value)) for value in row.values()))
    page(WIDTH_OF_A_TABLE).print(table)


def _records(names: list[str], rows: list[dict[str, Any]]) -> None:
    """More columns than a page is wide: a row is a paragraph, what is empty in it left out."""
    width = max(map(len, names))
    for row in rows:
        for name, value in row.items():
            if plain(value):
                click.echo(f"{name:<{width}}  {plain(value)}")
        click.echo()


def _write(answer: Answer, target: Path) -> None:
    """Whole or not there."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    aside = target.with_name(f".{target.name}.part")
    try:
        table = answer.table.rename_columns(distinct(answer.columns))
        pq.write_table(table, aside, compression="zstd")
        aside.rename(target)
    except pa.ArrowNotImplementedError as fault:
        raise BadInputError(
            f"a column cannot be written as Parquet ({fault}); ask for it as text, as in "
            "CAST(column AS VARCHAR)"
        ) from fault
    except OSError as fault:
        raise BadInputError(f"{target} cannot be written ({fault.strerror or fault})") from fault
    finally:
        aside.unlink(missing_ok=True)


def list_views(home: Path, output: str) -> None:
    """The views with their columns: from the archive, or as the program would make them."""
    from dataclasses import asdict

    from warehouse.dictionary import by_view, dictionary
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        columns = dictionary(reader.con)
    if output == "json":
        click.echo(as_json([asdict(column) for column in columns]))
        return
    if output == "csv":
        click.echo(as_csv([asdict(column) for column in columns]), nl=False)
        return
    for view, meaning, own in by_view(columns):
        click.echo(f"{view}\n  {meaning}")
        for c in own:
            unit = f", {c.unit}" if c.unit else ""
            click.echo(f"    {c.column:<22} {c.type.lower()}{unit}: {c.meaning}")
        click.echo()
