"""Which paragraphs of a document belong to which item, told by its headings and the agenda."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transcripts.items import COMMON
from transcripts.meeting import AgendaItem
from transcripts.minutes_from.paper import Paragraph, Section

LONGEST_TITLE = 16  # words
FURTHEST = 6  # numbers that may be missing between one heading and the next
FEWEST = 3  # bare numbers in a row from which on they are taken to count the headings
NUMBERED = re.compile(
    r"^(?:(?:agenda\s+)?item|minute)?\s*(?:no\.?\s*)?"
    r"((?:[A-Z]{1,6}[/. -]?)?\d{1,4}(?:[/.]\d{1,4}){0,2}[A-Za-z]?)\s*[.:)–—-]*\s+(\S.*)$",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^(?:[A-Z]{1,6}[/. -]?)?\d{1,4}(?:[/.]\d{2,4}){0,2}[A-Za-z]?$")
# what begins a point of a list, or tells of a decision, is no title
NO_TITLE = re.compile(
    r"^(?:that|to|the (?:committee|panel|board|chair|cabinet|council|report)|it was|members|"
    r"councillors?|cllrs?|note[ds]?|agreed?|approved?|recommend(?:s|ed|ations?)?|resolved?|"
    r"unanimously|request(?:s|ed)?|ask(?:s|ed)?|refer(?:red)?|received?|endorsed?|supported?|"
    r"actions?|decisions?|reasons?|present|in attendance|also present|officers|apologies were|"
    r"moved|proposed|seconded|voting|vote|for|against|draft|part [12i]+|minutes of (?:a|the) "
    r"(?:\w+ )?meeting)\b",
    re.IGNORECASE,
)
LISTED = re.compile(r"^(?:that|to)\b", re.IGNORECASE)
EARLIER = re.compile(r"matters arising|action (?:log|tracker)|outstanding actions", re.IGNORECASE)


def sections_of(
    paragraphs: Sequence[Paragraph], agenda: Sequence[AgendaItem] = ()
) -> tuple[Section, ...]:
    """Sections in order; the first holds what stands before the first heading."""
    out: list[tuple[Section, list[Paragraph]]] = [(Section(()), [])]
    titles = {_plain(a.title): a for a in agenda}
    counted = _counted(paragraphs)
    last = 0
    for place, each in enumerate(paragraphs):
        found = _headed(each, titles, last, out[-1][0].title, bare=place in counted)
        if found is None:
            out[-1][1].append(each)
            continue
        last = _count(found.minute_no) or last
        out.append((_on_agenda(found, agenda), []))
    return tuple(replace(section, paragraphs=tuple(held)) for section, held in out)


def _counted(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The places of what reads like a heading after a bare number, where such numbers count on.

    "33 Damp and mould repairs" by itself may be any line; between 32 and 34 it is a heading.
    """
    runs: list[list[tuple[int, int]]] = []  # of number and place
    for place, each in enumerate(paragraphs):
        found = None if each.label else NUMBERED.match(each.text)
        if found and found[1].isdigit() and _like_a_title(found[2], NO_TITLE):
            number = int(found[1])
            run = next((r for r in runs if r[-1][0] == number - 1), None)
            if run is None:
                runs.append(run := [])
            run.append((number, place))
    return frozenset(place for run in runs if len(run) >= FEWEST for _, place in run)


def _headed(
    each: Paragraph, titles: dict[str, AgendaItem], last: int, current: str, *, bare: bool
) -> Section | None:
    """The section that a paragraph is the heading of; None where it is not one.

    ``bare``: the number before it is one of those that count the headings.
    """
    number, title = _numbered(each, bare=bare)
    if _plain(title) in titles:
        return Section((), title=title, minute_no=number)
    shouted = title.isupper() and len(title) > 4
    set_off = bool(number) and (shouted or each.heading)
    if not _like_a_title(title, LISTED if set_off else NO_TITLE):
        return None
    if not number:
        return Section((), title=title) if shouted and not each.label else None
    if EARLIER.search(current) and re.match(r"minute", each.text, re.IGNORECASE):
        return None  # "Minute 42 - Lighting" there is of the meeting before
    count = _count(number)
    follows = not last or last < count <= last + FURTHEST
    if (shouted or each.heading or follows) and (count > last or not count):
        return Section((), title=title, minute_no=number)
    return None


def _numbered(each: Paragraph, *, bare: bool) -> tuple[str, str]:
    label = each.label.strip("(). ")
    if label:
        return (label, each.text) if NUMBER.match(label) else ("", each.text)
    found = NUMBERED.match(each.text)
    # a bare number before words may be part of them: "7 July 2026", "24 hour hostels"
    plain = found and found[1].isdigit() and not (found[2].isupper() or _said(each))
    if found and (each.heading or bare or not plain):
        return found[1], found[2]
    return "", each.text


def _said(each: Paragraph) -> bool:
    return bool(re.match(r"(?:agenda\s+)?item|minute", each.text, re.IGNORECASE))


def _like_a_title(text: str, never: re.Pattern[str]) -> bool:
    words = text.split()
    return (
        0 < len(words) <= LONGEST_TITLE
        and not text.endswith((".", ";", ":", ","))
        and text[0].isupper()
        and not never.match(text)
    )


def _count(number: str) -> int:
    found = re.search(r"\d+", number)
    return int(found[0]) if found else 0


def _on_agenda(section: Section, agenda: Sequence[AgendaItem]) -> Section:
    """The item of the agenda: by its title, else by its number where that has no other title."""
    if not agenda:
        return replace(section, item=section.minute_no)
    best = max(agenda, key=lambda a: likeness(a.title, section.title))
    if likeness(best.title, section.title) >= 0.5:
        return replace(section, item=best.item.strip(" ."), restricted=best.restricted)
    return section


def likeness(one: str, other: str) -> float:
    """The share of telling words that two titles have in common, 0 to 1."""
    a, b = (set(_plain(t).split()) - COMMON for t in (one, other))
    return len(a & b) / max(min(len(a), len(b)), 1) if a and b else 0.0


def _plain(title: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", title.lower().replace("’", "'")))
