"""``matters decide``: what a person knows better than the machine, kept for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matters_arising.cli.kept import kept_as
from matters_arising.cli.options import by_whom, with_home

if TYPE_CHECKING:
    from transcripts.ledger import Decision


@click.group()
def decide() -> None:
    """Write a person's decision into the ledger.

    Decisions win over every machine result, also after a re-run with other engines. A decision is
    never rewritten: undo it with another.

    \b
    Examples:
      matters decide speaker aldermere-scsc-2026-06-11 V5 "Councillor Peter Marsh" --why "his voice"
      matters decide finding 3f2a9c… rejected --why "a joke"
      matters decide withhold "Mrs Odell"
      matters decide undo 5b1e02…
    """


@decide.command("speaker")
@click.argument("meeting_id")
@click.argument("voice")
@click.argument("name")
@by_whom
@with_home
def speaker(meeting_id: str, voice: str, name: str, who: str, why: str, home: Path) -> None:
    """Say who VOICE of MEETING_ID is; NAME as on its roster, or "" for nobody known.

    \b
    Example:
      matters decide speaker aldermere-scsc-2026-06-11 V5 "Councillor Peter Marsh"
    """
    from transcripts.voice_decisions import voice_decisions

    _write(home, voice_decisions(home, meeting_id, voice, name, who, why))


@decide.command("finding")
@click.argument("finding_id")
@click.argument("verdict", type=click.Choice(["rejected", "restored"]))
@by_whom
@with_home
def finding(finding_id: str, verdict: str, who: str, why: str, home: Path) -> None:
    """Reject a finding that is none, or restore it.

    \b
    Example:
      matters decide finding 0123456789abcdef rejected --why "a joke"
    """
    from warehouse.deciding import By, judged
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        line = judged(reader, finding_id, By(who, why), verdict)
    _write(home, [line])


@decide.command("point")
@click.argument("point_id")
@click.argument("answer")
@by_whom
@with_home
def point(point_id: str, answer: str, who: str, why: str, home: Path) -> None:
    """Say what POINT_ID is that is only in the minutes.

    ANSWER is "new" (a recommendation that nobody heard; it enters the register), "nothing" (there
    is nothing to follow), or the reference of the recommendation whose minuted words it is.

    \b
    Examples:
      matters decide point 0123456789abcdef new --why "agreed by e-mail"
      matters decide point 0123456789abcdef SCSC/2026-27/01
    """
    from transcripts.ledger import Ledger
    from warehouse.deciding import By
    from warehouse.reader import open_reader
    from warehouse.unheard import answered, point_alone, unless_answered

    held = Ledger(home).all_lines()
    with open_reader(home) as reader:
        asked = point_alone(reader, point_id)
        lines = answered(reader, asked, By(who, why), answer, held)
    _write(home, lines, unless_answered(asked, lines))


@decide.command("withhold")
@click.argument("name")
@by_whom
@with_home
def withhold(name: str, who: str, why: str, home: Path) -> None:
    """Never show NAME again, in any answer, page or export.

    \b
    Example:
      matters decide withhold "Mrs Odell" --why "a member of the public"
    """
    _about_name(name, "withheld", who, why, home)


@decide.command("show")
@click.argument("name")
@by_whom
@with_home
def show(name: str, who: str, why: str, home: Path) -> None:
    """Take back that NAME is withheld.

    \b
    Example:
      matters decide show "Mrs Odell" --why "an officer of the trust"
    """
    _about_name(name, "shown", who, why, home)


@decide.command("undo")
@click.argument("line_id")
@click.option("--import", "whole", is_flag=True, help="With all that came in with its tracker.")
@by_whom
@with_home
def undo(line_id: str, whole: bool, who: str, why: str, home: Path) -> None:
    """Undo the decision LINE_ID; an undoing can be undone too, a number that was given cannot.

    What a split entered is taken back with it.

    \b
    Examples:
      matters decide undo 0123456789ab
      matters decide undo --import 0123456789ab
    """
    from matters_arising.errors import BadInputError, UnknownValueError
    from transcripts.checks import undoable
    from transcripts.ledger import Decision, Ledger, now, undoings
    from transcripts.taken_back import nothing_stands_on, taken_back_with

    lines = Ledger(home).all_lines()
    known = {d.id: d for d in lines}
    if line_id not in known:
        raise UnknownValueError("line in the ledger", line_id, list(known)[-10:])
    if whole:
        _undo_import(home, lines, line_id, who, why)
        return
    undoable(known[line_id])
    back = undoings(lines).get(line_id)
    if back:
        raise BadInputError(
            f"line {line_id} is taken back already; to let it hold again: "
            f"matters decide undo {back}"
        )
    found, when = taken_back_with(lines, line_id), now()
    nothing_stands_on(lines, found)
    _write(home, [Decision("undo", each.id, who, when, why) for each in found])


def _undo_import(home: Path, lines: list[Decision], line_id: str, who: str, why: str) -> None:
    """Undoes what still stands of an import; thousands of lines are told as a number."""
    from flows.load import decide as keep
    from matters_arising.errors import BadInputError
    from transcripts.ledger import Decision, now, undone_by
    from transcripts.taken_back import nothing_stands_on
    from transcripts.tracker.taken import of_one_import

    found = of_one_import(lines, line_id)
    if not found:
        raise BadInputError(f"line {line_id} did not come in with a tracker; undo it alone")
    undone = undone_by(lines)
    standing = [d.id for d in found if d.id not in undone]
    nothing_stands_on(lines, found)
    if not standing:
        raise BadInputError("every line of this import is taken back already; import it again")
    when = now()
    keep(home, [Decision(kind="undo", verdict=i, who=who, when=when, why=why) for i in standing])
    click.echo(f"{len(standing)} lines of the import are taken back")


@decide.command("load")
@with_home
def load(home: Path) -> None:
    """Bring the warehouse up to date with the decisions that were made.

    The commands do so themselves; the clerk's desk has it done by this one.

    \b
    Example:
      matters decide load
    """
    _write(home, [])


def _about_name(name: str, verdict: str, who: str, why: str, home: Path) -> None:
    from transcripts.ledger import Decision, now

    _write(
        home, [Decision(kind="withhold", verdict=verdict, who=who, when=now(), why=why, name=name)]
    )


def _write(
    home: Path,
    decisions: list[Decision],
    given: Callable[[list[Decision]], None] | None = None,
) -> None:
    from flows.load import decide as keep

    kept_as(keep(home, decisions, given))
