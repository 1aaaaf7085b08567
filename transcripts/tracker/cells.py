"""What a cell of a tracker says: a day, a state, one of the values a column takes, or text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from matters_arising.errors import BadInputError
from transcripts import checks
from transcripts.columns import DAYS, choices

PARTS = re.compile(r"\s+[-–—]\s*|\s*[:;/,(]\s*|\)")
MONTH_FIRST = re.compile(r"\s*\d{1,2}[/.-](\d{1,2})[/.-]\d{2,4}\b.*")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
OWN_WORDS = frozenset(("red",))  # somebody's judgement; the others are told from the rest
# what a parser takes from one of these is not in the cell; between them every part differs
FIRST, SECOND = datetime(2001, 1, 1), datetime(2004, 2, 2)


def read(column: str, cell: str) -> tuple[str, str]:
    """The value of a cell and what is amiss with it; one of the two is empty, or both."""
    if column in DAYS:
        return _day(column, cell)
    if column in words():
        return _state(column, cell)
    if choices(column):
        return _choice(column, cell)
    return cell, ""


def cannot_be(column: str, day: str, made: str) -> str:
    """What is amiss with a day: before the meeting or to come of what happened, or far away."""
    try:
        checks.day_for(column, date.fromisoformat(day), "" if column == "meeting_date" else made)
    except BadInputError as fault:
        return f"{column}: {fault}"
    return ""


def _state(column: str, cell: str) -> tuple[str, str]:
    told = words()[column]
    plain = cell.casefold().replace("_", " ").strip(" .")
    if plain in told:
        return told[plain], ""
    parts = [part for part in PARTS.split(plain) if part]
    found = {told.get(part, "") for part in parts}
    if found == {"complete", "closed_no_action"}:  # "closed - complete"
        return "complete", ""
    if len(found) == 1 and found != {""}:  # "amber - ongoing": each part says the same
        return found.pop(), ""
    return "", f"{column}: '{cell}' is no state that is known ({', '.join(sorted(told))})"


def _choice(column: str, cell: str) -> tuple[str, str]:
    known = {value.casefold(): value for value in choices(column)}
    if cell.casefold() in known:
        return known[cell.casefold()], ""
    return "", f"{column}: '{cell}' is none of {', '.join(choices(column))}"


def _day(column: str, cell: str) -> tuple[str, str]:
    """A day that the cell names in full: what it leaves out nobody may fill in."""
    from dateutil import parser

    try:
        if ISO.fullmatch(cell):
            return date.fromisoformat(cell).isoformat(), ""
        iso = cell[:4].isdigit()
        middle = MONTH_FIRST.fullmatch(cell)
        if middle and int(middle[1]) > 12:  # a parser would turn the two round without a word
            return "", f"{column}: '{cell}' has no month {middle[1]}; days are read day first"
        one, other = (
            parser.parse(cell, dayfirst=not iso, default=filler).date()
            for filler in (FIRST, SECOND)
        )
    except (ValueError, OverflowError):
        return "", f"{column}: '{cell}' is no day"
    if one != other:
        return "", f"{column}: '{cell}' is no full day; write it as 30/09/2026"
    return one.isoformat(), ""


def says_nothing(column: str, cell: str) -> bool:
    """Whether a cell of a state tells no state that we keep, though it says something: "Red"."""
    known = words()[column].get(cell.casefold().strip(" ."))
    return known == "" and cell.casefold().strip(" .") in OWN_WORDS


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What people write in a state's column, and the state it is."""
    data = files("transcripts").joinpath("tracker", "words.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = json.loads(data)
    return found
