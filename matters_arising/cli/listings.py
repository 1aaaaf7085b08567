"""The listings: findings of each kind, meetings, and the speakers of one meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from matters_arising.cli.links import followed
from matters_arising.cli.options import DAY, with_home
from matters_arising.cli.output import by_when, emit, listing_options, plain
from transcripts.times import clock

HELP = """{what}

    Each with its words, its speaker, a link to the second and what made it: a pattern or a score.
    All are found by machine unless a person has decided; the minutes are the formal record.

    \b
    Examples:
      matters {name}
      matters {name} --committee "Safer Communities Scrutiny Committee" --from 2026-05-01
      matters {name} --speaker Fletcher --json
"""
COLUMNS = {
    "recommendation": ("reference", "when", "who", "action", "agreed", "to", "by", "if"),
    "undertaking": ("when", "holder", "action", "by"),
    "concern": ("when", "item", "who", "quote", "whose", "matter"),
}
USUAL = ("when", "item", "who", "quote")


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--to", "last", type=DAY, help="Until this day (YYYY-MM-DD)."),
        click.option("--from", "first", type=DAY, help="From this day on (YYYY-MM-DD)."),
        click.option("--item", default="", help="Only this agenda item."),
        click.option("--meeting", default="", help="Only this meeting."),
        click.option("--committee", default="", help="Only this committee."),
        click.option("--speaker", default="", help="Only this speaker (a name or a part of it)."),
    ):
        command = option(command)
    return command


def _listing(kind: str, name: str, what: str) -> click.Command:
    """The command that lists one kind of finding."""

    @click.command(name, help=HELP.format(what=what, name=name))
    @_filters
    @listing_options
    @with_home
    def command(
        output: str, home: Path, first: datetime | None, last: datetime | None, **narrow: Any
    ) -> None:
        from warehouse.listings import listing
        from warehouse.query import Filters
        from warehouse.reader import open_reader

        filters = Filters(
            first=first.date() if first else None, last=last.date() if last else None, **narrow
        )
        with open_reader(home) as reader:
            rows = [asdict(followed(row)) for row in listing(reader, kind, filters)]
        if output == "table":
            rows = [_for_people(row) for row in rows]
        emit(rows, output, COLUMNS.get(kind, USUAL), empty=f"no {name} found")

    return command


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    """Few columns, in the order in which a person asks."""
    agreed = {True: "agreed", False: "not agreed", None: "not heard"}[row["agreed"]]
    return {
        "reference": row["reference"],
        "when": f"{row['date']:%-d %b %Y} {clock(row['start_s'])}",
        "item": row["item"],
        "who": row["speaker"],
        "quote": row["quote"],
        "agreed": agreed,
        "to": row["addressee"],
        "by": by_when(row["deadline"], row["due"]),
        "if": row["condition"],
        "action": row["action"],
        "holder": row["holder"],
        "whose": row["whose"],
        "matter": row["matter"],
    }


concerns = _listing("concern", "concerns", "List the worries that were voiced.")
floated = _listing(
    "recommendation", "floated", "List every sentence that recommends something, agreed or not."
)
undertakings = _listing("undertaking", "undertakings", "List what people promised to do.")
decisions = _listing("decision", "decisions", "List what the meeting decided.")
follow_ups = _listing(
    "follow-up", "follow-ups", "List what was said of earlier recommendations and promises."
)


@click.command()
@_filters
@listing_options
@with_home
def meetings(
    output: str, home: Path, first: datetime | None, last: datetime | None, **narrow: Any
) -> None:
    """List the meetings of the archive, with how much of each it holds.

    The shares are of the speech that has words, and of the words whose voice has a name.

    \b
    Examples:
      matters meetings
      matters meetings --from 2026-05-01 --csv
    """
    from warehouse.listings import meetings as held
    from warehouse.query import Filters
    from warehouse.reader import open_reader

    filters = Filters(
        first=first.date() if first else None, last=last.date() if last else None, **narrow
    )
    with open_reader(home) as reader:
        rows = [asdict(row) for row in held(reader, filters)]
    emit(
        rows,
        output,
        (
            *("meeting_id", "date", "committee", "hours", "share_transcribed", "share_named"),
            *("sentences", "findings"),
        ),
        empty="no meetings found",
    )


@click.command()
@click.argument("meeting_id")
@listing_options
@with_home
def speakers(meeting_id: str, output: str, home: Path) -> None:
    """List who spoke in a meeting, and why each name was given.

    A voice without enough evidence stays "Speaker 4": no name is better than a wrong one.

    \b
    Examples:
      matters speakers aldermere-scsc-2026-06-11
      matters speakers aldermere-scsc-2026-06-11 --json
    """
    from warehouse.meeting import speakers as who
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        rows = [asdict(row) for row in who(reader, meeting_id)]
    if output == "table":
        rows = [
            {**row, "share": f"{row['share']:.0%}", "why": plain(row["reasons"][:2])}
            for row in rows
        ]
    emit(rows, output, ("voice", "speaker", "words", "share", "why", "decided_by"))
