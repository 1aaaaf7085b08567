"""``matters import-tracker FILE``: a clerk's own tracker taken into the register."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matters_arising.cli.options import somebody, user, with_home
from matters_arising.cli.output import as_json

if TYPE_CHECKING:
    from transcripts.ledger import Decision
    from transcripts.tracker.compare import Compared
    from transcripts.tracker.incoming import Tracker

NOBODY = "nobody yet"  # a dry run is nobody's decision
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command("import-tracker")
@click.argument("file", type=FILE)
@click.option(
    "--map", "mapping", type=FILE, help='A TOML file of lines like "Ref No" = "reference".'
)
@click.option("--committee", default="", help="Whose tracker it is, where its rows do not say.")
@click.option("--apply", is_flag=True, help="Write it; without this it is only told.")
@click.option(
    "--take",
    type=click.Choice(["register", "tracker"]),
    default="register",
    help="Whose word counts where the two contradict (default: the register's).",
)
@click.option(
    "--accept-doubtful", is_flag=True, help="Also rows without a reference, matched by wording."
)
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@click.option("--by", "who", default=user, help="Who brings it in; a dry run needs nobody.")
@with_home
def import_tracker(
    file: Path,
    mapping: Path | None,
    committee: str,
    apply: bool,
    take: str,
    accept_doubtful: bool,
    json_: bool,
    who: str,
    home: Path,
) -> None:
    """Take a tracker (CSV, XLSX, DOCX) into the register; a dry run unless --apply is given.

    Nothing is overwritten silently: what contradicts the register is listed and left.

    \b
    Examples:
      matters import-tracker tracker.xlsx
      matters import-tracker tracker.csv --map headings.toml --apply
      matters import-tracker old.xlsx --committee "Housing Scrutiny Panel"
    """
    from transcripts.ledger import now
    from transcripts.tracker.compare import DOUBTFUL, compare
    from transcripts.tracker.incoming import read_tracker
    from transcripts.tracker.taken import decisions
    from warehouse.reader import open_reader
    from warehouse.register import register

    who = somebody(who) if apply else who or NOBODY
    tracker = read_tracker(file, _mapping(mapping), committee=committee.strip())
    with open_reader(home) as reader:
        entries = register(reader, today=date.today())
    found = compare(tracker.lines, entries)
    if json_:
        for told in tracker.told:
            click.echo(told, err=True)
        click.echo(as_json([_plain(row) | {"headings": tracker.headings} for row in found]))
    else:
        _tell(tracker, found)
    wanted = [row for row in found if accept_doubtful or row.verdict != DOUBTFUL]
    by = {"who": who, "when": now(), "source": file.name}  # one moment for all that it writes
    lines = [d for row in wanted for d in decisions(row, **by, take=take == "tracker")]
    if not apply:
        click.echo(f"{len(lines)} lines would be written; to write them: --apply", err=True)
        return
    _keep(home, lines)


def _mapping(path: Path | None) -> dict[str, str]:
    from matters_arising.errors import BadInputError, UnknownValueError
    from transcripts.columns import COLUMNS

    if path is None:
        return {}
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadInputError(f"{path} cannot be read as TOML ({fault})") from fault
    for column in read.values():
        if column not in COLUMNS:
            raise UnknownValueError(f"column in {path}", str(column), COLUMNS)
    return {str(k): str(v) for k, v in read.items()}


def _plain(row: Compared) -> dict[str, object]:
    """As data, without the whole entry that it is beside: its reference names it."""
    return {k: v for k, v in asdict(replace(row, held=None)).items() if k != "held"}


def _tell(tracker: Tracker, found: list[Compared]) -> None:
    from transcripts.tracker.facts import LEFT_OUT

    for heading, column in tracker.headings.items():
        left = " (told from the rest: left out of rows that are held)" * (column in LEFT_OUT)
        click.echo(f"  {heading!r} is read as {column or 'nothing (left out)'}{left}")
    for told in tracker.told:
        click.echo(f"  {told}")
    for row in found:
        like = f" (worded like {row.like})" if row.like else ""
        click.echo(f"row {row.line.number}  {row.verdict:<11}{row.reference}{like}")
        for column, ours, theirs in row.conflicts:
            click.echo(f"    {column}: the register says '{ours}', the tracker '{theirs}'")
        for column, theirs in row.adds if row.verdict != "new" else ():
            click.echo(f"    {column}: '{theirs}' is new")
        if row.refused:
            click.echo(f"    {row.refused}")
        for fault in row.line.faults:
            click.echo(f"    cannot be read: {fault}")


def _keep(home: Path, lines: list[Decision]) -> None:
    from flows.load import decide as keep

    made = keep(home, lines) if lines else []
    click.echo(f"{len(made)} lines kept in the ledger")
    if made:
        click.echo(f"to take all of them back: matters decide undo --import {made[0].id}")
