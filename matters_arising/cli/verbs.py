"""What a person decides about one recommendation: each verb is a line of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli import checks
from matters_arising.cli.options import DAY, by_whom

if TYPE_CHECKING:
    from transcripts.life import Life

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
    _state(about, "respond", "response", state, **told)


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
    _state(about, "progress", "implementation", state, **told)


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
    for day in (received, notice):
        checks.has_come(day)
    checks.one_of("response_basis", basis)
    values = {
        "received_on": _iso(received),
        "response_basis": basis,
        "notice_on": _iso(notice),
    }
    kept = tuple((k, v) for k, v in values.items() if v)
    _decide(about, "refer", recipient, who, why, on=on, values=kept)


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
    from warehouse.claims import claim_said
    from warehouse.reader import open_reader

    with open_reader(about[0]) as reader:
        where = claim_said(reader, claim_id, about[1])
    _decide(about, "link", f"{verdict}ed", who, why, claim_id=claim_id, **where)


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
    from warehouse.claims import check_point
    from warehouse.reader import open_reader

    with open_reader(about[0]) as reader:
        check_point(reader, point_id, about[1])
    _decide(about, "minuted", f"{verdict}ed", who, why, point_id=point_id)


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
    checks.correctable(column, value)
    _decide(about, "correct", value, who, why, column=column)


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
    _decide(about, "note", text, who, why)


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
    (stays,) = _others(about, (into,))
    _decide(about, "merge", stays, who, why)


@click.command()
@click.argument("references", nargs=-1, required=True)
@by_whom
@click.pass_obj
def split(about: tuple[Path, str], references: tuple[str, ...], who: str, why: str) -> None:
    """Say which REFERENCES it became.

    \b
    Example:
      matters recommendation SCSC/2026-27/02 split SCSC/2026-27/05 SCSC/2026-27/06
    """
    _decide(about, "split", "split", who, why, others=_others(about, references))


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
        _decide(about, name, name, who, why, on=on)

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


def _state(about: tuple[Path, str], kind: str, ladder: str, state: str, **told: Any) -> None:
    from matters_arising.errors import UnknownValueError
    from transcripts.states import DERIVED, DISPUTED, states

    known = [s for s in states()[ladder] if s not in DERIVED and s != DISPUTED]
    if state not in known:
        raise UnknownValueError(f"{ladder} that a person can note", state, known)
    checks.has_come(told["accessed"])
    values = (("response_body", told["body"]),) if told["body"] and kind == "respond" else ()
    _decide(
        about,
        kind,
        state,
        told["who"],
        told["why"],
        on=told["on"],
        url=checks.address(told["url"]),
        accessed=_iso(told["accessed"]) or (date.today().isoformat() if told["url"] else ""),
        words=told["quote"],
        values=values,
    )


def _decide(
    about: tuple[Path, str],
    kind: str,
    verdict: str,
    who: str,
    why: str,
    *,
    on: datetime | None = None,
    **more: Any,
) -> None:
    from flows.load import decide as keep
    from transcripts.ledger import Decision, now

    home, reference = about
    entry = _held(home, reference).entry
    day = on.date() if on else date.today()
    checks.after_the_meeting(day, entry.meeting_date)
    line = Decision(
        kind=kind,
        verdict=verdict,
        who=who,
        when=now(),
        why=why,
        reference=entry.reference,
        day=day.isoformat(),
        **more,
    )
    for made in keep(home, [line]):
        click.echo(f"kept as line {made.id}; to take it back: matters decide undo {made.id}")


def _held(home: Path, reference: str) -> Life:
    from warehouse.reader import open_reader
    from warehouse.register import life

    with open_reader(home) as reader:
        return life(reader, reference, today=date.today())


def _others(about: tuple[Path, str], references: tuple[str, ...]) -> tuple[str, ...]:
    """Other recommendations that are held, as they are spelt."""
    from matters_arising.errors import BadInputError

    home, reference = about
    own = _held(home, reference).entry.reference
    others = tuple(dict.fromkeys(_held(home, r).entry.reference for r in references))
    if own in others:
        raise BadInputError(f"{own} cannot be merged with itself, nor split into itself")
    return others


def _iso(day: datetime | None) -> str:
    return day.date().isoformat() if day else ""
