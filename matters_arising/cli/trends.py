"""``matters trends``: how often phrases were said, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.narrowing import narrowed
from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_csv, as_json, listing_options, page
from matters_arising.cli.several import asked_of_each, council_of, opened, with_also

if TYPE_CHECKING:
    from warehouse.query import Filters
    from warehouse.reader import Reader
    from warehouse.scope import Scope
    from warehouse.trends import Figure, Stretch, Trends

BY = ("month", "quarter", "year", "committee", "speaker-role")
COLOURS = ("cyan", "yellow", "green", "magenta", "blue", "red", "bright_black", "white")
Asked = tuple[str, "Scope", "Trends"]
BAR = 40  # cells of the longest bar
NO_DATA = "no data"
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("phrases", nargs=-1, required=True)
@click.option(
    "--by", type=click.Choice(BY), default="month", show_default=True, help="What a row is."
)
@narrowed
@click.option("--chart", "output", flag_value="chart", help="Show bars, as long as the rate.")
@click.option("--svg", type=FILE, help="Write the picture of the rates to this file.")
@listing_options
@with_also
@with_home
def trends(
    phrases: tuple[str, ...],
    by: str,
    also: tuple[Path, ...],
    filters: Filters,
    output: str,
    svg: Path | None,
    home: Path,
) -> None:
    """Count how often phrases were said, by month, committee or kind of speaker.

    Each argument is a phrase, its words exactly as said. Beside the counts stand the meetings in
    which they were said, and the rate for each hour that was spoken in what was searched. A month
    without a meeting that was searched has no data, which is not 0.

    \b
    Examples:
      matters trends damp mould --by quarter
      matters trends "live facial recognition" --committee SCSC --chart
      matters trends "selective licensing" --by committee --svg licensing.svg
      matters trends fly-tipping --by speaker-role --csv > fly-tipping.csv
      matters trends "selective licensing" --also ../hollin/matters-data
    """
    from warehouse.several import scope_of_all, trends_of_all

    def ask(reader: Reader) -> Asked:
        return council_of(reader) if also else "", *_asked(reader, phrases, by, filters)

    with opened((home, *also)) as readers:
        told = asked_of_each(readers, ask)
    each = {home: part for home, (_, part, _) in told.items()}
    searched = scope_of_all(list(each.values()))
    counted = trends_of_all([(council, found) for council, _, found in told.values()])
    if svg:
        _draw(svg, counted, searched)
    if output == "json":
        head = {"by": by, "phrases": counted.phrases, "scope": asdict(searched)}
        if also:
            head["archives"] = {home: asdict(part) for home, part in each.items()}
        click.echo(as_json(head | {"rows": rows(counted), "total": totals(counted)}))
    elif output == "csv":
        click.echo(as_csv(list(rows(counted))), nl=False)
    else:
        _shown(counted, searched.line, output)


def _asked(
    reader: Reader, phrases: Sequence[str], by: str, filters: Filters
) -> tuple[Scope, Trends]:
    """What is searched in one archive, and the counts."""
    from warehouse.scope import scope
    from warehouse.trends import trends as count

    counted = count(reader, phrases, by=by, filters=filters)
    return scope(reader, filters), counted


def rows(counted: Trends) -> list[dict[str, Any]]:
    """One row a stretch and phrase, for JSON and CSV; empty figures where nothing was searched."""
    return [row for stretch in counted.stretches for row in _rows(counted, stretch)]


def totals(counted: Trends) -> list[dict[str, Any]]:
    """One row a phrase, of all stretches together."""
    return list(_rows(counted, counted.total))


def _rows(counted: Trends, stretch: Stretch) -> list[dict[str, Any]]:
    of_all = {k: v for k, v in asdict(stretch).items() if k not in ("figures", "label")}
    return [
        {counted.by: stretch.label, "phrase": phrase} | asdict(figure) | of_all
        for phrase, figure in zip(counted.phrases, stretch.figures, strict=True)
    ]


def _draw(path: Path, counted: Trends, searched: Any) -> None:
    from matters_arising.cli.register import write
    from matters_arising.web.charts import as_svg

    write(path, as_svg(counted, searched))
    click.echo(f"written to {path}", err=True)


def _shown(counted: Trends, searched: str, output: str) -> None:
    from matters_arising.web.charts import title_of

    console = page()
    console.print(title_of(counted), style="bold", markup=False)
    console.print(_bars(counted) if output == "chart" else _figures(counted))
    console.print(f"{searched}. Words are machine-made.", style="dim", markup=False)


def _figures(counted: Trends) -> Any:
    """A table: what was searched, and under each phrase count, meetings and rate."""
    from rich.table import Table
    from rich.text import Text

    table = Table(pad_edge=False, header_style="bold", box=None, padding=(0, 1))
    table.add_column(counted.by)
    for name in ("meetings\nsearched", "hours\nspoken"):
        table.add_column(name, justify="right")
    for phrase in counted.phrases:
        for name in (f"“{phrase}”\ntimes", "\nmeetings", "\nper hour"):
            table.add_column(Text(name), justify="right")
    for stretch in (*counted.stretches, counted.total):
        if stretch is counted.total:
            table.add_section()
        cells = [cell for figure in stretch.figures for cell in _cells(figure)]
        of = f"{stretch.meetings_searched} of {stretch.meetings_held}"
        table.add_row(Text(stretch.label), of, f"{stretch.hours_spoken:.2f}", *cells)
    return table


def _cells(figure: Figure) -> tuple[str, str, str]:
    if figure.occurrences is None:
        return NO_DATA, "", ""
    return str(figure.occurrences), str(figure.meetings), _rate(figure)


def _rate(figure: Figure) -> str:
    from matters_arising.web.shown import rate

    return rate(figure.per_hour)


def _bars(counted: Trends) -> Any:
    """A bar a stretch and phrase, all of one scale."""
    from rich.bar import Bar
    from rich.table import Table
    from rich.text import Text

    table = Table(pad_edge=False, header_style="bold", box=None, padding=(0, 1))
    for name in (counted.by, "phrase", "times said per hour spoken"):
        table.add_column(name)
    table.add_column("", justify="right")
    rates = [f.per_hour or 0.0 for s in counted.stretches for f in s.figures]
    most = max(rates, default=0.0) or 1.0
    for stretch in counted.stretches:
        for number, (phrase, figure) in enumerate(
            zip(counted.phrases, stretch.figures, strict=True)
        ):
            bar = Bar(most, 0, figure.per_hour or 0.0, width=BAR, color=COLOURS[number])
            told = NO_DATA if figure.occurrences is None else _rate(figure)
            table.add_row(Text("" if number else stretch.label), Text(phrase), bar, told)
    return table
