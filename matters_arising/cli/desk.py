"""``matters desk``: who may decide on the pages."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import emit, listing_options

ASKED = ("id", "when", "what", "where", "contact")


@click.group()
def desk() -> None:
    """Say who may sit at the clerk's desk, the pages on which people decide.

    The desk is there as soon as there is an account, at /desk of the pages that `matters serve`
    shows. What somebody decides there stands in the ledger under their account's name.

    \b
    Examples:
      matters desk add "Ann Clerk"
      matters desk list
      matters desk corrections
    """


def _password() -> str:
    """Asked for and not shown; no option, for other people of the machine read those."""
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


@desk.command("add")
@click.argument("name")
@with_home
def add(name: str, home: Path) -> None:
    """Let NAME decide; NAME is what the ledger will say. The password is asked for.

    \b
    Example:
      matters desk add "Ann Clerk"
    """
    from matters_arising.web.desk.accounts import Accounts

    made = Accounts(home).add(name, _password())
    click.echo(f"{made.name} may log in at /desk of the pages")


@desk.command("list")
@listing_options
@with_home
def list_(output: str, home: Path) -> None:
    """List who may decide.

    \b
    Example:
      matters desk list
    """
    from matters_arising.web.desk.accounts import Accounts

    rows = [asdict(account) for account in Accounts(home).all()]
    shown = [{k: v for k, v in row.items() if k != "password"} for row in rows]
    emit(shown, output, ("name", "since"), empty="nobody has an account, so there is no desk")


@desk.command("remove")
@click.argument("name")
@with_home
def remove(name: str, home: Path) -> None:
    """Let NAME decide no longer; what they decided stays.

    \b
    Example:
      matters desk remove "Ann Clerk"
    """
    from matters_arising.web.desk.accounts import Accounts

    Accounts(home).remove(name)
    click.echo(f"{name} may no longer log in")


@desk.command("password")
@click.argument("name")
@with_home
def password(name: str, home: Path) -> None:
    """Give NAME another password; whoever is logged in with the old one is out.

    \b
    Example:
      matters desk password "Ann Clerk"
    """
    from matters_arising.web.desk.accounts import Accounts

    Accounts(home).set_password(name, _password())
    click.echo(f"{name} has another password")


@desk.command("corrections")
@listing_options
@with_home
def corrections(output: str, home: Path) -> None:
    """List the corrections that readers asked for and that are still open.

    They are closed at the desk; this shows them also where there is none, as with pages that
    `matters serve --public` shows.

    \b
    Example:
      matters desk corrections --json
    """
    from matters_arising.web.desk.corrections import Corrections

    rows = [asdict(found) for found in Corrections(home).waiting()]
    shown = [{name: row[name] for name in ASKED} for row in rows]
    emit(shown, output, ASKED, empty="no correction is open", every=ASKED)
