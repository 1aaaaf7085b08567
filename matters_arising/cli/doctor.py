"""``matters doctor``: what is here, what is missing, and the command that gets it."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.deep import look_deep, show_deep
from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_json

if TYPE_CHECKING:
    from matters_arising.settings import Settings

ENOUGH_GB = 2.0


@click.command()
@click.option("--deep", is_flag=True, help="Read and compare everything in the home folder.")
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@with_home
def doctor(deep: bool, json_: bool, home: Path) -> None:
    """Say which engines, models and files are there, what is missing, and how to get it.

    With --deep every version of the record is compared with its sum, the ledger read line by line,
    the warehouse compared with the record, what nobody needs counted, and the disk forecast.

    \b
    Examples:
      matters doctor
      matters doctor --deep
      matters doctor --json
    """
    from matters_arising.settings import Settings
    from models.toolbox import Toolbox

    settings = Settings()
    tools = Toolbox(models_folder=settings.models, offline=True)
    found: dict[str, Any] = {
        "speech": [asdict(status) for status in tools.speech_status()],
        "turns": asdict(tools.turns_status()),
        "would_use": tools.speech_choice().words,
        "engines": [asdict(engine) for engine in tools.engines()],
        "known_voices": known_voices(home, settings),
        "archive": archive(home),
    }
    if deep:
        found["deep"] = look_deep(home)
    if json_:
        click.echo(as_json(found))
    else:
        _show(found)
        if deep:
            show_deep(found["deep"])
    if found["archive"]["faults"] or (deep and found["deep"]["faults"]):
        raise SystemExit(1)


def known_voices(home: Path, settings: Settings) -> dict[str, Any]:
    """Whether voices are kept across meetings, how many are, and what is not in order about it."""
    from transcripts.enrolled import EnrolledVoices

    kept = EnrolledVoices(home).count()
    warnings = []
    if settings.known_voices and not settings.known_voices_dpia:
        warnings.append(
            "voices may be enrolled without an impact assessment: name it in "
            "MATTERS_KNOWN_VOICES_DPIA"
        )
    if kept and not settings.known_voices:
        warnings.append(
            "voices are kept though known voices are turned off; to take them off the disk: "
            "matters voices purge"
        )
    return {
        "on": settings.known_voices,
        "kept": kept,
        "dpia": settings.known_voices_dpia,
        "warnings": warnings,
    }


def archive(home: Path) -> dict[str, Any]:
    """What the home folder holds, and what is wrong in it."""
    from transcripts.ledger import Ledger
    from transcripts.record import Record

    meetings = Record(home).meeting_ids()
    there = home if home.exists() else Path()
    return {
        "home": str(home),
        "meetings_in_record": len(meetings),
        "lines_in_ledger": len(Ledger(home).all_lines()),
        "warehouse": str(home / "matters.duckdb") if (home / "matters.duckdb").exists() else None,
        "free_gb": round(shutil.disk_usage(there).free / 1e9, 1),
        "faults": _faults(home, meetings),
    }


def _faults(home: Path, meetings: list[str]) -> list[str]:
    from flows.load import shown_ids
    from matters_arising.errors import MattersArisingError
    from transcripts.record import Record
    from warehouse.acronyms import vocabulary
    from warehouse.listings import meetings as loaded
    from warehouse.reader import open_reader
    from warehouse.store import check

    faults = list(vocabulary(home).faults)
    for meeting_id in meetings:
        try:
            Record(home).read(meeting_id)
        except MattersArisingError as fault:
            faults.append(str(fault))
    if (home / "matters.duckdb").exists():
        try:
            faults += [f"{f.rows} × {f.check}: {f.what_to_do}" for f in check(home)]
            with open_reader(home) as reader:
                held = {m.meeting_id for m in loaded(reader)}
            faults += [
                f"{m} is not in the warehouse: matters rebuild" for m in set(shown_ids(home)) - held
            ]
        except MattersArisingError as fault:
            faults.append(str(fault))
    elif meetings:
        faults.append(f"there is no warehouse in {home}: matters rebuild")
    if home.exists() and shutil.disk_usage(home).free / 1e9 < ENOUGH_GB:
        faults.append(f"less than {ENOUGH_GB:.0f} GB are free where {home} lies")
    return faults


def _show(found: dict[str, Any]) -> None:
    click.echo("Speech recognition")
    for status in found["speech"]:
        _engine(status)
    click.echo(f"  auto: {found['would_use']}")
    click.echo("Who spoke")
    _engine(found["turns"])
    click.echo("Engines and models")
    for engine in found["engines"]:
        model = f" {engine['model']}" if engine["model"] else ""
        sha = f"  sha256 {engine['model_sha256'][:12]}…" if engine["model_sha256"] else ""
        click.echo(f"  {engine['task']:<11} {engine['name']} {engine['version']}{model}{sha}")
    known = found["known_voices"]
    click.echo("Known voices")
    click.echo(f"  {'on' if known['on'] else 'off'}, {known['kept']} kept")
    for warning in known["warnings"]:
        click.echo(f"  WARNING  {warning}")
    held = found["archive"]
    click.echo("Archive")
    click.echo(
        f"  {held['home']}: {held['meetings_in_record']} meetings, {held['lines_in_ledger']} "
        f"ledger lines, {held['free_gb']} GB free"
    )
    for fault in held["faults"]:
        click.echo(f"  FAULT  {fault}")
    if not held["faults"]:
        click.echo("  no faults found")


def _engine(status: dict[str, Any]) -> None:
    mark = "ready  " if status["usable"] else "missing"
    click.echo(f"  {mark}  {status['name']:<16} {status['why']}")
    if not status["usable"] and status["get_it"]:
        click.echo(f"           {'':<16} to get it: {status['get_it']}")
