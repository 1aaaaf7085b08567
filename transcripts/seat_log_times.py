"""Times as conference systems write them: seconds, ``0:12:30``, ``10:12:30``, whole dates.

Whether ``10:12`` is a time of day or ten minutes into the log is not in the cell: it is told from
the whole log, by its dates, by the hour at which the meeting began, or by the zero that was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

DAY_S = 86_400.0
SLACK_S = 3_600.0  # microphones are tested up to an hour before a meeting
LATEST_ELAPSED_S = 6 * 3_600.0  # a log that begins later than this counts from no beginning
SECONDS = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
COLONS = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written. ``day`` where it names one; ``of_day`` where only a clock writes so."""

    seconds: float
    short: bool = False  # ``10:12``: minutes and seconds, or hours and minutes
    day: date | None = None
    of_day: bool = False

    @property
    def as_clock_s(self) -> float:
        """Seconds since midnight, read as a time of day."""
        return self.seconds * 60 if self.short else self.seconds


def stamp(text: str) -> Stamp:
    """What a cell says; ValueError where it says no time."""
    text = text.strip()
    if SECONDS.fullmatch(text):
        return Stamp(float(text.replace(",", ".")))
    parts = COLONS.fullmatch(text)
    if parts is None:
        return _dated(text)
    first, second, third, fraction = parts.groups()
    if int(second) > 59 or int(third or 0) > 59:
        raise ValueError(f"'{text}' is no time")
    if third is None:
        return Stamp(float(int(first) * 60 + int(second)), short=True)
    return Stamp(int(first) * 3600 + int(second) * 60 + int(third) + float(f"0.{fraction or 0}"))


def _dated(text: str) -> Stamp:
    """``2026-06-11T10:12:30``, ``11/06/2026 10:12:30`` (the day first), ``10:12:30 AM``."""
    from dateutil import parser  # only where a log writes so

    if not re.search(r"\d:\d\d", text):
        raise ValueError(f"'{text}' is no time")
    iso = re.match(r"\d{4}-", text) is not None
    try:
        # what a text does not say is taken from the default: two defaults tell whether it says it
        one, other = (
            parser.parse(text, dayfirst=not iso, default=datetime(2000, 1, n)) for n in (1, 2)
        )
    except (ValueError, OverflowError) as fault:
        raise ValueError(f"'{text}' is no time") from fault
    seconds = _since_midnight(one.time())
    return Stamp(seconds, day=one.date() if one.date() == other.date() else None, of_day=True)


def _since_midnight(at: time) -> float:
    return at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6


@dataclass(frozen=True, slots=True)
class LogClock:
    """Lays the times of one log on its recording; ``zero_s`` is the reading when that begins."""

    zero_s: float
    of_day: bool
    day: date

    def seconds(self, at: Stamp) -> float:
        """Seconds within the recording, below 0 before it."""
        if not self.of_day:
            return at.seconds - self.zero_s
        found = at.as_clock_s - self.zero_s
        if at.day is not None:
            return found + (at.day - self.day).days * DAY_S
        return found + DAY_S if found < -DAY_S / 2 else found  # past midnight


def log_clock(
    stamps: Iterable[Stamp], *, day: date, start: str = "", offset_s: float = 0.0, zero: str = ""
) -> LogClock:
    """The clock of a log; ``start`` is the hour of the meeting, ``zero`` what a person gave.

    ValueError, with what to add, where the log has times of day and nothing says when it began.
    """
    every = list(stamps)
    if zero:
        given = _given(zero, "seat_log_zero")
        of_day = _of_day(every) or not SECONDS.fullmatch(zero)
        return LogClock(given.as_clock_s if of_day else given.seconds, of_day, given.day or day)
    began = _given(start, "start").as_clock_s if start else None
    if _of_day(every) or _late(every, began):
        if began is None:
            raise ValueError(
                "has times of day, and nothing says at which of them the recording begins: add "
                'seat_log_zero = "10:00:00" to its [[recordings]] table'
            )
        return LogClock(began + offset_s, True, day)
    return LogClock(0.0, False, day)


def _given(text: str, name: str) -> Stamp:
    try:
        return stamp(text)
    except ValueError:
        raise ValueError(f"cannot be laid on the recording: {name} '{text}' is no time") from None


def _of_day(stamps: Iterable[Stamp]) -> bool:
    return any(s.of_day for s in stamps)


def _late(stamps: list[Stamp], began_s: float | None) -> bool:
    """Whether the first row is so late that it can only be a time of day."""
    if not stamps:
        return False
    if began_s is None:
        return stamps[0].seconds > LATEST_ELAPSED_S
    return stamps[0].as_clock_s >= max(began_s - SLACK_S, SLACK_S)
