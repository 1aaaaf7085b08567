"""``matters backup`` and ``matters restore``: what cannot be made again, kept elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_json

if TYPE_CHECKING:
    from flows.backup import Manifest

SECRET = ("reader_key", "notify")


@click.command()
@click.argument("folder", metavar="TO")
@click.option("--voices", is_flag=True, help="With the enrolled voices, which are biometric data.")
@click.option("--json", "json_", is_flag=True, help="Print what it holds as JSON.")
@with_home
def backup(folder: str, voices: bool, json_: bool, home: Path) -> None:
    """Copy what cannot be made again to TO, at which nothing is yet.

    TO is a folder, or an address on a store (s3://bucket/backups/today).

    It holds the record, the ledger, saved searches, vocabulary.csv, the desk's accounts and the
    corrections that readers sent, the list of copies, and the matters.toml that is in use. It may
    be made while a run writes. The warehouse is left out: it is made again from the rest. A
    manifest holds the sha256 of every file. What is damaged is copied as it is and named, and the
    command ends with 1.

    \b
    Examples:
      matters backup /mnt/other-disk/matters-2026-07-17
      matters backup /mnt/other-disk/with-voices --voices
      matters backup s3://backups/matters-2026-07-17
    """
    from flows.backup import backup as write
    from flows.backup_elsewhere import backup_to
    from matters_arising.settings import Settings
    from transcripts.network import is_address

    settings = Settings()
    known = settings.model_dump(exclude=set(SECRET), exclude_none=True)
    told = {k: str(v) for k, v in known.items()}
    if is_address(folder):
        made = backup_to(home, folder, voices=voices, settings=told, config=settings.config)
    else:
        made = write(home, Path(folder), voices=voices, settings=told, config=settings.config)
    if json_:
        click.echo(as_json({"folder": folder, "files": len(made.files)}
                           | {"meetings": len(made.meetings), "ledger_lines": made.ledger_lines}
                           | {"voices": made.voices, "damaged": made.damaged}))  # fmt: skip
    else:
        kept = f", {made.voices} voices" if made.voices else ""
        click.echo(
            f"{folder} holds {len(made.meetings)} meetings, {made.ledger_lines} ledger lines{kept} "
            f"in {len(made.files)} files; to try it: matters restore {folder} --drill"
        )
        if "matters.toml" not in made.files:
            click.echo(f"without matters.toml: there is none at {settings.config}", err=True)
    _tell_damaged(made)


def _tell_damaged(made: Manifest) -> None:
    """Names what is not as it was written, and ends with 1 if anything is."""
    for name in made.damaged:
        click.echo(
            f"DAMAGED  {name} is not what was written, or cannot be read: matters doctor --deep",
            err=True,
        )
    if made.damaged:
        raise SystemExit(1)


@click.command()
@click.argument("folder", metavar="FROM")
@click.option("--drill", "drill_", is_flag=True, help="Restore into a folder that is thrown away.")
@with_home
def restore(folder: str, drill_: bool, home: Path) -> None:
    """Make an archive of the backup FROM in the home folder, which must be empty.

    Every file is checked against the manifest before anything is written; then the warehouse is
    made. What was purged or redacted after the backup was made is in it again: do it again. A
    meeting that was damaged already is named and left out of the warehouse, and the command ends
    with 1. matters.toml lies in the home folder then: name it in MATTERS_CONFIG, or move it.

    \b
    Examples:
      matters restore /mnt/other-disk/matters-2026-07-17 --drill
      matters --home new-home restore /mnt/other-disk/matters-2026-07-17
      matters restore s3://backups/matters-2026-07-17 --drill
    """
    from flows.backup import drill, restore
    from flows.backup_elsewhere import brought
    from transcripts.network import is_address

    with brought(folder) as here:
        known_as = folder if is_address(folder) else ""
        made = drill(here, known_as) if drill_ else restore(here, home, known_as=known_as)
    if drill_:
        click.echo(
            f"{folder} can be restored: {len(made.files)} files are as they were written, and give "
            f"{len(made.meetings)} meetings and {made.ledger_lines} ledger lines"
        )
    else:
        click.echo(
            f"{home} holds {len(made.meetings)} meetings and {made.ledger_lines} ledger lines of "
            f"{made.made}; look at it: matters --home {home} doctor --deep"
        )
    _tell_damaged(made)
