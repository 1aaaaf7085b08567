"""How much of the heavy work may go on at once, over all runs that one Prefect server knows of."""

from __future__ import annotations

from contextlib import AbstractContextManager

from prefect.concurrency.sync import concurrency

RECOGNISING = "matters-recognising"  # a limit of Prefect's, made by ``matters deploy``


def may_recognise() -> AbstractContextManager[None]:
    """Waits for a slot; at once where nobody set a limit. A killed run's slot comes back."""
    return concurrency(RECOGNISING, occupy=1, strict=False)
