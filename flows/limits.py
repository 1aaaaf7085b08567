"""How much of the heavy work may go on at once, over all runs that one Prefect server knows of."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from prefect.concurrency.sync import concurrency

from flows.server import of_one_run

RECOGNISING = "matters-recognising"  # a limit of Prefect's, made by ``matters deploy``


def may_recognise() -> AbstractContextManager[None]:
    """Waits for a slot; at once where nobody set a limit. A killed run's slot comes back.

    A server of one run has no limit that another could have set, so it is not asked: Prefect's
    client was seen to wait for such an answer for ever.
    """
    if of_one_run():
        return nullcontext()
    return concurrency(RECOGNISING, occupy=1, strict=False)
