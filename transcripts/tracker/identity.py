"""Whether a row of a tracker and an entry are one recommendation, and what a bare number means.

A reference alone does not tell: two clerks both number from 1, and some begin again each year. So
the committee, the day and the wording have to fit too, as far as both sides give them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from transcripts.clocks import is_day
from transcripts.found_again import WORD
from transcripts.life import Entry
from transcripts.manifest import initials
from transcripts.meeting import municipal_year
from transcripts.tracker.incoming import texts

# the number of a list, which another list has too
BARE = re.compile(
    r"(?:(?:no|rec|recommendation|item)\b)?[\W_]*(\d{1,4}(?:\.\d+)*[a-z]?)[\W_]*", re.I
)
SERIES = re.compile(r"([^/\s]+)/\d{4}-\d{2}/")
BODIES = frozenset(
    "the and of a for committee panel select scrutiny overview commission board sub".split()
)
COMMON = frozenset(
    """
    a an and are as at be by for from in is it its of on or that the their this to we with
    ask asked asks cabinet committee council executive recommend recommended recommendation
    recommends request requested resolved should agreed agree
    """.split()
)
SHARED = 0.5  # of the shorter wording's words, from which on two may be of one recommendation
Differences = tuple[tuple[str, str, str], ...]


def unlike(values: Mapping[str, str], entry: Entry) -> Differences:
    """What tells that a row is about another recommendation: (column, ours, theirs)."""
    out = []
    committee, day = values.get("committee", ""), values.get("meeting_date", "")
    if not _same_committee(committee, entry):
        out.append(("committee", entry.committee, committee))
    if day and entry.meeting_date and day != entry.meeting_date:
        out.append(("meeting_date", entry.meeting_date, day))
    ours = list(filter(None, (entry.text_minuted, entry.text_spoken)))
    theirs = list(texts(values))
    if ours and theirs and not any(_alike(a, b) for a in ours for b in theirs):
        out.append(("text_minuted", ours[0], theirs[0]))
    return tuple(out)


def bare_number(reference: str) -> str:
    """The number where a reference is nothing else, with two figures as ours are; else nothing."""
    found = BARE.fullmatch(reference.strip())
    return (found[1].zfill(2) if found[1].isdecimal() else found[1]) if found else ""


class Codes:
    """The codes by which bare numbers are told apart: two committees never share one.

    Initials, unless another committee has them already: then more letters of each word.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._taken: dict[str, str] = {}  # code → committee
        for entry in entries:
            if found := SERIES.match(entry.reference):
                self._taken.setdefault(found[1].upper(), entry.committee)

    def whole(self, values: Mapping[str, str]) -> str:
        """A bare number as a reference of its committee and year; empty where they are not told."""
        committee, day = values.get("committee", ""), values.get("meeting_date", "")
        if not (committee.strip() and is_day(day)):
            return ""
        year = municipal_year(date.fromisoformat(day))
        return f"{self._code(committee)}/{year}/{bare_number(values['reference'])}"

    def name(self, committee: str) -> str:
        """The committee's name where a tracker writes its code, else what it writes."""
        return (
            self._taken.get(committee.upper(), "") or committee
            if _is_code(committee)
            else committee
        )

    def _code(self, committee: str) -> str:
        if known := [c for c, holder in self._taken.items() if _named_alike(committee, holder)]:
            return known[0]
        for length in range(1, len(committee) + 1):
            code = _shortened(committee, length)
            if code.upper() not in self._taken or _is_code(committee):
                self._taken.setdefault(code.upper(), committee)
                return code.upper()
        return _shortened(committee, len(committee)).upper()


def _shortened(committee: str, length: int) -> str:
    if _is_code(committee):
        return committee
    return (
        initials(committee)
        if length == 1
        else "".join(word[:length].capitalize() for word in WORD.findall(committee))
    )


def _same_committee(theirs: str, entry: Entry) -> bool:
    """By name or by code, whichever of the two either side writes."""
    ours = entry.committee
    if not theirs or not ours or _named_alike(theirs, ours):
        return True
    if _is_code(theirs):
        given = SERIES.match(entry.reference)
        return theirs.upper() in (initials(ours), given[1].upper() if given else "")
    return _is_code(ours) and initials(theirs) == ours.upper()


def _named_alike(one: str, other: str) -> bool:
    """Bodies change between panel and committee and keep the rest of their name."""
    a, b = _words(one), _words(other)
    return a == b or (bool(a - BODIES) and a - BODIES == b - BODIES)


def _is_code(committee: str) -> bool:
    return committee.isupper() and len(committee.split()) == 1


def _alike(one: str, other: str) -> bool:
    """Whether the shorter wording is mostly in the longer, but for what every one of them says."""
    a, b = (_words(text) - COMMON or _words(text) for text in (one, other))
    return len(a & b) >= SHARED * min(len(a), len(b))


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.casefold()))
