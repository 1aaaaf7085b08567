"""What a worker does while it has nothing to do: it takes off its disk what others have finished.

A worker that was killed keeps what it had heard, to go on with; where another has made the meeting
meanwhile, nobody comes back for it, and it would lie there until the worker is started anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from matters_arising.errors import MattersArisingError
from transcripts.objects.store import ObjectStore
from transcripts.objects.tidy import forget, left

logger = logging.getLogger(__name__)

LOOK_S = 60.0


async def tidied(idle: Callable[[], bool], store: ObjectStore, home: Path) -> None:
    """Looks every minute until it is cancelled; what is at work is never touched."""
    while True:
        await asyncio.sleep(LOOK_S)
        if not idle():
            continue
        try:
            found = await asyncio.to_thread(left, store, home)
        except (MattersArisingError, OSError) as fault:
            logger.info("not tidied yet: %s", fault)
            continue
        if found and idle():  # nor has a meeting been taken while the store was asked
            await asyncio.to_thread(forget, home, found)
            logger.info("%d things of earlier meetings cleared", len(found))
