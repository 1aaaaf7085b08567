"""The words in which days are said, with the numbers they stand for."""

from __future__ import annotations

import calendar

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
# "Jan" and "Mar" are names as well: beside a day or an end they are months, alone only "Sept" is
SHORT_MONTHS = {name[:3]: i for name, i in MONTHS.items()} | {"sept": 9}
ANY_MONTH = SHORT_MONTHS | MONTHS
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
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = (
    {"a": 1}
    | {word: i for i, word in enumerate(_SMALL, 1)}
    | {ten: 10 * i for i, ten in enumerate(_TENS, 2)}
    | {f"{ten} {one}": 10 * i + j for i, ten in enumerate(_TENS, 2)
       for j, one in enumerate(_SMALL[:9], 1)}
)  # fmt: skip
_COUNTED = ("first", "second", "third", "fourth")
QUARTERS = (
    {f"quarter {word}": i for i, word in enumerate(_SMALL[:4], 1)}
    | {f"quarter {i}": i for i in range(1, 5)}
    | {f"q{i}": i for i in range(1, 5)}
    | {f"{word} quarter": i for i, word in enumerate(_COUNTED, 1)}
)
WEEKEND = (5, 6)
QUARTER_ENDS = (6, 9, 12, 3)
YEAR_ENDS = {"": 12, "calendar ": 12, "financial ": 3, "municipal ": 4, "council ": 4}
SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}
FEASTS = ("easter", "christmas")
# a third of a month: the last day of it, as no deadline is over before it is
THIRDS = {"early": 10, "beginning": 10, "start": 10, "mid": 20, "middle": 20, "late": 31}
# said in other words than the rules know
SAME = {"a couple of": "two", "couple of": "two", "half a year": "six months"}
