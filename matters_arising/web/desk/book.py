"""What all server processes of one archive know together: who is at the desk, who tried to be.

A small SQLite file beside the accounts, for its owner's eyes alone. Nothing in it opens the desk:
of the number that a browser holds only a hash is kept. It may be deleted at any time; people then
log in again, and so it is also begun anew where it is broken.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from matters_arising.errors import StoreError
from matters_arising.web.desk.private import FOLDER

NAME = "sessions.sqlite"
WAIT_S = 10.0
TABLES = """
CREATE TABLE IF NOT EXISTS session(
    key TEXT PRIMARY KEY, name TEXT, stamp TEXT, began_s REAL, seen_s REAL);
CREATE TABLE IF NOT EXISTS tried(key TEXT, at_s REAL);
CREATE INDEX IF NOT EXISTS tried_by_key ON tried(key, at_s);
CREATE TABLE IF NOT EXISTS secret(id INTEGER PRIMARY KEY CHECK (id = 1), value BLOB);
CREATE TABLE IF NOT EXISTS looking(
    key TEXT PRIMARY KEY, meeting_id TEXT, doubt TEXT, since_s REAL);
CREATE TABLE IF NOT EXISTS sitting(
    key TEXT, meeting_id TEXT, who TEXT, looked_at INTEGER, decided INTEGER, seconds REAL,
    last_s REAL, PRIMARY KEY (key, meeting_id));
"""


class Book:
    """The file of one archive."""

    def __init__(self, home: Path) -> None:
        self.path = home / FOLDER / NAME

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """One step that no other process or thread comes between; undone where it raises.

        Raises StoreError where the file can be neither written nor begun anew.
        """
        try:
            with closing(self._opened()) as con:
                try:
                    yield con
                    con.execute("COMMIT")
                finally:
                    if con.in_transaction:
                        con.execute("ROLLBACK")
        except (OSError, sqlite3.Error) as fault:
            raise StoreError(
                f"{self.path} cannot be written ({fault}); make room, mend the rights of its "
                "folder, or delete that file: until then nobody can log in"
            ) from fault

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._connected()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # it is no database, or no longer a whole one
            self.path.unlink(missing_ok=True)
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))  # private before it is used
        con = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None)
        try:
            # what a power cut may take is asked for again by a log-in
            con.execute("PRAGMA synchronous = OFF")
            con.executescript(TABLES)
            con.execute("BEGIN IMMEDIATE")
        except BaseException:
            con.close()
            raise
        return con
