"""Options that several commands share."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from matters_arising import usual


class Day(click.DateTime):
    """A day; what is none is told as people write days, not as programs do."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The day at midnight."""
        try:
            day: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is no day; write it as 2026-06-02", param, ctx)
        return day


DAY = Day(formats=["%Y-%m-%d"])
ENGINES = ("auto", "faster-whisper", "whisper", "sphinx", "captions")


def with_home(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command its ``home``: its own option, the group's, or the setting's."""

    @click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of the archive (default: MATTERS_HOME, else ./matters-data).",
    )
    @wraps(command)
    def wrapped(*args: Any, home: Path | None = None, **rest: Any) -> Any:
        from transcripts.home import check_home

        asked = home or click.get_current_context().find_root().obj or default_home()
        check_home(asked)
        return command(*args, home=asked, **rest)

    return wrapped


def by_whom(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who decides, and why: every line of the ledger says so."""
    command = click.option("--why", default="", help="The reason, for those who ask later.")(
        command
    )
    return by_somebody(command)


def by_somebody(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who decides; nobody is refused."""
    return _by(callback=lambda _ctx, _option, who: somebody(who))(command)


def by_anybody(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who decides, where it comes to that: then the command asks whether it is ``somebody``."""
    return _by()(command)


def _by(**more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    told = "Who decides (default: the user's name on this machine)."
    return click.option("--by", "who", default=user, help=told, **more)


def user() -> str:
    """The user's name on this machine, or nothing where not even its list of users has one."""
    try:
        return os.environ.get("USER", "").strip() or getpass.getuser()
    except (KeyError, OSError, ImportError):  # by the version of Python
        return ""


def somebody(who: str) -> str:
    """Who decides, trimmed; raises UsageError for nobody."""
    if not who.strip():
        raise click.UsageError("somebody must answer for a decision; say who: --by NAME")
    return who.strip()


def default_home() -> Path:
    """The home folder that the settings name."""
    return usual.home()


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that choose the recogniser."""
    for option in (
        click.option(
            "--engine",
            type=click.Choice(ENGINES),
            default="auto",
            show_default=True,
            help="What turns sound into words.",
        ),
        click.option("--model", default="", help="Whisper size (base.en) or a checkpoint."),
        click.option("--language", default="en", show_default=True, help="Language spoken."),
        click.option(
            "--offline", is_flag=True, help="Never ask a model hub, nor a reader elsewhere."
        ),
    ):
        command = option(command)
    return command
