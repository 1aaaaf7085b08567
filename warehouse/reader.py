"""Reading the warehouse: read-only, without waiting, and never half a load."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TypeVar, cast

import duckdb

from matters_arising.errors import StoreError
from warehouse import sql
from warehouse.frame import Index
from warehouse.migrate import check_version, newest, views_are_ours
from warehouse.publish import LIVE_NAME, live_generation

T = TypeVar("T")
KEPT = 64  # parts of a generation, half a megabyte each at most: what many people read at once
READER_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "python_enable_replacements": "false",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


class Reader:
    """One generation of the warehouse, open for reading; close it when done."""

    def __init__(
        self, path: Path, con: duckdb.DuckDBPyConnection, index: Index | None = None
    ) -> None:
        self.path = path
        self.con = con
        self.index = index or Index()  # what searching keeps in memory of this generation

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets the file go."""
        self.con.close()

    def total(self, name: str, count: Callable[[Reader], T]) -> T:
        """What is counted over the whole of it: once a generation, under a name of its own."""
        totals = self.index.totals
        if name not in totals:
            totals[name] = count(self)
        return cast(T, totals[name])

    def kept(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was lately made of a part of it: the newest ``KEPT`` are remembered a generation."""
        kept = self.index.kept
        if key not in kept:
            made = make()
            while len(kept) >= KEPT:
                kept.pop(next(iter(kept), None), None)
            kept[key] = made
            return made
        return cast(T, kept[key])


def open_reader(home: Path) -> Reader:
    """The newest warehouse of ``home``, read-only; made for one command or one request.

    Raises StoreError where there is none, NewerSchemaError where a newer program made it.
    """
    path = live_generation(home)
    if path is None:
        raise StoreError(
            f"there is no warehouse in {home} ({LIVE_NAME} is not there); process a recording "
            "first, or run 'matters rebuild' if its record is there"
        )
    return Reader(path, _connect(home, path))


def _connect(home: Path, path: Path) -> duckdb.DuckDBPyConnection:
    """Opens by generation name: under one name a process gets the old file for ever."""
    try:
        con = duckdb.connect(str(path), read_only=True, config=READER_SETTINGS)
    except duckdb.IOException as fault:
        newer = live_generation(home)
        if newer is None or newer == path:
            raise _unreadable(path, fault) from fault
        return _connect(home, newer)  # ours was pruned between looking and opening
    except duckdb.Error as fault:
        raise _unreadable(path, fault) from fault
    try:
        _check(con, path)
    except BaseException:
        con.close()
        raise
    return con


def _check(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        applied = check_version(con, str(path))
    except duckdb.CatalogException as fault:
        raise _unreadable(path, fault) from fault
    if newest() not in applied or not views_are_ours(con):
        raise StoreError(
            f"{path} was made by another version of this program; run 'matters rebuild'"
        )


def _unreadable(path: Path, fault: duckdb.Error) -> StoreError:
    why = str(fault).strip().splitlines()[0]
    return StoreError(
        f"the warehouse {path} cannot be read ({why}); it can be made again from the record: "
        "run 'matters rebuild'"
    )


class LiveReader:
    """For a process that lives long: moves on when a newer warehouse is published.

    Whoever holds an older ``Reader`` keeps it until done; each is its own cursor, so that
    threads do not share one.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._current = self._opened()

    def _opened(self) -> Reader:
        """The newest, with less kept of it than DuckDB would: else all that was ever read.

        What does not fit goes to disk beside it for a moment, where something may be written.
        """
        newest = open_reader(self._home)
        if os.access(self._home, os.W_OK):
            sql.run(newest.con, "for_long")
        return newest

    def reader(self) -> Reader:
        """The newest generation, as a reader of the caller's own; close it when done."""
        with self._lock:
            path = live_generation(self._home)
            if path is not None and path != self._current.path:
                # Not closed: that would close the cursors of those who still read it. The last of
                # them to let go lets go of the file.
                with suppress(StoreError):  # what cannot be opened leaves us what is open
                    self._current = self._opened()
            return Reader(self._current.path, self._current.con.cursor(), self._current.index)

    def newest(self) -> Path:
        """The generation that the next reader will read."""
        return live_generation(self._home) or self._current.path

    def close(self) -> None:
        """Lets the current generation go."""
        with self._lock, suppress(duckdb.Error):
            self._current.close()
