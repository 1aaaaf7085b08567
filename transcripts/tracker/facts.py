"""What a row of a tracker says beside its entry, column by column: what it adds, what contradicts.

Every column that a row may bring is compared, so that none is read and then forgotten. What is
told from the rest and from the day is left out: an export of last month has older values of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from transcripts.clocks import ESTIMATED
from transcripts.columns import BROUGHT, COLUMNS, DAYS, IDENTITY
from transcripts.life import Entry
from transcripts.steps import urls
from transcripts.tracker.cells import cannot_be
from transcripts.tracker.incoming import Line

TOLD = frozenset(("last_checked", "due_kind"))
LEFT_OUT = TOLD | {"rag"}  # of a row that is in the register
FACTS = tuple(c for c in COLUMNS if c in ("response", "status") or c in BROUGHT - IDENTITY - TOLD)
NOTHING_YET = {"response": ("none_found", "awaiting"), "status": ("not_started", "overdue")}
# ours say more than the cell did: who told it, other notes, the title of the item
LOOSE = ("progress", "note", "agenda_item")
EXACT = DAYS | {"response", "status"}
Adds = tuple[tuple[str, str], ...]
Conflicts = tuple[tuple[str, str, str], ...]


def differences(line: Line, entry: Entry) -> tuple[Line, Adds, Conflicts]:
    """What a row adds to its entry and where it contradicts; the row without impossible days."""
    line = in_time(line, entry.meeting_date, entry)
    adds, conflicts = [], []
    for column in FACTS:
        theirs, ours = line.values.get(column, ""), str(getattr(entry, column))
        if not theirs or _is_told(column, theirs, entry) or _is_no_claim(column, line):
            continue
        if not ours or ours in NOTHING_YET.get(column, ()) or _is_estimate(column, entry):
            adds.append((column, theirs))
        else:
            conflicts.append((column, ours, theirs))
    more = [u for u in urls(dict(line.values)) if u not in entry.evidence_urls]
    if more:
        adds.append(("evidence_urls", " ".join((*entry.evidence_urls, *more))))
    return line, tuple(adds), tuple(conflicts)


def in_time(line: Line, made: str, entry: Entry | None = None) -> Line:
    """The row without days that cannot be, each of them told as a fault; ``made`` is the meeting's.

    What the register says already is not asked again.
    """
    faults = {
        column: fault
        for column, day in line.values.items()
        if column in DAYS
        and (entry is None or day != getattr(entry, column, ""))
        and (fault := cannot_be(column, day, made))
    }
    if not faults:
        return line
    kept = {c: v for c, v in line.values.items() if c not in faults}
    return replace(line, values=kept, faults=(*line.faults, *faults.values()))


def _is_told(column: str, theirs: str, entry: Entry) -> bool:
    """Whether the register says it already."""
    ours = str(getattr(entry, column))
    if column in EXACT:
        return theirs == ours
    if column in LOOSE:
        return theirs in ours
    if column == "text_minuted" and not ours:
        return _plain(theirs) in _plain(entry.text_spoken)
    return _plain(theirs) == _plain(ours)


def _is_no_claim(column: str, line: Line) -> bool:
    """An export's own estimate comes back as no more than that."""
    return column == "response_due" and line.values.get("due_kind") == ESTIMATED


def _is_estimate(column: str, entry: Entry) -> bool:
    return column == "response_due" and entry.due_kind == ESTIMATED


def _plain(text: str) -> str:
    """Without what two people write otherwise of the same: capitals, spaces, a stop, "the"."""
    return re.sub(r"^the ", "", " ".join(re.findall(r"[\w'’]+", text.casefold())))
