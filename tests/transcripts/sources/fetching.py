"""A council's folder with its matters.toml, and what is fetched into it."""

from __future__ import annotations

import datetime
from pathlib import Path

from transcripts.sources.config import read_config
from transcripts.sources.run import FetchReport, fetch_all

JUNE_FIRST, JUNE_LAST = datetime.date(2026, 6, 1), datetime.date(2026, 6, 30)
JULY_LAST = datetime.date(2026, 7, 31)


def settled(folder: Path, *parts: str) -> Path:
    """The folder, with a matters.toml of these parts."""
    (folder / "matters.toml").write_text("".join(parts))
    return folder


def fetched(
    place: Path, *, since: datetime.date = JUNE_FIRST, until: datetime.date = JUNE_LAST
) -> FetchReport:
    """One run of all sources, of June unless told otherwise."""
    return fetch_all(read_config(place / "matters.toml"), since=since, until=until)
