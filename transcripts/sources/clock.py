"""The clock on the wall of a council chamber, whatever clock a file or a feed goes by."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

# the hour alone is a time only with its half of the day behind it: "7pm"
CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2})(?:[.:]\d{2})?(?!\d))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b)?",
    re.IGNORECASE,
)
WALL = ZoneInfo("Europe/London")  # of councils in the United Kingdom and, as it is, in Ireland


def on_the_wall(moment: datetime) -> datetime:
    """A moment as the chamber's clock shows it; one without a zone is taken to be that already."""
    return moment if moment.tzinfo is None else moment.astimezone(WALL)


def at_second(timestamp: float) -> datetime:
    """The same for seconds since 1970."""
    return datetime.fromtimestamp(timestamp, WALL)


def clock_of(text: str) -> str:
    """``7.00 pm``, ``7pm`` and ``19:00`` → ``19:00``; empty for what is no time."""
    return next(iter(clocks_in(text)), "")


def clocks_in(text: str) -> list[str]:
    """Every time of day that a text tells, as ``19:00``."""
    return [clock for clock in map(_clock, CLOCK.finditer(text)) if clock]


def _clock(found: re.Match[str]) -> str:
    hour, minute, half = int(found["hour"]), found["minute"], (found["half"] or "").lower()
    if not (minute or half) or int(minute or 0) > 59 or hour > 23:
        return ""
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute or '00'}"
