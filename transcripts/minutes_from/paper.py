"""A document of minutes as every reader gives it: sections of paragraphs, list numbers apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap

from transcripts.minutes_from.labels import parted

MONTHS = (
    "january february march april may june july august september october november december"
).split()
LONGEST = 6_000  # characters of a paragraph
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({'|'.join(MONTHS)}),?\s+(\d{{4}})\b",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words without line breaks; ``label`` is the list number or bullet before them, as printed.

    ``heading``: set off as one in the document, by its style or by being bold.
    """

    text: str
    label: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What the minutes say of one item. ``decision`` is a second account of what was decided.

    ``item`` is the number on the agenda and ``minute_no`` that of the minute, as far as each is
    known. ``actions`` is what stands in a column for actions.
    """

    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    item: str = ""
    minute_no: str = ""
    decision: tuple[Paragraph, ...] = ()
    actions: tuple[str, ...] = ()
    restricted: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its form in words, the day of the meeting where it tells it, its sections.

    ``head`` are the words before its first item, in which it says whose minutes it is.
    """

    form: str
    sections: tuple[Section, ...]
    day: date | None = None
    left_out: tuple[str, ...] = ()
    head: str = ""


def paragraph(text: str, *, heading: bool = False) -> Paragraph:
    """A paragraph from its words as they stand, with a list number parted off."""
    label, words = parted(text)
    return Paragraph(words, label, heading)


def joined_labels(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs that hold words: a number that stands alone goes with the words after it."""
    out: list[Paragraph] = []
    waiting = ""
    for each in paragraphs:
        if not each.text:
            waiting = each.label or waiting
        elif waiting and not each.label:
            out.append(Paragraph(each.text, waiting, each.heading))
            waiting = ""
        else:
            out.append(each)
            waiting = ""
    return [part for each in out for part in _of_length(each)]


def _of_length(each: Paragraph) -> list[Paragraph]:
    """A paragraph longer than any that people write, in pieces: rules are slow on it as a whole."""
    if len(each.text) <= LONGEST:
        return [each]
    pieces = wrap(each.text, LONGEST, break_on_hyphens=False)
    return [replace(each, text=pieces[0]), *(replace(each, text=p, label="") for p in pieces[1:])]


def day_in(text: str) -> date | None:
    """The first day named, as ``11 June 2026`` or ``11/06/2026``; None for the 31st of June."""
    found = _DAY.search(text) or _SLASHED.search(text)
    return _day(found) if found else None


def days_in(text: str) -> set[date]:
    """Every day named."""
    found = (_day(m) for pattern in (_DAY, _SLASHED) for m in pattern.finditer(text))
    return {day for day in found if day}


def _day(found: re.Match[str]) -> date | None:
    day, month, year = found.groups()
    number = int(month) if month.isdecimal() else MONTHS.index(month.lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
