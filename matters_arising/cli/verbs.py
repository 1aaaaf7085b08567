"""What a person decides about one recommendation: each verb is a line of the ledger."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import DAY

if TYPE_CHECKING:
    from transcripts.life import Event, Life

Command = Callable[..., Any]
STATED_BY = {
    "response": "respond STATE",
    "status": "progress STATE",
    "rag": "progress STATE: the colour follows from it",
    "text_spoken": "correct text_minuted: what was said stays as it was heard",
}


def _by_whom(command: Command) -> Command:
    command = click.option("--why", default="", help="The reason, for those who ask later.")(
        command
    )
    return click.option(
        "--by",
        "who",
        default=lambda: os.environ.get("USER", ""),
        help="Who decides (default: the user's name on this machine).",
    )(command)


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
@_by_whom
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
@_by_whom
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
@_by_whom
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
        _not_to_come(day)
    _one_of("response_basis", basis)
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
@_by_whom
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
        where = claim_said(reader, claim_id)
    _decide(about, "link", f"{verdict}ed", who, why, claim_id=claim_id, **where)


@click.command()
@click.argument("point_id")
@click.argument("verdict", type=click.Choice(["accept", "reject"]))
@_by_whom
@click.pass_obj
def minuted(about: tuple[Path, str], point_id: str, verdict: str, who: str, why: str) -> None:
    """Accept or reject that the point POINT_ID of the minutes is its wording.

    \b
    Example:
      matters recommendation SCSC/2026-27/01 minuted 0123456789abcdef reject
    """
    _known(about, "point of the minutes", point_id)
    _decide(about, "minuted", f"{verdict}ed", who, why, point_id=point_id)


@click.command()
@click.argument("column")
@click.argument("value")
@_by_whom
@click.pass_obj
def correct(about: tuple[Path, str], column: str, value: str, who: str, why: str) -> None:
    """Set a COLUMN of the register right.

    \b
    Example:
      matters recommendation SCSC/2026-27/01 correct recipient "Cabinet Member for Housing"
    """
    from matters_arising.errors import BadInputError, UnknownValueError
    from transcripts.columns import CORRECTABLE

    if column in STATED_BY:
        raise BadInputError(f"'{column}' is not corrected but noted; use {STATED_BY[column]}")
    if column == "recommendation":
        _one_of_states(value)
    elif column not in CORRECTABLE:
        raise UnknownValueError("column that can be corrected", column, CORRECTABLE)
    else:
        _fits(column, value)
    _decide(about, "correct", value, who, why, column=column)


@click.command()
@click.argument("text")
@_by_whom
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
@_by_whom
@click.pass_obj
def merge(about: tuple[Path, str], into: str, who: str, why: str) -> None:
    """Say that it is one with the recommendation INTO, under which it goes on.

    \b
    Example:
      matters recommendation SCSC/2026-27/02 merge SCSC/2026-27/01
    """
    _decide(about, "merge", _held(about[0], into).entry.reference, who, why)


@click.command()
@click.argument("references", nargs=-1, required=True)
@_by_whom
@click.pass_obj
def split(about: tuple[Path, str], references: tuple[str, ...], who: str, why: str) -> None:
    """Say which REFERENCES it became.

    \b
    Example:
      matters recommendation SCSC/2026-27/02 split SCSC/2026-27/05 SCSC/2026-27/06
    """
    others = tuple(_held(about[0], r).entry.reference for r in references)
    _decide(about, "split", "split", who, why, others=others)


def _plain(name: str, what: str) -> click.Command:
    """A verb that needs no more than a reason."""

    @click.command(
        name,
        help=f"{what}\n\n\b\nExample:\n  matters recommendation SCSC/2026-27/01 {name} --why …",
    )
    @click.option("--on", type=DAY, help="The day it happened (default: today).")
    @_by_whom
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

    _not_to_come(told["accessed"])
    known = [s for s in states()[ladder] if s not in DERIVED and s != DISPUTED]
    if state not in known:
        raise UnknownValueError(f"{ladder} that a person can note", state, known)
    values = (("response_body", told["body"]),) if told["body"] and kind == "respond" else ()
    _decide(
        about,
        kind,
        state,
        told["who"],
        told["why"],
        on=told["on"],
        url=_address(told["url"]),
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
    _possible(day, entry.meeting_date)
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


def _not_to_come(day: datetime | None) -> None:
    from matters_arising.errors import BadInputError

    if day is not None and day.date() > date.today():
        raise BadInputError(f"{day:%Y-%m-%d} has not come yet; give the day on which it happened")


def _one_of(column: str, value: str) -> None:
    from matters_arising.errors import UnknownValueError
    from transcripts.columns import choices

    if value and choices(column) and value not in choices(column):
        raise UnknownValueError(column.replace("_", " "), value, choices(column))


def _one_of_states(value: str) -> None:
    """What became of it in the room may be set right; minutes and referral have lines of theirs."""
    from matters_arising.errors import UnknownValueError
    from transcripts.ladders import OUTCOMES

    if value not in OUTCOMES:
        raise UnknownValueError("outcome in the room", value, OUTCOMES)


def _fits(column: str, value: str) -> None:
    """A day where days stand, an address where those do; an empty value says that there is none."""
    from matters_arising.errors import BadInputError
    from transcripts.clocks import is_day
    from transcripts.columns import DAYS

    if value and column in DAYS and not is_day(value):
        raise BadInputError(f"{column} is a day and '{value}' is none; write it as 2026-09-30")
    if column == "evidence_urls":
        for url in value.split():
            _address(url)
    _one_of(column, value)


def _possible(day: date, made: str) -> None:
    from matters_arising.errors import BadInputError

    if day > date.today():
        raise BadInputError(f"{day} has not come yet; give the day on which it happened")
    if made and day.isoformat() < made:
        raise BadInputError(
            f"{day} is before the meeting that made the recommendation ({made}); give a later day"
        )


def _held(home: Path, reference: str) -> Life:
    from warehouse.reader import open_reader
    from warehouse.register import life

    with open_reader(home) as reader:
        return life(reader, reference, today=date.today())


def _known(about: tuple[Path, str], what: str, source: str) -> Event:
    from matters_arising.errors import NotInArchiveError

    events = _held(*about).events
    found = next((e for e in events if e.source == source), None)
    if found is None:
        raise NotInArchiveError(what, source, [e.source for e in events])
    return found


def _address(url: str) -> str:
    from matters_arising.errors import BadInputError

    if url and not url.startswith(("http://", "https://")):
        raise BadInputError(f"'{url}' is no web address; it begins with https:// or http://")
    return url


def _iso(day: datetime | None) -> str:
    return day.date().isoformat() if day else ""
