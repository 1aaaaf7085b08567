"""Getting a finished warehouse to its readers in one step, and a writer its private copy.

The loader never touches the file that readers have open. It works on a private copy and, when
that is whole, on disk and closed, gives it a generation name and lets ``matters.duckdb`` be a
hard link to it. That replacing is the one moment at which the new warehouse becomes the warehouse;
killed before it, yesterday's stays. DuckDB's own lock is no protection here: it vanishes when the
process that holds it opens and closes the file once more, so writers hold a lock file of ours.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from matters_arising.errors import BusyError, StoreError

logger = logging.getLogger(__name__)

LIVE_NAME = "matters.duckdb"
PRIVATE_NAME = ".matters-loading.duckdb"
LOCK_NAME = ".matters-writing.lock"
HOLDER_NAME = ".matters-writing.json"
KEEP = 2  # generations: the newest and the one that readers may still have open
_GENERATION = re.compile(r"matters-(\d{6,})\.duckdb")
# A child copies: opening and closing a database file in this process would drop the locks that
# this process' own readers hold on it.
_COPY = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"


@contextmanager
def writing(home: Path, *, wait_s: float = 0.0) -> Iterator[None]:
    """Makes this process the one writer of ``home``; waits so long, then raises BusyError."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(home / LOCK_NAME), timeout=wait_s)
    try:
        lock.acquire()
    except Timeout as fault:
        raise BusyError(
            f"{_holder(home)} is writing to the warehouse in {home}; "
            "wait until it is done and try again"
        ) from fault
    try:
        _name_holder(home)
        yield
    finally:
        (home / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


def _name_holder(home: Path) -> None:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    with suppress(OSError):  # only for the message; a full disk is met again, and named, later
        (home / HOLDER_NAME).write_text(json.dumps({"pid": os.getpid(), "since": since}))


def _holder(home: Path) -> str:
    try:
        held = json.loads((home / HOLDER_NAME).read_text())
        return f"another process (number {held['pid']}, since {held['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def generations(home: Path) -> dict[int, Path]:
    """The generation files of ``home`` by number."""
    found = ((_GENERATION.fullmatch(p.name), p) for p in home.glob("matters-*.duckdb"))
    return {int(match.group(1)): path for match, path in sorted(found, key=str) if match}


def live_generation(home: Path) -> Path | None:
    """The file that ``matters.duckdb`` is, under its generation name where it has one."""
    live = home / LIVE_NAME
    try:
        state = live.stat()
    except FileNotFoundError:
        return None
    newest_first = list(generations(home).values())[::-1]
    for same in (os.path.samestat, _copied):
        for path in newest_first:
            with suppress(FileNotFoundError):
                if same(path.stat(), state):
                    return path
    return live  # put there by a person


def _copied(generation: os.stat_result, live: os.stat_result) -> bool:
    """Whether one is the copy that ``publish`` makes on a disk without hard links."""
    return (generation.st_size, generation.st_mtime_ns) == (live.st_size, live.st_mtime_ns)


def private_copy(home: Path, *, empty: bool = False) -> Path:
    """A file of the loader's own: the live warehouse copied, or no file yet.

    What killed loads left behind is cleared away first. Raises StoreError where there is no room.
    """
    clear_leftovers(home)
    private, live = home / PRIVATE_NAME, home / LIVE_NAME
    if empty or not live.exists():
        return private
    _check_room(home, live.stat().st_size)
    command = [sys.executable, "-I", "-S", "-c", _COPY, str(live), str(private)]
    copied = subprocess.run(command, capture_output=True, text=True, check=False)
    if copied.returncode:
        private.unlink(missing_ok=True)
        why = (copied.stderr.strip().splitlines() or ["the copy was killed"])[-1]
        raise StoreError(
            f"the warehouse {live} could not be copied for loading ({why}); it is unchanged: "
            "make room and load again"
        )
    return private


def clear_leftovers(home: Path) -> None:
    """Removes what a killed load left: its private copy and a generation that never went live."""
    discard_private(home)
    (home / f".{LIVE_NAME}.new").unlink(missing_ok=True)
    live = live_generation(home)
    known = generations(home)
    if live is None or live in known.values():
        newer = [p for p in known.values() if live is None or p.name > live.name]
        for path in newer:
            logger.info("removing %s, left by a load that was killed", path.name)
            path.unlink(missing_ok=True)


def discard_private(home: Path) -> None:
    """Removes the private copy with what DuckDB put beside it."""
    for path in home.glob(f"{PRIVATE_NAME}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def publish(home: Path) -> Path:
    """Makes the private copy, closed by now, the live warehouse; gives its generation name."""
    private, live = home / PRIVATE_NAME, home / LIVE_NAME
    number = max(generations(home), default=0) + 1
    generation = home / f"matters-{number:06d}.duckdb"
    _to_disk(private)
    private.rename(generation)
    fresh = home / f".{LIVE_NAME}.new"
    try:
        fresh.hardlink_to(generation)
    except OSError as fault:  # a disk without hard links: a second copy serves as well
        if fault.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EXDEV):
            raise
        shutil.copyfile(generation, fresh)
        shutil.copystat(generation, fresh)  # by its time it is known whose copy it is
        _to_disk(fresh)
    fresh.replace(live)
    _to_disk(home)
    prune(home)
    return generation


def prune(home: Path, *, keep: int = KEEP) -> None:
    """Removes all generations but the newest; who reads an older one has it until done."""
    for number in sorted(generations(home))[:-keep]:
        generations(home)[number].unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_room(home: Path, needed: int) -> None:
    free = shutil.disk_usage(home).free
    if free < needed:
        raise StoreError(
            f"no room for loading in {home}: {needed / 1e6:.0f} MB are needed and "
            f"{free / 1e6:.0f} MB free; the warehouse is unchanged: make room and load again"
        )
