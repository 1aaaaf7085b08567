"""Before a worker takes its first meeting: its folder, its store and its server are looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.claims import claimed
from flows.server import answers_within, prepare_environment
from matters_arising.errors import BadInputError, BusyError, EngineError, StoreError
from transcripts.home import bring_forward
from transcripts.objects.mirror import mark
from transcripts.objects.store import ObjectStore
from transcripts.objects.tidy import tidy
from transcripts.record import Record

SERVER_S = 30.0


@contextmanager
def ready(home: Path, address: str, patience_s: float) -> Iterator[str]:
    """Checks that a worker can work and clears what a killed one left; says so, in words.

    One worker a home folder: another would clear what this one works with.
    """
    server = os.environ.get("PREFECT_API_URL", "")
    if not server:
        raise BadInputError(
            "a worker takes its work from a Prefect server: set PREFECT_API_URL to its address, "
            "such as http://records-1:4200/api"
        )
    if Record(home).meeting_ids():
        raise StoreError(
            f"{home} holds an archive, and a worker keeps nothing: give it a folder of its own "
            "with --home"
        )
    with claimed(home, "worker") as holder:
        if holder:
            raise BusyError(f"{holder} works in {home} already: give each worker its own --home")
        bring_forward(home)
        store = ObjectStore(address, patience_s=patience_s)
        mark(store)
        left = tidy(store, home)
        if not answers_within(SERVER_S):
            raise EngineError(
                f"no Prefect server answers at {server}: start it, or mend the address"
            )
        prepare_environment(home)
        cleared = f", {left} things of earlier meetings cleared" if left else ""
        yield f"{home} with the store {address}{cleared}"
