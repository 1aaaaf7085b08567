"""What a person decides about one recommendation: each verb is a line of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.kept import kept_as, kept_together
from matters_arising.cli.options import DAY, by_whom

if TYPE_CHECKING:
    from transcripts.ledger import Decision

Command = Callable[..., Any]


def _evidence(command: Command) -> Command:
    for option in (
        click.option("--body", default="", help="Which body answered."),
        click.option("--quote", default="", help="The words that say so, verbatim."),
        click.option("--accessed", type=DAY, help="When that page was looked at (YYYY-MM-DD)."),
        click.option("--url", default="", help="Where it stands, a web address."),
        click.option("--on", type=DAY, help="The day it happened (YYYY-MM-DD; default: today)."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("state")
@_evidence
@by_whom
@click.pass_obj
def respond(about: tuple[Path, str], /, state: str, **told: Any) -> None:
    """Note what was answered: STATE is accepted, accepted_in_part, rejected, noted_only …

    \b
    Example:
      matters recommendation SCSC/2026-27/01 respond accepted_in_part --on 2026-07-20 \\
        --url https://example.org/minutes --quote "accepts the first point"
    """
    from warehouse.deciding import stated

    _keep(about, stated, "respond", state, **told)


@click.command()
@click.argument("state")
@_evidence
@by_whom
@click.pass_obj
def progress(about: tuple[Path, str], /, state: str, **told: Any) -> None:
    """Note what was done: STATE is in_progress, complete, paused, no_longer_feasible …

    \b
    Example:
      matters recommendation SCSC/2026-27/01 progress complete --url https://example.org/page
    """
    from warehouse.deciding import stated

    _keep(about, stated, "progress", state, **told)


@click.command()
@click.option("--to", "recipient", default="", help="To whom it was sent.")
@click.option("--on", type=DAY, help="When it was sent (default: today).")
@click.option("--received", type=DAY, help="When it was received: what starts a clock.")
@click.option("--basis", default="", help="What asks for an answer, such as s9FE.")
@click.option("--notice", type=DAY, help="When notice was given, if after it was received.")
@by_whom
@click.pass_obj
def refer(
    about: tuple[Path, str],
    recipient: str,
    on: datetime | None,
    received: datetime | None,
    basis: str,
    notice: datetime | None,
    who: str,
    why: str,
) -> None:
    """Note that it was sent to whoever was asked, and when it was received.

    \b
    Example:
      matters recommendation SCSC/2026-27/01 refer --to "the Cabinet" --received 2026-07-15 \\
        --basis s9FE
    """
    from warehouse.deciding import referred

    days = {"on": on, "received": received, "notice": notice}
    _keep(about, referred, recipient, basis=basis, who=who, why=why, **days)


@click.command()
@click.argument("claim_id")
@click.argument("verdict", type=click.Choice(["accept", "reject"]))
@by_whom
@click.pass_obj
def link(about: tuple[Path, str], claim_id: str, verdict: str, who: str, why: str) -> None:
    """Accept or reject that the claim CLAIM_ID is about it.

    \b
    Example:
      matters recommendation SCSC/2026-27/01 link 0123456789abcdef accept
    """
    from warehouse.deciding import linked

    _keep(about, linked, claim_id, verdict, who=who, why=why)


@click.command()
@click.argument("point_id")
@click.argument("verdict", type=click.Choice(["accept", "reject"]))
@by_whom
@click.pass_obj
def minuted(about: tuple[Path, str], point_id: str, verdict: str, who: str, why: str) -> None:
    """Accept or reject that the point POINT_ID of the minutes is its wording.

    \b
    Example:
      matters recommendation SCSC/2026-27/01 minuted 0123456789abcdef reject
    """
    from warehouse.deciding import minuted as as_minuted

    _keep(about, as_minuted, point_id, verdict, who=who, why=why)


@click.command()
@click.argument("column")
@click.argument("value")
@by_whom
@click.pass_obj
def correct(about: tuple[Path, str], column: str, value: str, who: str, why: str) -> None:
    """Set a COLUMN of the register right.

    \b
    Example:
      matters recommendation SCSC/2026-27/01 correct recipient "Cabinet Member for Housing"
    """
    from warehouse.deciding import corrected

    _keep(about, corrected, column, value, who=who, why=why)


@click.command()
@click.argument("text")
@by_whom
@click.pass_obj
def note(about: tuple[Path, str], text: str, who: str, why: str) -> None:
    """Keep a note beside it; notes are exported too.

    \b
    Example:
      matters recommendation SCSC/2026-27/01 note "the chair will raise it at council"
    """
    from warehouse.deciding import noted

    _keep(about, noted, text, who=who, why=why)


@click.command()
@click.argument("into")
@by_whom
@click.pass_obj
def merge(about: tuple[Path, str], into: str, who: str, why: str) -> None:
    """Say that it is one with the recommendation INTO, under which it goes on.

    \b
    Example:
      matters recommendation SCSC/2026-27/02 merge SCSC/2026-27/01
    """
    from warehouse.deciding import merged

    _keep(about, merged, into, who=who, why=why)


@click.command()
@click.argument("references", nargs=-1)
@click.option(
    "--into", multiple=True, help="The words of a new one, which is entered; again for more."
)
@by_whom
@click.pass_obj
def split(
    about: tuple[Path, str], references: tuple[str, ...], into: tuple[str, ...], who: str, why: str
) -> None:
    """Say which REFERENCES it became, or enter what it became with numbers of their own.

    \b
    Examples:
      matters recommendation SCSC/2026-27/02 split SCSC/2026-27/05 SCSC/2026-27/06
      matters recommendation SCSC/2026-27/02 split --into "A lamp at the gate" --into "A bench"
    """
    from transcripts.ledger import Ledger
    from warehouse.splitting import became

    _keep(about, became, references, into, Ledger(about[0]).all_lines(), who=who, why=why)


def _plain(name: str, what: str) -> click.Command:
    """A verb that needs no more than a reason."""

    @click.command(
        name,
        help=f"{what}\n\n\b\nExample:\n  matters recommendation SCSC/2026-27/01 {name} --why …",
    )
    @click.option("--on", type=DAY, help="The day it happened (default: today).")
    @by_whom
    @click.pass_obj
    def command(about: tuple[Path, str], on: datetime | None, who: str, why: str) -> None:
        from warehouse.deciding import plain

        _keep(about, plain, name, on=on, who=who, why=why)

    return command


withdraw = _plain("withdraw", "Note that the committee took it back.")
close = _plain("close", "Close it with no further action.")
reopen = _plain("reopen", "Open it again.")
contest = _plain("contest", "Note that somebody disputes what is said of it; it stands beside.")
VERBS = (
    respond,
    progress,
    refer,
    link,
    minuted,
    correct,
    note,
    withdraw,
    close,
    reopen,
    contest,
    merge,
    split,
)


def _keep(
    about: tuple[Path, str],
    made: Callable[..., Decision | list[Decision]],
    *told: Any,
    **more: Any,
) -> None:
    """Has the line or lines made from the archive as it is now, and writes them."""
    from flows.load import decide as keep
    from warehouse.deciding import By
    from warehouse.reader import open_reader
    from warehouse.unheard import number_is_free

    home, reference = about
    by = By(more.pop("who"), more.pop("why"))
    days = {k: v.date() if isinstance(v, datetime) else v for k, v in more.items()}
    with open_reader(home) as reader:
        found = made(reader, reference, by, *told, **days)
    lines = found if isinstance(found, list) else [found]
    kept = keep(home, lines, number_is_free(lines))
    if lines[-1].kind == "split":
        kept_together(kept)
    else:
        kept_as(kept)
