"""The clock on the wall of a council chamber, whatever clock a file or a feed goes by."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

WALL = ZoneInfo("Europe/London")  # of councils in the United Kingdom and, as it is, in Ireland


def on_the_wall(moment: datetime) -> datetime:
    """A moment as the chamber's clock shows it; one without a zone is taken to be that already."""
    return moment if moment.tzinfo is None else moment.astimezone(WALL)


def at_second(timestamp: float) -> datetime:
    """The same for seconds since 1970."""
    return datetime.fromtimestamp(timestamp, WALL)
