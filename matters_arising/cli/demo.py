"""``matters demo``: the sample council, from recordings to answers, and where to look next."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import page
from matters_arising.errors import BadInputError
from transcripts.times import clock

if TYPE_CHECKING:
    from warehouse.listings import FindingRow
    from warehouse.reader import Reader

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "aldermere"
QUESTIONS = (
    ("words", '"seven days notice"'),
    ("meaning", "was notice given before the van came"),
    ("both", "who helps families with damp"),
    ("both", "will there be a swimming pool"),  # nobody spoke of one
)
SHOWN = {"recommendation": 8, "concern": 6, "undertaking": 6, "follow-up": 5}
SPOKEN_LINES = 4


@click.command()
@with_home
def demo(home: Path) -> None:
    """Process the sample council's two meetings and answer four questions about them.

    Nobody spoke of what the fourth asks, to show how that is told.

    Aldermere Borough Council is invented: its people were written, and are spoken by synthetic
    voices. What is shown is what the engines on this machine made of the sound.

    \b
    Examples:
      matters demo
      matters demo --home /tmp/aldermere
    """
    from matters_arising.cli.process import print_report, run

    if not SAMPLES.is_dir():
        raise BadInputError(
            "the sample council comes with the source checkout; in it, run 'make demo', "
            "or process recordings of your own: matters process FOLDER"
        )
    report = run((SAMPLES,), home=home)
    print_report(report, home)
    if report.failed:
        raise SystemExit(1)
    show(home)


def show(home: Path) -> None:
    """What was heard, who spoke, what was found, four searches, and where to look next."""

    from warehouse.listings import meetings
    from warehouse.reader import open_reader

    console = page()
    with open_reader(home) as reader:
        held = meetings(reader)
        for meeting in held:
            console.rule(f"[bold]{meeting.title or meeting.meeting_id}")
            _heard(console, reader, meeting.meeting_id)
            _who(console, reader, meeting.meeting_id)
        console.rule("[bold]What was found")
        for kind, most in SHOWN.items():
            _found(console, reader, kind, most)
    _searches(console, home)
    _next(console, home, held[0].meeting_id)


def _heard(console: Any, reader: Reader, meeting_id: str) -> None:
    from warehouse.meeting import coverage, opening

    for part in coverage(reader, meeting_id):
        share = f"{part.share_transcribed:.0%}" if part.share_transcribed is not None else "?"
        named = f"{part.share_named:.0%}" if part.share_named is not None else "?"
        engine = " ".join(filter(None, (part.engine, part.model)))
        console.print(
            f"{part.duration_s / 60:.1f} min of sound; words from {part.source} ({engine}): "
            f"{part.words} words, {share} of the speech transcribed, {named} of the words under "
            f"a name, {part.gaps} gap{'s'[: part.gaps != 1]}",
            markup=False,
            style="dim",
        )
    console.print("[bold]Heard[/] (the first lines)")
    for line in opening(reader, meeting_id, SPOKEN_LINES):
        console.print(f"  {clock(line.start_s)}  {line.speaker}: {line.text}", markup=False)


def _who(console: Any, reader: Reader, meeting_id: str) -> None:
    from warehouse.meeting import speakers

    console.print("[bold]Who spoke[/] (share of words, and the strongest reason for the name)")
    for row in speakers(reader, meeting_id):
        why = row.reasons[0] if row.reasons else "no evidence for a name"
        console.print(
            f"  {row.share:>4.0%}  {row.speaker:<34} {why}",
            markup=False,
            no_wrap=True,
            overflow="ellipsis",
        )
    console.print()


def _found(console: Any, reader: Reader, kind: str, most: int) -> None:
    from warehouse.listings import listing

    rows = listing(reader, kind)
    console.print(f"[bold]{kind.capitalize()}s[/] ({len(rows)})")
    for row in _best(rows, most):
        console.print(
            f"  {_tag(row)}{row.date:%-d %b} {clock(row.start_s)}  {row.speaker}: “{row.quote}”",
            markup=False,
        )
    if len(rows) > most:
        console.print(f"  … and {len(rows) - most} more: matters {kind}s", style="dim")
    console.print()


def _best(rows: Sequence[FindingRow], most: int) -> list[FindingRow]:
    """Those with a reference first, then the surest; shown in the order they were said."""
    order = sorted(rows, key=lambda r: (not r.reference, -(r.score or 0.0)))[:most]
    return sorted(order, key=lambda r: (r.date, r.start_s))


def _tag(row: FindingRow) -> str:
    if row.kind != "recommendation":
        return ""
    return f"{row.reference or 'no reference':<16} "


def _searches(console: Any, home: Path) -> None:
    from matters_arising.cli.search import find, print_result
    from warehouse.query import Filters

    for mode, question in QUESTIONS:
        console.rule(f"matters search {question} --mode {mode}", align="left")
        found = find(home, question, mode, Filters(), 2)
        if not found.hits:
            console.print(
                "Nobody spoke of this, and the answer is no guess but says so:", style="bold"
            )
        print_result(question, found)


def _next(console: Any, home: Path, meeting_id: str) -> None:
    console.rule("[bold]Where to look next")
    option = "" if home == Path("matters-data") else f" --home {home}"
    program = called()
    for command, what in (
        ("matters recommendations", "the register of what was recommended"),
        ("matters recommendation SCSC/2026-27/01", "one recommendation's evidence"),
        (f"matters speakers {meeting_id}", "who spoke, and why each name was given"),
        ("matters doctor", "which engines this machine has, and how to get better ones"),
        ("matters process YOUR-RECORDINGS/", "your own meetings"),
    ):
        console.print(f"  {command.replace('matters', program, 1) + option}", markup=False)
        console.print(f"      {what}", style="dim")


def called() -> str:
    """How this command is called here: by its name, or by its place where no shell finds it."""
    if shutil.which("matters"):
        return "matters"
    place = Path(sys.argv[0])
    return os.path.relpath(place) if place.name == "matters" and place.is_file() else "matters"
