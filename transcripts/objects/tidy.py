"""What a worker's disk holds of meetings, taken off it: a worker keeps nothing.

Files of a job lie under ``inputs``, results of its stages under ``cache`` in a folder a recording,
named by the first letters of its hash, decoded sound under ``work``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from transcripts.objects.heard import KEPT
from transcripts.objects.jobs import INPUTS, wanted
from transcripts.objects.store import ObjectStore


def forget(home: Path, shas: Iterable[str]) -> None:
    """Takes files and kept results of these recordings off the disk, and failures."""
    for sha in shas:
        shutil.rmtree(home / INPUTS / sha, ignore_errors=True)
        shutil.rmtree(home / "cache" / sha[:KEPT], ignore_errors=True)
    for failure in (home / "cache").glob("*"):  # Prefect keeps them by no recording's name
        if failure.is_file():
            failure.unlink(missing_ok=True)


def tidy(store: ObjectStore, home: Path) -> int:
    """Forgets what a killed worker left of jobs that are not there any more; gives how many.

    What it left of jobs that are there is gone on with.
    """
    found = left(store, home)
    forget(home, found)
    shutil.rmtree(home / "work", ignore_errors=True)
    return len(found)


def left(store: ObjectStore, home: Path) -> set[str]:
    """The files and kept results, by name, of jobs that are not there any more.

    The disk is looked at first: what a job brings that is handed out meanwhile is not among them.
    The store is not asked where nothing lies on the disk.
    """
    files = {p.name for p in (home / INPUTS).glob("*")}
    results = {p.name for p in (home / "cache").glob("*") if p.is_dir()}
    if not files | results:
        return set()
    still = wanted(store)
    return (files - still) | (results - {sha[:KEPT] for sha in still})
