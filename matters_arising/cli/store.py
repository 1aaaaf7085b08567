"""``matters store``: the record on object storage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_json, emit, listing_options

if TYPE_CHECKING:
    from transcripts.objects.store import ObjectStore


@click.group()
def store() -> None:
    """The record on object storage, at the address that MATTERS_STORE names.

    Any fsspec address will do: s3://bucket/matters, file:///mnt/share/matters. Credentials of S3
    come from where its own tools take them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, ~/.aws).

    \b
    Examples:
      MATTERS_STORE=s3://records/matters matters store push
      matters store list --json
    """


@store.command()
@click.option("--check", is_flag=True, help="Believe nothing that is there: read and compare it.")
@click.option("--json", "json_", is_flag=True, help="Print what was done as JSON.")
@with_home
def push(check: bool, json_: bool, home: Path) -> None:
    """Bring the store to what the archive holds: versions first, what names them last.

    Every batch does so at its end. Only the newest run of a meeting is put; what was redacted or
    purged here is taken out there. Cut short, the same command goes on.

    \b
    Examples:
      matters store push
      matters store push --check
    """
    from dataclasses import asdict

    from transcripts.objects.mirror import push_all

    where = opened()
    done = push_all(home, where, check=check)
    if json_:
        click.echo(as_json({"store": where.address} | asdict(done)))
    else:
        gone = f", {len(done.taken_out)} purged ones taken out" if done.taken_out else ""
        click.echo(
            f"{where.address}: {len(done.put)} meetings put, {len(done.same)} there as they are"
            f"{gone}; {done.ledger_lines} ledger lines"
        )
        for fault in done.faults:
            click.echo(f"  FAILED  {fault}")
    if done.faults:
        raise SystemExit(1)


@store.command()
@click.option("--json", "json_", is_flag=True, help="Print what was done as JSON.")
@with_home
def pull(json_: bool, home: Path) -> None:
    """Make an archive of the store in the home folder, which must be empty; every hash checked.

    Record and ledger come from the store, the warehouse is made of them. Enrolled voices and saved
    searches are on no store: matters backup keeps those.

    \b
    Example:
      matters --home new-home store pull
    """
    from flows.load import rebuild
    from transcripts.objects.mirror import pull_all

    where = opened()
    meetings = pull_all(home, where)
    made = rebuild(home)
    if json_:
        told = {"store": where.address, "meetings": meetings, "loaded": made.meetings}
        click.echo(as_json(told | {"left_out": made.left_out}))
    else:
        shown = f"{len(meetings)} meetings of {where.address}, {made.meetings} are shown"
        click.echo(f"{home} holds {shown}")
    if made.left_out:
        raise SystemExit(1)


@store.command()
@click.option("--json", "json_", is_flag=True, help="Print what was found as JSON.")
def check(json_: bool) -> None:
    """Read every object of the record on the store, and name what is not what was written.

    \b
    Example:
      matters store check
    """
    from transcripts.objects.mirror import check_all, held

    where = opened()
    faults = check_all(where)
    meetings = held(where)
    if json_:
        click.echo(as_json({"store": where.address, "meetings": list(meetings), "faults": faults}))
    else:
        for fault in faults:
            click.echo(f"DAMAGED  {fault}")
        size = sum(meetings.values()) / 1e6
        click.echo(
            f"{where.address}: {len(meetings)} meetings, {size:.1f} MB, {len(faults)} faults"
        )
    if faults:
        raise SystemExit(1)


@store.command(name="list")
@listing_options
def list_(output: str) -> None:
    """List the meetings on the store, and the jobs that are handed out to workers.

    \b
    Examples:
      matters store list
      matters store list --json
    """
    from transcripts.objects.listing import listed

    emit(listed(opened()), output, ("meeting_id", "what", "bytes", "by"), empty="nothing is there")


def opened() -> ObjectStore:
    """The store that the settings name."""
    from matters_arising.settings import Settings
    from transcripts.objects.store import ObjectStore

    return ObjectStore(Settings().store)
