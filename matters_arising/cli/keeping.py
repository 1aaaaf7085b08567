"""``matters hold``, ``redact``, ``purge`` and ``retention``: what may be kept and shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import DAY, by_anybody, by_whom, somebody, with_home
from matters_arising.cli.output import as_json, emit, listing_options
from transcripts.times import clock

if TYPE_CHECKING:
    from flows.keeping import Deed

COLUMNS = ("meeting_id", "kind", "time_over_since", "outside", "not_found")


class Moment(click.ParamType[float]):
    """A moment of a recording: ``3725``, ``62:05`` or ``1:02:05``, in seconds."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        """Seconds from the beginning."""
        if isinstance(value, float):
            return value
        try:
            parts = [float(part) for part in str(value).split(":")]
            if len(parts) > 3 or any(p < 0 for p in parts):
                raise ValueError
        except ValueError:
            self.fail(f"'{value}' is no moment of a recording: write 1:02:05 or 3725", param, ctx)
        seconds = 0.0
        for part in parts:
            seconds = seconds * 60 + part
        return seconds


@click.command()
@click.argument("meeting_id")
@click.option("--until", type=DAY, required=True, help="The first day on which it is shown.")
@by_whom
@with_home
def hold(meeting_id: str, until: datetime, who: str, why: str, home: Path) -> None:
    """Show MEETING_ID to nobody before a day: no search, page, export or feed has it.

    It may be processed before, and it may be held before it is. On the day the nightly run, or any
    other, brings it in. To show it earlier, undo every line that holds it. Exports and backups that
    have it are named.

    \b
    Example:
      matters hold aldermere-scsc-2026-07-16 --until 2026-09-01 --why "election period"
    """
    from flows.holding import hold as keep_back

    made = keep_back(home, meeting_id, until.date(), who, why, inbox=_inbox(home))
    click.echo(
        f"{meeting_id} is not shown before {made.line.day}; to show it earlier: "
        f"matters decide undo {made.line.id}"
    )
    for line in made.earlier:
        click.echo(
            f"then line {line.id} holds it, until {line.day}: matters decide undo {line.id}, too"
        )
    for copy in made.copies:
        click.echo(f"still in {copy.told}")
    if not made.is_known:
        near = f"; meant may be {' or '.join(made.near)}" if made.near else ""
        click.echo(
            f"no meeting {meeting_id} is in the archive or the inbox yet, so the hold waits for "
            f"it{near}",
            err=True,
        )


@click.command()
@click.argument("meeting_id")
@click.option("--from", "start_s", type=Moment(), help="Where it begins.")
@click.option("--to", "end_s", type=Moment(), help="Where it ends.")
@click.option("--point", "point_id", default="", help="A point of its minutes, in place of both.")
@click.option(
    "--recording",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Which recording, where the meeting has several, or a new one is to come.",
)
@click.option("--json", "json_", is_flag=True, help="Print what was done as JSON.")
@by_whom
@with_home
def redact(
    meeting_id: str,
    start_s: float | None,
    end_s: float | None,
    point_id: str,
    recording: Path | None,
    json_: bool,
    who: str,
    why: str,
    home: Path,
) -> None:
    """Take a stretch of MEETING_ID out of everything, for good, with proof.

    Every sentence that the stretch touches goes: from the record and its earlier versions, the
    warehouse, findings, vectors, kept results, and from quotations in the ledger. It stays out when
    the meeting is processed again. Copies and the recording itself are named, not touched. Points
    of the minutes with words of it are named too; --point takes one out as well. A stretch in which
    nothing was said is refused. In a recording that is still to come (--recording) nothing changes
    until it is processed.

    \b
    Examples:
      matters redact aldermere-scsc-2026-07-16 --from 12:40 --to 13:05 --why "a home address"
      matters redact aldermere-scsc-2026-07-16 --point 5f2c77a0b1d3e694 --why "a home address"
    """
    from flows.keeping import redact as take_out
    from flows.keeping import redact_point
    from flows.stretches import Stretch

    _needs_why(why)
    if point_id and (start_s is not None or end_s is not None or recording is not None):
        raise click.UsageError("--point takes out a point of the minutes: without --from and --to")
    if point_id:
        deed = redact_point(home, meeting_id, point_id, who, why)
        _tell(deed, f"point {point_id} of the minutes of {meeting_id} is redacted", json_, home)
        return
    if start_s is None or end_s is None:
        raise click.UsageError("say what to take out: --from TIME --to TIME, or --point ID")
    deed = take_out(home, Stretch(meeting_id, start_s, end_s, recording), who, why)
    start, end = clock(deed.line.start_s or 0.0), clock(deed.line.end_s or 0.0)
    what = f"{start} to {end} of {meeting_id} is redacted (whole sentences)"
    if deed.is_to_come:
        what = (
            f"nothing changed yet, for {recording} is not processed: when it is, every sentence "
            f"that {start} to {end} of it touches is left out"
        )
    _tell(deed, what, json_, home)


@click.command()
@click.argument("meeting_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "json_", is_flag=True, help="Print what was done as JSON.")
@by_whom
@with_home
def purge(meeting_id: str, yes: bool, json_: bool, who: str, why: str, home: Path) -> None:
    """Take MEETING_ID out of everything, for good, with proof.

    Record, warehouse, findings, vectors, voices enrolled from it, kept results and quotations in
    the ledger go. It is not processed again. Copies and recordings are named, not touched.

    \b
    Example:
      matters purge aldermere-scsc-2026-07-16 --why "recorded without notice" --yes
    """
    from flows.keeping import purge as take_out

    _needs_why(why)
    if not yes:
        click.confirm(f"Take all of {meeting_id} off the disk? It cannot be undone", abort=True)
    _tell(take_out(home, meeting_id, who, why), f"{meeting_id} is purged", json_, home)


@click.command()
@click.option("--apply", "apply_", is_flag=True, help="Take it off the disk; without it, list it.")
@click.option("--date-is-right", is_flag=True, help="Go on though nothing tells of today's date.")
@listing_options
@by_anybody
@with_home
def retention(apply_: bool, date_is_right: bool, output: str, who: str, home: Path) -> None:
    """List what is over its time, by the clocks in the settings; --apply takes it off the disk.

    A clock for each of audio, transcript, findings and vectors runs from the day of the meeting:
    MATTERS_RETENTION_AUDIO_DAYS and so on; none is set at first. Recordings, and captions of a
    transcript, that the program did not fetch and that lie outside the home folder are named, and
    left to you; so are those that are not found.

    \b
    Examples:
      MATTERS_RETENTION_AUDIO_DAYS=365 matters retention
      matters retention --apply
    """
    from flows.pushing import out_of_store
    from flows.retention import apply, clocks_of, due
    from matters_arising.settings import Settings

    clocks = clocks_of(Settings())
    if apply_:
        who = somebody(who)
    found = due(home, clocks)
    rows = [
        {
            "meeting_id": d.meeting_id,
            "kind": d.kind,
            "time_over_since": d.day,
            "outside": list(d.outside),
            "not_found": list(d.missing),
        }
        for d in found
    ]
    emit(rows, output, COLUMNS, empty="nothing is over its time")
    if apply_ and found:
        done = apply(home, found, who, clocks, date_is_right=date_is_right)
        for left in filter(None, (d.left for d in found)):
            click.echo(f"not touched: {left}", err=True)
        click.echo(f"{len(done)} taken off the disk, each a line of the ledger", err=True)
        stored, gone = out_of_store(
            home, Settings().store, list(dict.fromkeys(d.meeting_id for d in done))
        )
        click.echo(stored, err=True, nl=bool(stored))
        if not gone:
            raise SystemExit(1)
    elif found:
        click.echo("nothing was done; to take it off the disk: --apply", err=True)


def _inbox(home: Path) -> Path:
    """The configured one, else where it lies at first."""
    from matters_arising.cli.fetch import configured
    from matters_arising.errors import MattersArisingError

    try:
        folder: Path = configured(None).inbox_folder
    except MattersArisingError:
        return home.absolute().parent / "inbox"
    return folder


def _needs_why(why: str) -> None:
    if not why.strip():
        raise click.UsageError("what is taken out is gone for good; say why: --why TEXT")


def _tell(deed: Deed, what: str, json_: bool, home: Path) -> None:
    from flows.pushing import out_of_store
    from matters_arising.settings import Settings

    stored, gone = out_of_store(home, Settings().store, [deed.line.meeting_id])
    if json_:
        click.echo(as_json(_fields(deed) | {"store": stored}))
    else:
        for line in (*_lines(deed, what), *filter(None, [stored])):
            click.echo(line)
    if deed.proof.found or not gone or (deed.traces and deed.traces.left):
        raise SystemExit(1)


def _fields(deed: Deed) -> dict[str, Any]:
    return {
        "line": deed.line.id,
        "is_to_come": deed.is_to_come,
        "start_s": deed.line.start_s,
        "end_s": deed.line.end_s,
        "files_looked_through": deed.proof.files,
        "words_looked_for": len(deed.proof.words),
        "found": deed.proof.found,
        "copies": [c.told for c in deed.copies],
        "files": deed.files,
        "files_not_found": deed.missing,
        "points": deed.points,
        "ledger_lines": deed.lines,
        "damaged": deed.damaged,
        "id_left_in": deed.traces.left if deed.traces else (),
    }


def _lines(deed: Deed, what: str) -> Iterator[str]:
    yield f"{what}, by line {deed.line.id} of the ledger"
    if not deed.is_to_come:
        yield f"proof: {deed.proof.told}"
    if deed.traces:
        yield f"proof: {deed.traces.told}"
    if deed.damaged:
        yield f"not all of it could be read, so the proof is of what could: {deed.damaged}"
    for line in deed.lines:
        yield f"line {line} of the ledger had words of it: they are [redacted] now"
    for point in deed.points:
        yield (
            f"the minutes hold words of it: matters redact {deed.line.meeting_id} "
            f"--point {point} --why …"
        )
    yield from (f"still in {copy.told}" for copy in deed.copies)
    yield from (f"not touched: {file}" for file in deed.files)
    yield from (f"not found, and so not looked at: {file}" for file in deed.missing)
