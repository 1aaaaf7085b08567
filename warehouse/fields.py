"""``field:value`` beside a question: it narrows the whole of it, to one value of each field."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date

from matters_arising.errors import BadInputError

QUOTES = str.maketrans("“”„", '"""')
_NAMES = "speaker|committee|meeting|item|kind|from|to|date"
_FIELD = re.compile(rf'(?<!\S)({_NAMES}):(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_PART_OF_MORE = re.compile(
    rf'(?:\b(?:NOT|OR)\s+|(?<!\S)(?:NOT\s*)?[-+!(]+\s*)((?i:{_NAMES})):["\w]'
    rf'|(?<!\S)((?i:{_NAMES})):(?:"[^"]*"|\S+)\s+OR\b'
)
# Letters before a colon that stands right before others: a field, or what was meant to be one.
_LIKE_A_FIELD = re.compile(r'(?<!\S)([^\W\d_]{3,}):(?="|[^\W\d_])')
_WITHIN_QUOTES = re.compile(r'(?<!:)"[^"]*"')
_NO_VALUE = re.compile(rf"(?:^\s*({_NAMES})|(?<!\S)(speaker)):(?=\s|$)", re.IGNORECASE)
_MARK = "\0"  # where a field stood
_MARKS = re.compile(rf"{_MARK}(?:\s+(?:AND\s+)?{_MARK})*")


def fields(text: str) -> tuple[str, Mapping[str, object]]:
    """A question without its ``field:value`` parts, and what they say as filters by name.

    Raises BadInputError for a day that is none, a field that is none, says nothing or says two
    things, and one that is part of what AND, OR and NOT join: fields narrow all of it.
    """
    written = text.translate(QUOTES)
    if part := _PART_OF_MORE.search(written):
        name = (part[1] or part[2]).lower()
        raise BadInputError(
            f"'{name}:' narrows the whole question: it cannot be left out by NOT, joined by OR or "
            f"put in brackets; write it beside the rest, as in {name}:value damp, and ask once for "
            "each value"
        )
    _check_names(written)
    found: dict[str, object] = {}
    for match in _FIELD.finditer(written):
        name, value = match[1].lower(), (match[2] or match[3] or "").strip()
        if not value:
            raise BadInputError(f"'{name}:' says nothing; give a value, as in {name}:value")
        for key, wanted in _as_filters(name, value).items():
            if found.setdefault(key, wanted) != wanted:
                raise BadInputError(
                    f"'{name}:{value}' and an earlier part of the question say two things; give "
                    "one of them, and ask once for each value"
                )
    return _without(written) if found else text, found


def _check_names(written: str) -> None:
    """Raises BadInputError where a field has no value beside it, or a name that is none."""
    if empty := _NO_VALUE.search(written):
        name = (empty[1] or empty[2]).lower()
        raise BadInputError(
            f"'{name}:' says nothing; write its value right after the colon, in quotes if it has "
            f"spaces, as in {name}:value"
        )
    for match in _LIKE_A_FIELD.finditer(_WITHIN_QUOTES.sub(" ", written)):
        if match[1].lower() not in _NAMES.split("|"):
            raise BadInputError(
                f"a question is not narrowed by '{match[1]}:'; give one of "
                f"{', '.join(f'{n}:' for n in _NAMES.split('|'))}, or put a space after the colon"
            )


def holds_field(text: str) -> bool:
    """Whether a ``field:value`` part stands in a text."""
    return _FIELD.search(text.translate(QUOTES)) is not None


def _without(text: str) -> str:
    """The rest of a question; an AND that joined a field to it goes with the field."""
    marked = _MARKS.sub(_MARK, _FIELD.sub(_MARK, text)).strip()
    between = re.sub(rf"\s+AND\s+{_MARK}\s+AND\s+", " AND ", marked)
    return re.sub(rf"(?:\bAND\s+)?{_MARK}(?:\s+AND\b)?", " ", between).strip()


def _as_filters(name: str, value: str) -> Mapping[str, object]:
    if name == "from":
        return {"first": _days(value)[0]}
    if name == "to":
        return {"last": _days(value)[1]}
    if name == "date":
        first, last = _days(value)
        return {"first": first, "last": last}
    return {name: value}


def _days(value: str) -> tuple[date, date]:
    """First and last day of a day, a month or a year."""
    try:
        parts = [int(p) for p in value.split("-")]
        if len(parts) == 1:
            return date(parts[0], 1, 1), date(parts[0], 12, 31)
        if len(parts) == 2:
            year, month = parts
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date.fromisoformat(value), date.fromisoformat(value)
    except ValueError as fault:
        raise BadInputError(f"'{value}' is no day; write 2026-06-02, 2026-06 or 2026") from fault
