"""Lets a helper process end when the one that started it is gone, however that one ended."""

from __future__ import annotations

import os
import threading
import time

POLL_S = 0.5


def exit_with_parent() -> None:
    """Ends this process soon after its parent's death.

    A parent killed by ``kill -9`` cannot tell its children anything; without this a temporary
    server and the recognising processes would go on for ever, holding memory and ports.
    """
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(POLL_S)
    os._exit(0)
