"""The options that narrow a search, for commands that search by phrase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

import click

from matters_arising.cli.options import DAY

KINDS = ("concern", "recommendation", "undertaking", "decision", "follow-up")


def narrowed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``filters``, made of the options that ``matters search`` has."""

    @wraps(command)
    def wrapped(
        *args: Any,
        first: datetime | None,
        last: datetime | None,
        kind: str | None,
        speaker: str,
        committee: str,
        meeting: str,
        item: str,
        **rest: Any,
    ) -> Any:
        from warehouse.query import Filters

        filters = Filters(
            speaker=speaker,
            committee=committee,
            first=first.date() if first else None,
            last=last.date() if last else None,
            kind=kind or "",
            item=item,
            meeting=meeting,
        )
        return command(*args, filters=filters, **rest)

    made: Callable[..., Any] = wrapped
    for option in (
        click.option("--to", "last", type=DAY, help="Until this day (YYYY-MM-DD)."),
        click.option("--from", "first", type=DAY, help="From this day on (YYYY-MM-DD)."),
        click.option(
            "--kind", type=click.Choice(KINDS), help="Only sentences that hold such a finding."
        ),
        click.option("--item", default="", help="Only this agenda item."),
        click.option("--meeting", default="", help="Only this meeting."),
        click.option("--committee", default="", help="Only this committee."),
        click.option("--speaker", default="", help="Only this speaker (a name or a part of it)."),
    ):
        made = option(made)
    return made
