"""``matters recommendation REF``: what is known of one recommendation, with the evidence."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_json, clock

if TYPE_CHECKING:
    from warehouse.listings import FindingRow
    from warehouse.meeting import Line
    from warehouse.search import Hit

LIKE_ENOUGH = 0.4  # of the likest one's score: below it, likeness is a shared word or two


@click.command()
@click.argument("reference")
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@with_home
def recommendation(reference: str, json_: bool, home: Path) -> None:
    """Show one recommendation: its words, who said them, whether it was agreed, what came after.

    What was said later is proposed by likeness of words only; a person has to judge whether it is
    the same matter.

    \b
    Examples:
      matters recommendation SCSC/2026-27/01
      matters recommendation SCSC/2026-27/01 --json
    """
    found, said, later = look_up(home, reference)
    if json_:
        click.echo(
            as_json(
                {
                    "recommendation": asdict(found),
                    "said": [asdict(line) for line in said],
                    "proposed_later_mentions": [asdict(hit) for hit in later],
                }
            )
        )
        return
    for line in lines_of(found, said, later):
        click.echo(line)


def look_up(home: Path, reference: str) -> tuple[FindingRow, list[Line], list[Hit]]:
    """The recommendation, what was said around it, and follow-ups that may be about it."""
    from warehouse.listings import recommendation as one
    from warehouse.meeting import around
    from warehouse.query import Filters
    from warehouse.reader import open_reader
    from warehouse.search import search

    with open_reader(home) as reader:
        found = one(reader, reference)
        said = around(reader, found.sentence_id, found.transcript_version, before=2, after=3)
        filters = Filters(committee=found.committee, first=found.date, kind="follow-up")
        hits = search(reader, found.quote, filters=filters, k=5).hits
    later = [h for h in hits if h.date > found.date]
    best = max((h.words or 0.0 for h in later), default=0.0)
    return found, said, [h for h in later if (h.words or 0.0) >= LIKE_ENOUGH * best]


def lines_of(found: FindingRow, said: list[Line], later: list[Hit]) -> list[str]:
    """The recommendation for people, step by step."""
    agreed = {True: "agreed in the meeting", False: "not agreed", None: "no decision was heard"}
    facts: list[tuple[str, Any]] = [
        ("made", f"{found.date:%-d %B %Y}, {found.committee}, item {found.item or '?'}"),
        ("by", found.speaker),
        ("to", found.addressee or "not said"),
        ("due", found.due or "not said"),
        ("decision", agreed[found.agreed]),
        ("found by", ", ".join(found.rules) or f"score {found.score:.2f}"),
        ("standing", found.standing),
        ("listen", found.link),
    ]
    out = [f"{found.reference}  “{found.quote}”", ""]
    out += [f"  {name:<10}{value}" for name, value in facts]
    out += ["", "  said, word for word:"]
    out += [f"    {clock(s.start_s)}  {s.speaker}: {s.text}" for s in said]
    out += ["", "  later mentions, proposed by likeness (a person decides):"]
    out += [
        f"    {h.date:%-d %B %Y} {clock(h.start_s)}  {h.speaker}: “{h.text}”\n      {h.link}"
        for h in later
    ] or ["    none found in the meetings of this committee held here"]
    return out
