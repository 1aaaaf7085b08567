"""``matters doctor --deep``: the whole home folder read, hashed and compared."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click


def look_deep(home: Path) -> dict[str, Any]:
    """What is wrong, what nobody needs, and how long the disk lasts."""
    from transcripts.copies import all_copies
    from transcripts.integrity import forecast, ledger_faults, record_faults, unneeded

    if not home.exists():
        return {"faults": [], "unneeded": [], "forecast": None, "last_backup": None}
    faults = [*record_faults(home), *ledger_faults(home), *_warehouse_faults(home)]
    ahead = forecast(home, shutil.disk_usage(home).free, date.today())
    backups = [c.told for c in all_copies(home) if c.kind == "backup"]
    return {
        "faults": faults,
        "unneeded": [asdict(u) for u in unneeded(home)],
        "forecast": asdict(ahead) if ahead else None,
        "last_backup": backups[-1] if backups else None,
    }


def _warehouse_faults(home: Path) -> list[str]:
    """Meetings of which the warehouse holds other versions than the record, or that are hidden."""
    from flows.load import is_loaded, loaded_ids, shown_ids
    from matters_arising.errors import MattersArisingError

    try:
        shown, loaded = set(shown_ids(home)), loaded_ids(home)
    except MattersArisingError as fault:
        return [str(fault)]
    stale = []
    for meeting_id in sorted(shown & loaded):
        with suppress(MattersArisingError):  # told among those of the record
            stale += [meeting_id] if not is_loaded(home, meeting_id) else []
    faults = [
        f"the warehouse holds other versions of {m} than the record: matters rebuild" for m in stale
    ]
    return faults + [
        f"{m} is in the warehouse and is not to be shown: matters rebuild"
        for m in sorted(loaded - shown)
    ]


def show_deep(found: dict[str, Any]) -> None:
    """The same for people."""
    click.echo("In depth")
    for fault in found["faults"]:
        click.echo(f"  FAULT  {fault}")
    if not found["faults"]:
        click.echo("  every version is what was written, every line of the ledger can be read")
    for rest in found["unneeded"]:
        click.echo(f"  {rest['files']} files, {rest['size'] / 1e6:.1f} MB: {rest['what']}")
    ahead = found["forecast"]
    if ahead:
        left = ahead["months_left"]
        lasts = f"the disk lasts {left:.0f} months" if left is not None else "no meetings of late"
        click.echo(
            f"  {ahead['bytes_an_hour'] / 1e6:.0f} MB for each of {ahead['hours']:.1f} hours of "
            f"meetings, {ahead['hours_a_month']:.1f} hours a month: {lasts}"
        )
    click.echo(f"  last backup: {found['last_backup'] or 'none was made'}")
