"""A limit on how long a reader may be asked: what takes longer is cancelled inside the database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from matters_arising.errors import NoRoomError, TookTooLongError
from warehouse.reader import Reader

AGAIN_S = 0.05


@contextmanager
def within(reader: Reader, seconds: float) -> Iterator[None]:
    """Whatever ``reader`` is asked inside is ended after so many seconds; others are not touched.

    Raises TookTooLongError in place of what was ended, NoRoomError where memory is lacking.
    """
    done = threading.Event()

    def watch() -> None:
        if done.wait(seconds):
            return
        # again and again: it reaches only what runs at that moment, and a page asks several things
        reader.con.interrupt()
        while not done.wait(AGAIN_S):
            reader.con.interrupt()

    watching = threading.Thread(target=watch, name="deadline", daemon=True)
    watching.start()
    try:
        yield
    except duckdb.InterruptException as fault:
        raise TookTooLongError(seconds) from fault
    except duckdb.OutOfMemoryException as fault:
        raise NoRoomError from fault
    finally:
        done.set()
        watching.join()
