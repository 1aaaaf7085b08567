"""How answers are shown: a table for people, JSON or CSV for what comes after."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

Row = Mapping[str, Any]
# shares of the width that is left
WORDY = {
    "quote": 4,
    "action": 4,
    "why": 4,
    "recommendation": 4,
    "title": 4,
    "verdict": 3,
    "about": 3,
    "committee": 2,
} | dict.fromkeys(("to", "by", "if", "holder", "whose", "matter", "answer", "status"), 1)
READABLE = 7  # letters a share without which words are in shreds
MAINLY = 3  # shares from which on a column is what a row says, not a detail of it
# what a row is known by, said without the name of its column
TELLING = frozenset("reference id meeting_id voice name when made date who speaker holder".split())
WIDTH_OF_A_PAGE, WIDTH_OF_A_TABLE = 100, 140  # where nobody's terminal says
LABEL = re.compile(r" {2,4}\S+ {2,}")
F = TypeVar("F", bound=Callable[..., Any])


def listing_options(command: F) -> F:
    """The options that every listing has: ``--json``, ``--csv`` and ``--table`` (the default)."""
    for name, words in (
        ("table", "a table for people (the default)"),
        ("csv", "CSV with a header line"),
        ("json", "JSON, one array"),
    ):
        command = click.option(
            f"--{name}", "output", flag_value=name, help=f"Show {words}.", default=name == "table"
        )(command)
    return command


def emit(
    rows: Sequence[Row],
    output: str,
    columns: Sequence[str],
    *,
    empty: str = "",
    every: Sequence[str] = (),
) -> None:
    """Prints rows; a table shows ``columns`` only, JSON and CSV show everything.

    ``every`` names all that a row holds, for the header of a CSV without a row.
    """
    if output == "json":
        click.echo(as_json(rows))
    elif output == "csv":
        click.echo(as_csv(rows, every), nl=False)
    elif rows:
        print_table(rows, columns)
    else:
        click.echo(empty or "nothing found")


def as_json(value: Any) -> str:
    """JSON as people can read it too; dates as ISO text."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def as_csv(rows: Sequence[Row], header: Sequence[str] = ()) -> str:
    """CSV with a header; a cell a spreadsheet would run as a formula gets a quote in front."""
    names = list(rows[0]) if rows else list(header)
    if not names:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: cell(v) for k, v in row.items()} for row in rows)
    return text.getvalue()


def print_table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """A table as wide as the terminal, nothing cut off; where that is too narrow, paragraphs."""
    from rich.markup import escape
    from rich.table import Table

    console = page(WIDTH_OF_A_TABLE)
    cells = [{c: plain(row.get(c)) for c in columns} for row in rows]
    if not _fits(cells, columns, console.width):
        _print_paragraphs(console, cells)
        return
    table = Table(pad_edge=False, header_style="bold", box=None, padding=(0, 1))
    for column in columns:
        share = WORDY.get(column)
        table.add_column(
            column.replace("_", " "), overflow="fold", ratio=share, no_wrap=share is None
        )
    for row in cells:
        table.add_row(*map(escape, row.values()))
    console.print(table)


def _fits(cells: Sequence[Mapping[str, str]], columns: Sequence[str], width: int) -> bool:
    """Whether the columns of words have room enough to be read beside the others.

    rich gives a column what is left, which may be a letter or nothing at all.
    """
    widest = {c: max(len(c), *(len(row[c]) for row in cells)) for c in columns}
    wordy = {c: share for c, share in WORDY.items() if c in widest}
    left = width - sum(2 + (0 if c in wordy else wide) for c, wide in widest.items())
    a_share = left / (sum(wordy.values()) or 1)
    return left >= 0 and all(
        a_share * share >= min(widest[c], READABLE * share) for c, share in wordy.items()
    )


def _print_paragraphs(console: Any, cells: Sequence[Mapping[str, str]]) -> None:
    """A row as a paragraph: what tells it apart, its words indented, then the rest by name."""
    from rich.padding import Padding
    from rich.text import Text

    for row in cells:
        told = {c: value for c, value in row.items() if value}
        head = " · ".join(value for c, value in told.items() if c in TELLING)
        words = [
            f"“{value}”" if c == "quote" else value
            for c, value in told.items()
            if WORDY.get(c, 0) >= MAINLY
        ]
        rest = " · ".join(
            f"{c.replace('_', ' ')}: {value}"
            for c, value in told.items()
            if c not in TELLING and WORDY.get(c, 0) < MAINLY
        )
        first, *others = filter(None, (head, *words, rest))
        console.print(Text(first, "bold"))
        for line in others:
            console.print(Padding(Text(line), (0, 0, 0, 4), expand=False))
        console.print()


def page(width: int = WIDTH_OF_A_PAGE) -> Any:
    """A rich console on standard output: as wide as the terminal, or ``width`` into a file."""
    from rich.console import Console  # 0.1 s, and --help does without

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=width)


def width_of_page() -> int:
    """Letters a line: of the terminal, or of a page where nobody's terminal says."""
    width: int = page().width
    return width


def folded(line: str, width: int) -> str:
    """A line broken between words at ``width``, what follows indented as its words begin.

    ``  said      “so the…``: further lines stand below the words, not below their label. An
    address is never broken.
    """
    indent = len(line) - len(line.lstrip())
    label = LABEL.match(line)
    hang = label.end() if label else indent + 2
    return (
        textwrap.fill(
            line,
            max(width, hang + 20),
            subsequent_indent=" " * hang,
            break_long_words=False,
            break_on_hyphens=False,
            replace_whitespace=False,
            drop_whitespace=True,
        )
        if len(line) > width
        else line
    )


def plain(value: Any, *, exact: bool = False) -> str:
    """A value as people write it; ``exact`` with every digit of a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value) if exact else f"{value:.2f}"
    if isinstance(value, list | tuple):
        return ", ".join(plain(v, exact=exact) for v in value)
    return str(value)


def printable(text: str) -> str:
    """Without what a terminal would obey instead of showing."""
    return "".join(c if c.isprintable() else " " for c in text)


def by_when(deadline: str, due: str) -> str:
    """The words of a deadline and the day they mean: ``by the end of June (2026-06-30)``."""
    if not deadline or not due or deadline == due:
        return deadline or due
    return f"{deadline} ({due})"


def cell(value: Any) -> str:
    """A value for CSV, unrounded, for CSV is read by programs, not by people.

    What a spreadsheet would run as a formula gets a quote in front.
    """
    text = plain(value, exact=True)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") and not _number(text) else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
