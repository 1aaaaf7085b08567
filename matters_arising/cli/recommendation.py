"""``matters recommendation REF``: what is known of one recommendation, with the evidence."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_json, by_when, clock

if TYPE_CHECKING:
    from warehouse.life import Life


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
    from warehouse.life import life_of
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        life = life_of(reader, reference)
    if json_:
        click.echo(
            as_json(
                {
                    "recommendation": asdict(life.recommendation),
                    "said": [asdict(line) for line in life.said],
                    "proposed_later_mentions": [asdict(hit) for hit in life.later],
                }
            )
        )
        return
    for line in lines_of(life):
        click.echo(line)


def lines_of(life: Life) -> list[str]:
    """The recommendation for people, step by step."""
    found = life.recommendation
    agreed = {True: "agreed in the meeting", False: "not agreed", None: "no decision was heard"}
    facts: list[tuple[str, Any]] = [
        ("made", f"{found.date:%-d %B %Y}, {found.committee}, item {found.item or '?'}"),
        ("by", found.speaker),
        ("action", found.action),
        ("to", found.addressee or "not said"),
        ("due", by_when(found.deadline, found.due) or "not said"),
        ("if", found.condition or "no condition was heard"),
        ("about", found.matter or "not told"),
        ("reworded", found.wording or "not heard"),
        ("decision", agreed[found.agreed]),
        ("found by", ", ".join(found.rules) or f"score {found.score:.2f}"),
        ("standing", found.standing),
        ("listen", found.link),
    ]
    out = [f"{found.reference}  “{found.quote}”", ""]
    out += [f"  {name:<10}{value}" for name, value in facts]
    out += ["", "  said, word for word:"]
    out += [f"    {clock(s.start_s)}  {s.speaker}: {s.text}" for s in life.said]
    out += ["", "  later mentions, proposed by likeness (a person decides):"]
    out += [
        f"    {h.date:%-d %B %Y} {clock(h.start_s)}  {h.speaker}: “{h.text}”\n      {h.link}"
        for h in life.later
    ] or ["    none found in the meetings of this committee held here"]
    return out
