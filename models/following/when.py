"""The day that words name for something that has happened: "on the twenty-fifth of March"."""

from __future__ import annotations

import re
from datetime import date

from models.findings.date_words import MONTHS, ORDINALS

_MONTH = "|".join(MONTHS)
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_NUMBER = rf"(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)?|(?P<ordinal>{_ORDINAL}))"
_TO_COME = r"(?<!\bby )(?<!\buntil )(?<!\bbefore )(?<!\bby the )(?<!\buntil the )(?<!\bbefore the )"
_YEAR = r"(?: (?P<year>20\d\d))?"
NAMED = re.compile(rf"\b{_TO_COME}{_NUMBER}(?: of)? (?P<month>{_MONTH}){_YEAR}\b")
AMERICAN = re.compile(rf"\b{_TO_COME}(?P<month>{_MONTH}) (?:the )?{_NUMBER}{_YEAR}\b")


def day_named(text: str, day: date) -> str:
    """The last such day not after the meeting's ``day``, as ISO; empty where none is named."""
    plain = re.sub(r"[^a-z0-9 ]+", " ", text.lower())
    plain = re.sub(r"\s+", " ", plain)
    found = NAMED.search(plain) or AMERICAN.search(plain)
    if found is None:
        return ""
    number = int(found["number"]) if found["number"] else ORDINALS[found["ordinal"]]
    for year in [int(found["year"])] if found["year"] else (day.year, day.year - 1):
        try:
            named = date(year, MONTHS[found["month"]], number)
        except ValueError:
            continue
        if named <= day:
            return named.isoformat()
    return ""
