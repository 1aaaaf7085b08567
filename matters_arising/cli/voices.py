"""``matters voices``: the voices kept across meetings, where the operator turned that on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import DAY, by_somebody, by_whom, with_home
from matters_arising.cli.output import as_json, emit

if TYPE_CHECKING:
    from transcripts.enrolled import Enrolled

COLUMNS = ("person", "meeting_id", "voice", "seconds", "until", "who", "reason", "used")


@click.group()
def voices() -> None:
    """Enrol the voice of a councillor or officer, to know it again in other meetings.

    A voice is biometric data. Nothing is enrolled unless MATTERS_KNOWN_VOICES is set, and nothing
    is kept for more than twelve months.

    \b
    Examples:
      matters voices enrol "Councillor Helen Penrose" aldermere-scsc-2026-06-11 \\
          --reason "consent of 3 June, DPIA 2026-14"
      matters voices list
      matters voices remove "Councillor Helen Penrose" --why "consent withdrawn"
      matters voices purge
    """


@voices.command("enrol")
@click.argument("person")
@click.argument("meeting_id")
@click.option("--voice", default="", help="Which voice of the meeting (default: the one so named).")
@click.option("--reason", required=True, help="What the voice is kept for, and on what ground.")
@click.option("--until", type=DAY, help="Last day of its use (default: twelve months from today).")
@by_somebody
@with_home
def enrol(
    person: str,
    meeting_id: str,
    voice: str,
    reason: str,
    until: datetime | None,
    who: str,
    home: Path,
) -> None:
    """Keep the voice of PERSON, as MEETING_ID's roster has them, from that meeting.

    The voice must be named on strong evidence of words, or by a person's decision, and speak alone
    for half a minute. Members of the public and guests are never enrolled.

    \b
    Example:
      matters voices enrol "Councillor Helen Penrose" aldermere-scsc-2026-06-11 \\
          --reason "consent of 3 June, DPIA 2026-14" --until 2026-12-31
    """
    _turned_on()
    from flows.enrolling import Wish, a_year_after
    from flows.enrolling import enrol as keep

    last = until.date() if until else a_year_after(date.today())
    kept = keep(home, Wish(person, meeting_id, reason.strip(), who, last, voice))
    click.echo(
        f"the voice of {kept.person} is kept until {kept.until}, from {kept.seconds:.0f} seconds "
        f"of {kept.voice} in {kept.meeting_id} ({kept.held_by}); to take it off the disk: "
        f'matters voices remove "{kept.person}"'
    )


@voices.command("list")
@click.option("--json", "json_", is_flag=True, help="Print everything but the voice as JSON.")
@with_home
def list_(json_: bool, home: Path) -> None:
    """List the voices that are kept: whose, from where, why, until when, and whether they are used.

    \b
    Examples:
      matters voices list
      matters voices list --json
    """
    from transcripts.enrolled import EnrolledVoices

    rows = [_row(e) for e in EnrolledVoices(home).all()]
    emit(rows, "json" if json_ else "table", COLUMNS, empty="no voice is kept")


@voices.command("remove")
@click.argument("person")
@by_whom
@with_home
def remove(person: str, who: str, why: str, home: Path) -> None:
    """Take the voice of PERSON off the disk.

    What it helped to name is named anew when its meeting is next processed.

    \b
    Example:
      matters voices remove "Councillor Helen Penrose" --why "consent withdrawn"
    """
    from flows.unenrolling import remove as take_off

    for gone in take_off(home, person, who, why):
        click.echo(f"the voice of {gone.person} from {gone.meeting_id} is off the disk")


@voices.command("purge")
@by_whom
@click.option("--json", "json_", is_flag=True, help="Print how many there were as JSON.")
@with_home
def purge(who: str, why: str, json_: bool, home: Path) -> None:
    """Take every voice off the disk, also those that cannot be read.

    \b
    Example:
      matters voices purge --why "the trial is over"
    """
    from flows.unenrolling import purge as take_all_off

    count = take_all_off(home, who, why)
    if json_:
        click.echo(as_json({"removed": count}))
        return
    click.echo(f"{count} voice{'s'[: count != 1]} taken off the disk" if count else "none was kept")


def _turned_on() -> None:
    """BadInputError, with what to set, where the operator did not turn enrolment on."""
    from matters_arising.errors import BadInputError
    from matters_arising.settings import Settings

    if not Settings().known_voices:
        raise BadInputError(
            "voices are not kept across meetings unless you turn it on: set "
            "MATTERS_KNOWN_VOICES=true, after reading docs/how-to/known-voices.md"
        )


def _row(kept: Enrolled) -> dict[str, Any]:
    """An enrolment without its vector."""
    return {
        "person": kept.person,
        "council": kept.council,
        "meeting_id": kept.meeting_id,
        "voice": kept.voice,
        "seconds": kept.seconds,
        "held_by": kept.held_by,
        "engine": f"{kept.engine.name} {kept.engine.version} {kept.engine.model}",
        "when": kept.when,
        "until": kept.until,
        "who": kept.who,
        "reason": kept.reason,
        "used": _used(kept),
        "line": kept.line,
    }


def _used(kept: Enrolled) -> str:
    """Whether a run would listen for it, or why not."""
    from matters_arising.settings import Settings
    from models.known_voices import voice_engine

    if kept.until < date.today():
        return "no, its time is over"
    if kept.engine != voice_engine():
        return "no, made by another version of the voice engine"
    return "yes" if Settings().known_voices else "no, known voices are turned off"
