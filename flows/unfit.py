"""A worker whose machine cannot make what is asked for ends, instead of taking the next meeting.

A meeting is made in a process of its own, which says to the worker that started it what is wrong.
Left running, the fastest worker of a pool to fail would take every meeting that waits.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from matters_arising.errors import UnfitError
from transcripts.whole import write_whole

logger = logging.getLogger(__name__)

NAME = "unfit.txt"  # in the home of a worker
LOOK_S = 0.5


def end_worker(home: Path, fault: Exception) -> None:
    """Tells the worker that started this process why it is to take no more."""
    try:
        write_whole(home / NAME, str(fault).encode())
    except OSError:  # the disk may be what is wrong
        logger.error("%s: this worker is ended: %s", socket.gethostname(), fault)
        os.kill(os.getppid(), signal.SIGTERM)


async def while_fit(work: Coroutine[Any, Any, None], home: Path) -> None:
    """Works until it is ended; UnfitError where a process of its own said that it is to end."""
    told = home / NAME
    told.unlink(missing_ok=True)
    working = asyncio.ensure_future(work)
    try:
        while not working.done():
            await asyncio.wait([working], timeout=LOOK_S)
            if told.exists():
                raise UnfitError(
                    f"{told.read_text(encoding='utf-8')}; this worker has ended, so that others "
                    "take the meetings: mend that and start it again"
                )
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
