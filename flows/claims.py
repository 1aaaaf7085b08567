"""Who is at which meeting: two operators who start the same work do it once between them."""

from __future__ import annotations

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from matters_arising.errors import BusyError

FOLDER = ".at-work"


@contextmanager
def claimed(home: Path, name: str) -> Iterator[str]:
    """Makes a piece of work this process' own; gives who has it where another does, else nothing.

    The lock goes with the process that holds it, however that ends.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lock, told = FileLock(folder / f"{name}.lock"), folder / f"{name}.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield _holder(told)
        return
    try:
        with suppress(OSError):  # only for the message
            told.write_text(json.dumps(_myself()), encoding="utf-8")
        yield ""
    finally:
        with suppress(OSError):
            told.unlink(missing_ok=True)
        lock.release()


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """While no other process runs the batches of an archive; BusyError names one that does."""
    with claimed(home, "deploy") as holder:
        if holder:
            raise BusyError(f"{holder} runs the batches of {home} already; end that one first")
        yield


def _myself() -> dict[str, object]:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"who": who(), "pid": os.getpid(), "host": socket.gethostname(), "since": since}


def who() -> str:
    """The user's name on this machine; ``somebody`` where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_bytes())
        since = str(held["since"])[11:16]
        return f"{held['who']} (process {held['pid']} on {held['host']}, since {since})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
