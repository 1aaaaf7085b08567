"""Dates as they are said: "by the end of June", "before the thirty-first of March", "by Monday".

A date is told from the day of the meeting and never lies before it. What a date hangs on ("within
seven days of each deployment") has no day of its own and gives none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ORDINALS = (
    {word: i for i, word in enumerate(UNITS, 1)}
    | {f"twenty {word}": 20 + i for i, word in enumerate(UNITS[:9], 1)}
    | {"thirtieth": 30, "thirty first": 31}
)
NUMBERS = {
    word: i
    for i, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen".split(),
        1,
    )
} | {"a": 1, "twenty": 20, "twenty eight": 28, "thirty": 30, "sixty": 60, "ninety": 90}
_NUMBERED = ("one", "two", "three", "four")
_COUNTED = ("first", "second", "third", "fourth")
QUARTERS = (
    {f"quarter {word}": i for i, word in enumerate(_NUMBERED, 1)}
    | {f"quarter {i}": i for i in range(1, 5)}
    | {f"q{i}": i for i in range(1, 5)}
    | {f"{word} quarter": i for i, word in enumerate(_COUNTED, 1)}
)
WEEKEND = (5, 6)
QUARTER_ENDS = (6, 9, 12, 3)
YEAR_ENDS = {"": 12, "calendar ": 12, "financial ": 3, "municipal ": 4, "council ": 4}
SEASONS = {"easter": 4, "spring": 5, "summer": 8, "autumn": 11, "christmas": 12, "winter": 2}

_MONTH = "|".join(MONTHS)
_YEAR = r"(?: (?:of )?(?P<year>20\d\d|(?:next|this) year))?"
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_QUARTER = "|".join(QUARTERS)
_WEEKDAY = "|".join(DAYS)
_LATER = "no later than|not later than"
_LEAD = rf"\b(?:by|before|until|till|from|on|at|in|{_LATER})"
_DAY = rf"(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)?|(?P<ordinal>{_ORDINAL}))"

Resolve = Callable[["re.Match[str]", date, Sequence[date]], "date | None"]


def due_date(text: str, day: date, meetings: Sequence[date] = ()) -> str:
    """The first date in ``text`` by which something is to be done, as ISO; empty if none is said.

    ``meetings`` are the days on which the committee is known to meet.
    """
    plain = re.sub(r"[,.;:!?–—-]+", " ", text.lower().replace("’", "'"))
    plain = re.sub(r"\s+", " ", plain)
    for pattern, resolve in RULES:
        for found in pattern.finditer(plain):
            when = resolve(found, day, meetings)
            if when is not None and when >= day:  # "in June 2019 we asked" sets no deadline
                return when.isoformat()
    return ""


def _year_for(month: int, number: int, day: date, said: str | None) -> date | None:
    year = _year_said(said, day) if said else day.year
    number = min(number, calendar.monthrange(year, month)[1])
    when = date(year, month, number)
    if when < day and not said:
        when = date(year + 1, month, min(number, calendar.monthrange(year + 1, month)[1]))
    return when


def _year_said(said: str, day: date) -> int:
    return int(said) if said.isdigit() else day.year + (said == "next year")


def _last_of(month: int, day: date, said: str | None = None) -> date | None:
    return _year_for(month, 31, day, said)


def _end_of_month(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    return _last_of(MONTHS[found["month"]], day, found["year"])


def _before_month(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    """ "before March": the last day of February."""
    first = _year_for(MONTHS[found["month"]], 1, day, found["year"])
    return first - timedelta(days=1) if first else None


def _day_of_month(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    number = int(found["number"]) if found["number"] else ORDINALS[found["ordinal"]]
    if not 1 <= number <= 31:
        return None
    return _year_for(MONTHS[found["month"]], number, day, found["year"])


def _day_alone(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    """ "by the thirty-first": of this month, or of the next if it has passed."""
    number = int(found["number"]) if found["number"] else ORDINALS[found["ordinal"]]
    ahead = [day + timedelta(days=i) for i in range(62)]
    return next((d for d in ahead if d.day == number), None)


def _weekday(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    ahead = (DAYS[found["weekday"]] - day.weekday() - 1) % 7 + 1
    return day + timedelta(days=ahead)


def _end_of_week(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    friday = day + timedelta(days=4 - day.weekday())
    return friday + timedelta(days=7 if found["next"] == "next" else 0)


def _within(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    """Of at most three digits: a greater count is a slip of speech recognition.

    Working days leave out Saturdays and Sundays; bank holidays count, as nothing here knows them.
    """
    count = int(found["digits"]) if found["digits"] else NUMBERS[found["words"]]
    if found["unit"] == "month":
        months = day.month - 1 + count
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    if found["working"] and found["unit"] == "day":
        return _working_days(count, day)
    return day + timedelta(days=count * (7 if found["unit"] == "week" else 1))


def _working_days(count: int, day: date) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() not in WEEKEND
    return day


def _tomorrow(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    return day + timedelta(days=1)


def _next_meeting(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    ahead = sorted(m for m in meetings if m > day)
    told = found.groupdict()
    if month := told.get("month"):
        ahead = [m for m in ahead if m.month == MONTHS[month]]
    if year := told.get("year"):
        ahead = [m for m in ahead if m.year == _year_said(year, day)]
    return ahead[0] if ahead else None


def _meeting_or_month(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    """ "in April": the committee's meeting of that month if one is known, else the month's end."""
    return _next_meeting(found, day, meetings) or _end_of_month(found, day, meetings)


def _end_of_this_month(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if found["next"] != "next":
        return last
    after = last + timedelta(days=1)
    return after.replace(day=calendar.monthrange(after.year, after.month)[1])


def _fortnight(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    return day + timedelta(days=14)


def _today(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    return day


def _end_of_quarter(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    """Councils count quarters from April: quarter two ends with September."""
    number = QUARTERS[found["quarter"]]
    return _last_of(QUARTER_ENDS[number - 1], day)


def _end_of_year(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    """Of the calendar year, the financial one (to March) or the municipal one (to April)."""
    month = YEAR_ENDS[found["kind"]]
    last = _last_of(month, day)
    if last is None or (found["next"] or "").strip() != "next":
        return last
    return last.replace(year=last.year + 1)


def _new_year(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    first = date(day.year + 1, 1, 1)
    return first - timedelta(days=1) if found[0].startswith("before") else first


def _weekday_on(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    """ "Friday week": seven days after the coming Friday."""
    coming = _weekday(found, day, meetings)
    weeks = 2 if "fortnight" in found[0] else 1
    return coming + timedelta(days=7 * weeks) if coming else None


def _season(found: re.Match[str], day: date, meetings: Sequence[date]) -> date | None:
    if not found[0].startswith("before"):
        return _last_of(SEASONS[found["season"]], day)
    # where a season begins nobody says, and Easter moves
    return _year_for(12, 24, day, None) if found["season"] == "christmas" else None


RULES: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple(
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (
            rf"\b(?P<weekday>{_WEEKDAY}) (?:week|fortnight)\b",
            _weekday_on,
        ),
        (
            rf"\ba (?:week|fortnight) on (?P<weekday>{_WEEKDAY})\b",
            _weekday_on,
        ),
        (
            rf"\bend of (?P<month>{_MONTH}){_YEAR}",
            _end_of_month,
        ),
        (
            rf"{_LEAD} (?:(?:{_WEEKDAY}) )?(?:the )?{_DAY}(?: of)? (?P<month>{_MONTH}){_YEAR}",
            _day_of_month,
        ),
        (
            rf"{_LEAD} (?:(?:{_WEEKDAY}) )?(?P<month>{_MONTH}) (?:the )?{_DAY}\b{_YEAR}",
            _day_of_month,
        ),
        (rf"\b(?:at|before|for|by|to) (?:the|our) (?P<month>{_MONTH}) meeting", _next_meeting),
        (rf"\bmeet(?:ing)? (?:again )?in (?P<month>{_MONTH})", _next_meeting),
        (
            rf"\b(?:at|before|for|by|{_LATER}) (?:the|our|your|its) next (?:committee )?meeting",
            _next_meeting,
        ),
        (r"\b(?:before|when) we next meet\b|\bnext time we meet\b", _next_meeting),
        (rf"\b(?:end of |by |in )(?:the )?(?P<quarter>{_QUARTER})\b", _end_of_quarter),
        (
            r"\bend of (?:the |this )?(?P<next>next )?(?P<kind>financial |municipal |council |"
            r"calendar |)year\b",
            _end_of_year,
        ),
        (r"\b(?:by|before|in|until) the new year\b", _new_year),
        (r"\bend of (?P<next>next|this|the) week", _end_of_week),
        (r"\bend of (?P<next>next|this|the) month", _end_of_this_month),
        (
            rf"\b(?:by|on|before|this|{_LATER}) (?:next |coming )?(?P<weekday>{_WEEKDAY})\b",
            _weekday,
        ),
        (r"\btomorrow\b|\bin the morning\b", _tomorrow),
        (
            rf"\b(?:within|in) (?:(?P<digits>\d{{1,3}})|(?P<words>{_NUMBER})) "
            r"(?P<working>working )?(?P<unit>day|week|month)s?\b"
            r"(?! (?:of|after|before|from|notice))(?:' time)?",
            _within,
        ),
        (r"\b(?:within|in) a fortnight\b(?! (?:of|after|before|from))", _fortnight),
        (r"\b(?:this (?:afternoon|evening|morning)|today)\b", _today),
        (
            rf"{_LEAD} the (?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<ordinal>{_ORDINAL}))(?= |$)"
            rf"(?! (?:van|one|time|of|floor|meeting|quarter|stage|week|term|ward|half))",
            _day_alone,
        ),
        (
            rf"\bin (?P<month>{_MONTH}){_YEAR}\b",
            _meeting_or_month,
        ),
        (
            rf"\bbefore (?P<month>{_MONTH}){_YEAR}\b",
            _before_month,
        ),
        (
            rf"\b(?:by|until|{_LATER}) (?P<month>{_MONTH}){_YEAR}\b",
            _end_of_month,
        ),
        (
            r"\b(?:by|before|until|this|in the|end of the) "
            r"(?P<season>easter|christmas|spring|summer|autumn)\b"
            r"(?! (?:recess|holidays?|term|break|half))",
            _season,
        ),
    )
)
