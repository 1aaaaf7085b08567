"""Tells which lines of the ledger were written, and how they are taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from transcripts.ledger import Decision


def kept_as(lines: Sequence[Decision]) -> None:
    """Each with its own command."""
    for line in lines:
        click.echo(f"kept as line {line.id}; to take it back: matters decide undo {line.id}")


def kept_together(lines: Sequence[Decision]) -> None:
    """Lines that are one decision, with one command for all."""
    if len(lines) < 2:
        kept_as(lines)
        return
    for line in lines:
        click.echo(f"kept as line {line.id}")
    click.echo(f"to take all of them back: matters decide undo {lines[-1].id}")
