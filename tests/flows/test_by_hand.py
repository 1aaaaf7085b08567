"""A run that somebody interrupts ends, whatever Prefect makes of it."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from flows.by_hand import interrupted
from matters_arising.cli import COMMANDS, Commands, main


def test_an_interruption_is_seen_behind_the_fault_that_was_made_of_it() -> None:
    """As Prefect makes one while a task begins."""
    with pytest.raises(ValueError, match="not set") as made:
        _begin()

    assert interrupted(made.value)
    assert interrupted(KeyboardInterrupt())
    assert not interrupted(ValueError("Task run is not set"))


def test_an_interrupted_command_ends_as_shells_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one line and status 130."""
    ended = click.Command("ended", callback=_interrupt)
    monkeypatch.setattr(Commands, "get_command", lambda *_: ended)

    told = CliRunner().invoke(main, [next(iter(COMMANDS))])

    assert (told.exit_code, told.output) == (130, "interrupted; what was finished is kept\n")


def _begin() -> None:
    try:
        _interrupt()
    finally:
        raise ValueError("Task run is not set")


def _interrupt() -> None:
    raise KeyboardInterrupt
