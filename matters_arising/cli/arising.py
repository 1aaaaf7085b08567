"""``matters arising COMMITTEE --for DATE``: the page for the agenda of the next meeting."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matters_arising.cli.links import followed_all
from matters_arising.cli.options import DAY, with_home
from matters_arising.cli.output import as_json

if TYPE_CHECKING:
    from transcripts.tracker.agenda import Agenda

FORMATS = ("md", "html", "docx", "json")


@click.command()
@click.argument("committee")
@click.option("--for", "day", type=DAY, help="The day of the meeting (default: today).")
@click.option("--format", "kind", type=click.Choice(FORMATS), default=None, help="Default: md.")
@click.option("--json", "kind", flag_value="json", help="The same as --format json.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file."
)
@with_home
def arising(
    committee: str, day: datetime | None, kind: str | None, out: Path | None, home: Path
) -> None:
    """Make the matters arising page: what is due, answered, done, to confirm, and silent.

    COMMITTEE is a name or a code.

    \b
    Examples:
      matters arising SCSC --for 2026-09-10
      matters arising SCSC --for 2026-09-10 --out arising.docx
    """
    from transcripts.tracker import agenda_pages as pages
    from warehouse.arising import agenda_for
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        found = agenda_for(reader, committee, day.date() if day else date.today())
        page: Agenda = followed_all(reader, found)
    kind = kind or _kind(out)
    if kind == "docx" and out is None:
        raise click.UsageError("a document needs a place: --out arising.docx")
    made = {"md": pages.as_markdown, "html": pages.as_html, "json": _in_parts}
    content = pages.as_docx(page) if kind == "docx" else made[kind](page).encode()
    if out is None:
        click.echo(content.decode(), nl=False)
        return
    from matters_arising.cli.register import write

    click.echo(f"written to {write(out, content)}", err=True)


def _in_parts(page: Agenda) -> str:
    return as_json({"title": page.title, **asdict(page)}) + "\n"


def _kind(out: Path | None) -> str:
    ending = out.suffix.lstrip(".").lower() if out else ""
    return {"html": "html", "htm": "html", "docx": "docx", "json": "json"}.get(ending, "md")
