"""``matters recommendations``: the register, as a table, a spreadsheet, a document, a calendar."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising import __version__
from matters_arising.cli.links import followed_all
from matters_arising.cli.options import DAY, with_home
from matters_arising.cli.output import as_json, emit, listing_options

if TYPE_CHECKING:
    from transcripts.life import Entry
    from warehouse.register import RegisterFilters, Searched
    from warehouse.threads import ThreadRow

STATES = ("open", "closed", "due", "overdue", "silent")
COLUMNS = ("reference", "made", "recommendation", "to", "due", "answer", "status")
THREADS = ("title", "by", "committee", "raised", "meetings", "first", "last", "answered")
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--state", type=click.Choice(STATES), default=None, help="Only these.")
@click.option("--addressee", default="", help="Only to this addressee (a part of the name).")
@click.option("--committee", default="", help="Only of this committee, by name or code.")
@click.option("--year", default="", help="Only of this municipal year, such as 2026-27.")
@click.option("--words", default="", help="Only with these words in text or reference.")
@click.option("--from", "first", type=DAY, help="Made from this day on (YYYY-MM-DD).")
@click.option("--to", "last", type=DAY, help="Made until this day (YYYY-MM-DD).")
@click.option("--all", "every", is_flag=True, help="Also those floated, not agreed or withdrawn.")
@click.option("--xlsx", type=FILE, help="Write a spreadsheet in the tracker's columns.")
@click.option("--docx", type=FILE, help="Write a document for a committee.")
@click.option("--ics", type=FILE, help="Write the due dates as a calendar.")
@listing_options
@with_home
def recommendations(
    output: str,
    home: Path,
    state: str | None,
    every: bool,
    first: datetime | None,
    last: datetime | None,
    xlsx: Path | None,
    docx: Path | None,
    ics: Path | None,
    **narrow: str,
) -> None:
    """List what committees asked others to do, and what became of it.

    The agreed ones, with the words said and minuted, to whom, due when, answered how, done or not.
    All is found by machine unless a person has decided; the minutes are the formal record.

    \b
    Examples:
      matters recommendations
      matters recommendations --state silent
      matters recommendations --committee SCSC --year 2026-27 --xlsx tracker.xlsx
      matters recommendations --ics due.ics --docx register.docx
    """
    from warehouse.register import RegisterFilters

    filters = RegisterFilters(
        state=state or "",
        first=first.date() if first else None,
        last=last.date() if last else None,
        **narrow,
    )
    entries, looked = _entries(home, filters, every, output == "json")
    written = _write(entries, xlsx, docx, ics)
    for path in written:
        click.echo(f"{len(entries)} recommendations written to {path}", err=True)
    if not written or output != "table":
        _show(entries, looked, output)


def _entries(
    home: Path, filters: RegisterFilters, every: bool, also_where: bool
) -> tuple[list[Entry], dict[str, list[Searched]]]:
    """The entries, and by reference where each was looked for: silence is nothing without it."""
    from transcripts.ladders import followed
    from warehouse.reader import open_reader
    from warehouse.register import register, searched_each

    with open_reader(home) as reader:
        found = followed_all(reader, register(reader, filters, today=date.today()))
        found = found if every else followed(found)
        return found, searched_each(reader, found) if also_where else {}


def _show(entries: list[Entry], looked: dict[str, list[Searched]], output: str) -> None:
    from transcripts.tracker.docx import row
    from transcripts.tracker.rows import as_csv

    if output == "csv":
        click.echo(as_csv(entries), nl=False)
    elif output == "json":
        where = {reference: [asdict(s) for s in found] for reference, found in looked.items()}
        click.echo(as_json([asdict(e) | {"searched": where[e.reference]} for e in entries]))
    else:
        rows = [dict(zip(COLUMNS, row(e), strict=True)) for e in entries]
        emit(rows, "table", COLUMNS, empty="no recommendations found")


def _write(
    entries: list[Entry], xlsx: Path | None, docx: Path | None, ics: Path | None
) -> list[Path]:
    from transcripts.tracker.docx import as_docx
    from transcripts.tracker.ics import as_ics
    from transcripts.tracker.xlsx import as_xlsx

    today = date.today()
    kinds: list[tuple[Path | None, Any]] = [
        (xlsx, lambda: as_xlsx(entries, made_on=today, version=__version__)),
        (docx, lambda: as_docx(entries, made_on=today)),
        (ics, lambda: as_ics(entries)),
    ]
    return [write(path, made()) for path, made in kinds if path is not None]


def write(path: Path, content: bytes) -> Path:
    """The whole file or none; what was there is replaced in one step."""
    from matters_arising.errors import StoreError

    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as fault:
        raise StoreError(
            f"{path} could not be written ({fault.strerror}); what was there is untouched: give "
            "another place or make room"
        ) from fault
    return path


def _thread(row: ThreadRow, output: str) -> dict[str, Any]:
    """A row of cells, with who had it; its concerns one by one are for JSON alone."""
    told = asdict(row)
    if output == "json":
        return told
    concerns = told.pop("concerns")
    told["people"] = told["by"] = ", ".join(row.people)
    told["concern_ids"] = ", ".join(concern["finding_id"] for concern in concerns)
    if output == "csv":
        del told["by"]
    return told


@click.command()
@click.option("--committee", default="", help="Only of this committee, by name or code.")
@listing_options
@with_home
def threads(output: str, home: Path, committee: str) -> None:
    """List the worries that several people or meetings had, each with who raised it and when.

    A thread is told by likeness; its title is one of its concerns, word for word. ``raised``
    counts each person once a meeting.

    \b
    Examples:
      matters threads
      matters threads --committee SCSC --json
    """
    from warehouse.reader import open_reader
    from warehouse.threads import threads as held

    with open_reader(home) as reader:
        rows = [_thread(row, output) for row in held(reader, committee)]
    emit(rows, output, THREADS, empty="no concern was found that several people or meetings had")
