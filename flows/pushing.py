"""What a batch has to do with a store: whether it can be used, who makes what, the last push."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from flows.plan import Plan
from flows.report import Outcome
from matters_arising.errors import BadInputError, MattersArisingError
from matters_arising.settings import Settings
from transcripts.home import check_home
from transcripts.objects.jobs import take_back_all
from transcripts.objects.mirror import mark, push_all
from transcripts.objects.store import ObjectStore

logger = logging.getLogger(__name__)


def check_elsewhere(store: str) -> None:
    """BadInputError where workers of other machines could not be reached, or nothing handed out."""
    if not store:
        raise BadInputError(
            "workers on other machines need a store that all of them reach: set MATTERS_STORE to "
            "an address such as s3://bucket/matters"
        )
    if not os.environ.get("PREFECT_API_URL"):
        raise BadInputError(
            "workers on other machines need a Prefect server that all of them reach: set "
            "PREFECT_API_URL to its address, such as http://records-1:4200/api"
        )
    mark(ObjectStore(store))


def process_away(
    plans: Sequence[tuple[str, Plan]],
    home: Path,
    store: str,
    pool: str,
    outcomes: list[Outcome],
    say: Callable[[str], None],
) -> list[tuple[str, Plan]]:
    """Has meetings made by the workers of a pool; gives those that have to be made here."""
    from flows.elsewhere import Crew, process_elsewhere, stays_here

    settings = Settings()
    patient = ObjectStore(store, patience_s=settings.store_patience_s)
    away = [p for p in plans if not stays_here(p[1])]
    if away:
        crew = Crew(patient, pool, settings.store_lease_s, settings.store_meetings)
        process_elsewhere(away, home, crew, outcomes, say)
    return [p for p in plans if stays_here(p[1])]


def pushed(home: Path, store: str, only: Sequence[str] | None = None) -> list[Outcome]:
    """Brings the store to what the archive holds; a fault is named and costs no meeting."""
    try:
        check_home(home)
        faults = push_all(home, ObjectStore(store), only=only).faults
    except (MattersArisingError, OSError) as fault:
        faults = (str(fault),)
    return [Outcome(store, "", "failed", message=fault) for fault in faults]


def out_of_store(home: Path, store: str, meetings: Sequence[str]) -> tuple[str, bool]:
    """After something was taken out of an archive: takes it out of its store too, at once.

    Gives a sentence, empty without a store, and whether it is gone. What is handed out of these
    meetings is taken back.
    """
    if not store:
        return "", True
    try:
        where = ObjectStore(store)
        mark(where)
        for meeting_id in meetings:
            take_back_all(where, meeting_id)
        faults = push_all(home, where, only=meetings).faults
    except (MattersArisingError, OSError) as fault:
        faults = (str(fault),)
    if faults:
        why = "; ".join(faults)
        return f"STILL in the store: {why}; matters store push takes it out", False
    return f"taken out of {store}; a bucket that keeps old versions of objects has it still", True
