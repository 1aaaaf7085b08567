"""The day that each way of saying one means, told from the day of the meeting.

Where words mean a span ("early September"), the day is the last of it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dateutil.easter import easter

from models.findings.date_words import (
    ANY_MONTH,
    DAYS,
    NUMBERS,
    ORDINALS,
    QUARTER_ENDS,
    QUARTERS,
    SEASONS,
    THIRDS,
    WEEKEND,
    YEAR_ENDS,
)

Found = re.Match[str]
Resolve = Callable[[Found, date, Sequence[date]], "date | None"]

ABOUT_TWO_MONTHS = 62  # days in which every day of the month comes at least once
HOURS = 24


def _day_for(month: int, number: int, day: date, said: str | None) -> date | None:
    """The next such day, or that of the year said; None where there is none ("31 November")."""
    years = [_year_said(said, day)] if said else [day.year, day.year + 1]
    for year in years:
        if 1 <= number <= calendar.monthrange(year, month)[1]:
            when = date(year, month, number)
            if said or when >= day:
                return when
    return None


def _year_said(said: str, day: date) -> int:
    return int(said) if said.isdigit() else day.year + (said == "next year")


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _last_of(month: int, day: date, said: str | None = None) -> date:
    if said:
        return _end(_year_said(said, day), month)
    return _end(day.year + (month < day.month), month)


def end_of_month(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    return _last_of(ANY_MONTH[found["month"]], day, found["year"])


def part_of_month(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "by early September": by the tenth; the middle ends with the twentieth."""
    last = _last_of(ANY_MONTH[found["month"]], day, found["year"])
    when = last.replace(day=min(last.day, THIRDS[found["third"]]))
    return when if when >= day or found["year"] else _year_on(when)


def _year_on(when: date) -> date:
    last = _end(when.year + 1, when.month)
    return last.replace(day=min(last.day, when.day))


def before_month(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "before March": the last day of February."""
    first = _day_for(ANY_MONTH[found["month"]], 1, day, found["year"])
    return first - timedelta(days=1) if first else None


def _number(found: Found) -> int:
    return int(found["number"]) if found["number"] else ORDINALS[found["ordinal"]]


def day_of_month(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    return _day_for(ANY_MONTH[found["month"]], _number(found), day, found["year"])


def in_figures(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "1/9/2026": the first of September, as figures are written in Britain."""
    try:
        return date(2000 + int(found["year"][-2:]), int(found["month"]), int(found["number"]))
    except ValueError:
        return None


def day_alone(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "by the thirty-first": of this month, or of the next if it has passed."""
    number = _number(found)
    ahead = [day + timedelta(days=i) for i in range(ABOUT_TWO_MONTHS)]
    return next((d for d in ahead if d.day == number), None)


def weekday_and_day(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "Monday the 22nd": none where the next 22nd is another day, as one of the two is a slip."""
    when = day_alone(found, day, meetings)
    return when if when and when.weekday() == DAYS[found["weekday"]] else None


def weekday(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    ahead = (DAYS[found["weekday"]] - day.weekday() - 1) % 7 + 1
    return day + timedelta(days=ahead)


def weekday_on(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "Friday week": seven days after the coming Friday."""
    coming = weekday(found, day, meetings)
    weeks = 2 if "fortnight" in found[0] else 1
    return coming + timedelta(days=7 * weeks) if coming else None


def end_of_week(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    friday = day + timedelta(days=4 - day.weekday())
    return friday + timedelta(days=7 if found["next"] == "next" else 0)


def end_of_this_month(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    last = _end(day.year, day.month)
    if found["next"] != "next":
        return last
    after = last + timedelta(days=1)
    return _end(after.year, after.month)


def before_next(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "before next week": the last day of this one."""
    if found["unit"] == "month":
        return _end(day.year, day.month)
    return day + timedelta(days=6 - day.weekday())


def within(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """Of at most three digits: a greater count is a slip of speech recognition."""
    count = int(found["digits"]) if found["digits"] else NUMBERS[found["words"]]
    return _after(count, found["unit"], day, bool(found["working"]))


def within_one(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "within the next month", "within a fortnight"."""
    return _after(1, found["unit"], day)


def from_today(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "six weeks from today", "a week tomorrow"."""
    when = within(found, day, meetings)
    return when + timedelta(days=1) if when and found[0].endswith("tomorrow") else when


def _after(count: int, unit: str, day: date, working: bool = False) -> date | None:
    """Working days leave out Saturdays and Sundays; bank holidays count, as nothing here knows
    them. Hours are counted in whole days."""
    if not count:
        return None
    if unit in ("month", "year"):
        months = day.month - 1 + count * (12 if unit == "year" else 1)
        last = _end(day.year + months // 12, months % 12 + 1)
        return last.replace(day=min(day.day, last.day))
    if unit == "hour":
        return day + timedelta(days=-(-count // HOURS))
    if working and unit == "day":
        return _working_days(count, day)
    return day + timedelta(days=count * {"week": 7, "fortnight": 14}.get(unit, 1))


def _working_days(count: int, day: date) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() not in WEEKEND
    return day


def tomorrow(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    return day + timedelta(days=1)


def today(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    return day


def next_meeting(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    ahead = sorted(m for m in meetings if m > day)
    told = found.groupdict()
    if month := told.get("month") or told.get("own"):
        ahead = [m for m in ahead if m.month == ANY_MONTH[month]]
    if year := told.get("year"):
        ahead = [m for m in ahead if m.year == _year_said(year, day)]
    return ahead[0] if ahead else None


def meeting_or_month(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """ "in April": the committee's meeting of that month if one is known, else the month's end."""
    return next_meeting(found, day, meetings) or end_of_month(found, day, meetings)


def end_of_quarter(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """Councils count quarters from April: quarter two ends with September, four of 2027 in 2028."""
    number, said = QUARTERS[found["quarter"]], found["year"] or ""
    month = QUARTER_ENDS[number - 1]
    if said.isdigit():
        return _end(int(said) + (month < 4), month)
    last = _last_of(month, day)
    return _end(last.year + 1, month) if said == "next year" else last


def end_of_this_quarter(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    month = -(-day.month // 3) * 3
    if found["next"] != "next":
        return _end(day.year, month)
    return _end(day.year + month // 12, month % 12 + 3)


def end_of_year(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """Of the calendar year, the financial one (to March) or the municipal one (to April)."""
    last = _last_of(YEAR_ENDS[found["kind"]], day)
    return _end(last.year + 1, last.month) if found["next"] else last


def end_of_year_said(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    return date(int(found["year"]), 12, 31)


def new_year(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """The first day of it, or the last before it: also of the financial and the municipal year."""
    last = _last_of(YEAR_ENDS[found["kind"]], day)
    return last if found[0].startswith("before") else last + timedelta(days=1)


def season(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """The last day of it; where a season begins nobody says."""
    if found[0].startswith("before"):
        return None
    return _last_of(SEASONS[found["season"]], day, found["year"])


def feast(found: Found, day: date, meetings: Sequence[date]) -> date | None:
    """Easter Sunday or Christmas Day, or the day before."""
    said = found["year"]
    years = [_year_said(said, day)] if said else [day.year, day.year + 1]
    before = timedelta(days=1 if found[0].startswith("before") else 0)
    days = [(easter(y) if found["feast"] == "easter" else date(y, 12, 25)) - before for y in years]
    return next((d for d in days if d >= day), None)
