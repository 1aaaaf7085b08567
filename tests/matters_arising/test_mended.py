"""Commands that are asked in the wrong way, or where nothing can be written: one clear sentence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import COMMANDS, UNWRITABLE, Commands, main


def asked(home: Path, *arguments: str) -> Result:
    """What the command answers."""
    return CliRunner().invoke(main, ["--home", str(home), *arguments])


def test_a_misspelt_command_is_told_which_one_it_may_have_meant(tmp_path: Path) -> None:
    """With the status of wrong usage."""
    told = asked(tmp_path, "serach", "damp")

    assert told.exit_code == 2
    assert "there is no command 'serach'; did you mean 'search'?" in told.output


def test_what_is_no_day_is_told_as_people_write_days(tmp_path: Path) -> None:
    """It used to name a format of C's strptime."""
    told = asked(tmp_path, "search", "damp", "--from", "yesterday")

    assert "'yesterday' is no day; write it as 2026-06-02" in told.output


@pytest.mark.usefixtures("nobody")
def test_what_is_over_its_time_is_listed_for_nobody_in_particular(tmp_path: Path) -> None:
    """A scheduled run has no user; to take off the disk somebody must answer for it."""

    listed, applied = asked(tmp_path, "retention"), asked(tmp_path, "retention", "--apply")

    assert (listed.exit_code, listed.output) == (0, "nothing is over its time\n")
    assert applied.exit_code == 2
    assert "say who: --by NAME" in applied.output


def test_a_setting_that_is_none_is_named_without_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was set may be a secret."""
    monkeypatch.setenv("MATTERS_RETENTION_AUDIO_DAYS", "soon")

    told = asked(tmp_path, "retention")

    assert told.exit_code == 1
    assert "the setting MATTERS_RETENTION_AUDIO_DAYS cannot be used" in told.output
    assert "soon" not in told.output


@pytest.mark.parametrize("number", UNWRITABLE)
def test_a_disk_that_refuses_is_one_sentence(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever in a command it is met."""
    refused = click.Command(
        "refused",
        callback=lambda: _raise(OSError(number, os.strerror(number), "/srv/archive/.lock")),
    )
    monkeypatch.setattr(Commands, "get_command", lambda *_: refused)

    told = CliRunner().invoke(main, [next(iter(COMMANDS))])

    assert told.exit_code == 1
    assert told.output.startswith(
        f"Error: /srv/archive/.lock could not be used ({os.strerror(number)}): "
    )


def test_any_other_fault_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ours to mend, and the traceback says where."""
    fault = OSError(errno.EBADF, "Bad file descriptor")
    broken = click.Command("broken", callback=lambda: _raise(fault))
    monkeypatch.setattr(Commands, "get_command", lambda *_: broken)

    assert CliRunner().invoke(main, [next(iter(COMMANDS))]).exception is fault


def _raise(fault: Exception) -> None:
    raise fault
