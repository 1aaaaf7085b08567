"""Dates as they are said: "by the end of June", "before the thirty-first of March", "by Monday".

A date is told from the day of the meeting and never lies before it. What a date hangs on ("within
seven days of each deployment") has no day of its own and gives none, and neither has a day that
there is not ("31 November").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from models.findings import days
from models.findings.date_words import (
    ANY_MONTH,
    DAYS,
    FEASTS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    QUARTERS,
    SAME,
    SEASONS,
    THIRDS,
)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH, _NAMED = _any([*MONTHS, "sept"]), _any(ANY_MONTH)
_YEAR = r"(?: (?:of )?(?P<year>20\d\d|(?:next|this) year))?"
_ORDINAL, _QUARTER, _WEEKDAY = _any(ORDINALS), _any(QUARTERS), _any(DAYS)
_LATER = "no later than|not later than"
_LEAD = rf"\b(?:by|before|until|till|from|on|at|in|{_LATER})"
_DAY = rf"(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)?|(?P<ordinal>{_ORDINAL}))"
_NUMBER = _any(NUMBERS)
# of "six to eight weeks" the second counts; "6-8 weeks" has lost its dash here
_COUNT = (
    rf"(?:(?:{_NUMBER}|\d{{1,3}}) (?:to|or) |\d{{1,2}} (?=\d))?"
    rf"(?:(?P<digits>\d{{1,3}})|(?P<words>{_NUMBER})) (?P<working>working )?"
    r"(?:(?:calendar|clear|short) )?"
)
_HANGS = r"(?!'? (?:of|after|before|from|notice))"  # "within two days of each": no day of its own
_OURS = "the|our|your|its"
_NO_DAY = "(?! (?:van|one|time|of|floor|meeting|quarter|stage|week|term|ward|half))"
_BODY = "committee|scrutiny|panel|cabinet|council"
_NO_OWNER = r"\b(?!(?:'| )s\b)"  # "by July's meeting" is not by the end of July
_SEASON = _any(SEASONS)
_NO_SEASON = r"(?! (?:recess|holidays?|term|break|half))"

RULES: tuple[tuple[re.Pattern[str], days.Resolve], ...] = tuple(
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (rf"\b(?P<weekday>{_WEEKDAY}) (?:week|fortnight)\b", days.weekday_on),
        (rf"\ba (?:week|fortnight) (?:on|from) (?P<weekday>{_WEEKDAY})\b", days.weekday_on),
        (
            rf"\b{_COUNT}(?P<unit>hour|day|week|fortnight|month|year)s? "
            r"(?:from|of|after) (?:today|tonight|now|tomorrow|this meeting)\b",
            days.from_today,
        ),
        (
            r"\b(?:(?P<digits>\d)|(?P<words>a|one|two|three)) (?P<working>working )?"
            r"(?P<unit>week|fortnight|month|year)s? (?:today|tomorrow)\b",
            days.from_today,
        ),
        (rf"\bend (?:of )?(?P<month>{_NAMED})\b{_YEAR}", days.end_of_month),
        (
            rf"{_LEAD} (?:the )?(?P<third>{_any(THIRDS)}) (?:of )?(?P<month>{_NAMED})\b{_YEAR}",
            days.part_of_month,
        ),
        (
            rf"{_LEAD} (?:(?:{_WEEKDAY}) )?(?:the )?{_DAY}(?: of)? (?P<month>{_NAMED})\b{_YEAR}",
            days.day_of_month,
        ),
        (
            rf"{_LEAD} (?:(?:{_WEEKDAY}) )?(?P<month>{_NAMED}) (?:the )?{_DAY}\b{_YEAR}",
            days.day_of_month,
        ),
        (
            rf"{_LEAD} (?P<number>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>20\d\d|\d\d)\b",
            days.in_figures,
        ),
        (
            rf"{_LEAD} (?P<year>20\d\d) (?P<month>\d\d) (?P<number>\d\d)\b",
            days.in_figures,
        ),
        (
            rf"{_LEAD} (?:next |this |coming )?(?P<weekday>{_WEEKDAY}) "
            rf"(?:(?:the )?(?P<number>\d{{1,2}})(?:st|nd|rd|th)|the (?P<ordinal>{_ORDINAL}))\b"
            rf"{_NO_DAY}",
            days.weekday_and_day,
        ),
        (
            rf"\b(?:at|before|for|by|to|until) (?:(?:{_OURS}) (?P<month>{_MONTH})(?:'s| s)?|"
            rf"(?P<own>{_MONTH})(?:'s| s)) (?:(?:{_BODY}) )?(?:meeting|committee|panel)\b",
            days.next_meeting,
        ),
        (rf"\bmeet(?:ing)? (?:again )?in (?P<month>{_MONTH})", days.next_meeting),
        (
            rf"\b(?:at|before|for|by|to|{_LATER}) (?:{_OURS}) next (?:committee )?meeting",
            days.next_meeting,
        ),
        (r"\b(?:before|when) we next meet\b|\bnext time we meet\b", days.next_meeting),
        (
            rf"\b(?:end of |by |in )(?:the )?(?P<quarter>{_QUARTER})\b{_YEAR}",
            days.end_of_quarter,
        ),
        (
            r"\bend of (?:the |this )?(?P<next>next )?(?P<kind>financial |municipal |council |"
            r"calendar |)year\b",
            days.end_of_year,
        ),
        (r"\bend of (?P<year>20\d\d)\b", days.end_of_year_said),
        (
            r"\b(?:by|before|in|until|from|at|start of|beginning of) "
            r"(?:the (?:new|next)|next) (?P<kind>financial |municipal |council )year\b",
            days.new_year,
        ),
        (r"\b(?:by|before|in|until) the new (?P<kind>)year\b", days.new_year),
        (r"\bend of (?P<next>next|this|the) week", days.end_of_week),
        (r"\bend of (?P<next>next|this|the) month", days.end_of_this_month),
        (r"\bend of (?P<next>next|this|the) quarter\b", days.end_of_this_quarter),
        (r"\bbefore next (?P<unit>week|month)\b", days.before_next),
        (r"\b(?P<next>next) week\b", days.end_of_week),
        (r"\b(?P<next>next) month\b", days.end_of_this_month),
        (
            rf"\b(?:by|on|before|this|{_LATER}) (?:next |coming )?(?P<weekday>{_WEEKDAY})\b",
            days.weekday,
        ),
        (r"\btomorrow\b|\bin the morning\b", days.tomorrow),
        (
            rf"\b(?:within|inside|in|over)(?: about| around)?(?: the)?(?: next| coming)? {_COUNT}"
            rf"(?P<unit>hour|day|week|fortnight|month)s?\b{_HANGS}",
            days.within,
        ),
        (
            rf"\b(?:(?:within|inside)(?: the)?(?: next)?|(?:in|over) the next) {_COUNT}"
            rf"(?P<unit>year)s?\b{_HANGS}",
            days.within,
        ),
        (rf"\bin {_COUNT}(?P<unit>year)s?'?s? time\b", days.within),
        (
            r"\b(?:within (?:the |an? )?(?:next |coming )?|(?:in|over) the (?:next|coming) )"
            rf"(?P<unit>hour|day|week|fortnight|month|year)\b{_HANGS}",
            days.within_one,
        ),
        (r"\b(?:this (?:afternoon|evening|morning)|today)\b", days.today),
        (
            rf"{_LEAD} the (?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<ordinal>{_ORDINAL}))(?= |$)"
            rf"{_NO_DAY}",
            days.day_alone,
        ),
        (rf"\bin (?P<month>{_MONTH}){_NO_OWNER}{_YEAR}\b", days.meeting_or_month),
        (rf"\bbefore (?P<month>{_MONTH}){_NO_OWNER}{_YEAR}\b", days.before_month),
        (rf"\b(?:by|until|{_LATER}) (?P<month>{_MONTH}){_NO_OWNER}{_YEAR}\b", days.end_of_month),
        (rf"\b(?:by|before|until|this) (?P<feast>{_any(FEASTS)})\b{_NO_SEASON}{_YEAR}", days.feast),
        (
            rf"\b(?:by|before|until|this|in the|end of the) (?P<season>{_SEASON})\b"
            rf"{_NO_SEASON}{_YEAR}",
            days.season,
        ),
        (
            rf"\b(?:by|until) the (?P<season>{_SEASON})\b"
            rf"(?= (?:of|and|or|at|to|in|so|but|if|with|for|on|20\d\d)\b|$){_YEAR}",
            days.season,
        ),
    )
)


# of a day that there is not, no word ("by the 31st", "by Monday") means another one
NAMING = (days.day_of_month, days.weekday_and_day, days.in_figures)


def due_date(text: str, day: date, meetings: Sequence[date] = ()) -> str:
    """The first date in ``text`` by which something is to be done, as ISO; empty if none is said.

    ``meetings`` are the days on which the committee is known to meet.
    """
    plain = _plain(text)
    for pattern, resolve in RULES:
        for found in pattern.finditer(plain):
            when = resolve(found, day, meetings)
            if when is not None and when >= day:  # "in June 2019 we asked" sets no deadline
                return when.isoformat()
            if when is None and resolve in NAMING:
                plain = plain.replace(found[0], " ")
    return ""


def _plain(text: str) -> str:
    plain = re.sub(r"[,.;:!?–—-]+", " ", text.lower().replace("’", "'"))
    plain = re.sub(r"\s+", " ", plain).strip()
    for said, same in SAME.items():
        plain = re.sub(rf"\b{said}\b", same, plain)
    return plain
