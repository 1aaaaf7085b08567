"""The register: every recommendation with where it stands, and what waits for a person.

What was folded at load is read; what was decided since, and days before the last meeting that is
held, are folded when they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from transcripts import meeting
from transcripts.executives import is_executive
from transcripts.fold import place
from transcripts.life import Entry, Event, Evidence, Life, is_looked_for
from transcripts.states import unanswered
from warehouse import sql
from warehouse.committees import named
from warehouse.folding import Heap, entry_of
from warehouse.gone import no_longer
from warehouse.hidden import HiddenNames
from warehouse.lines import components
from warehouse.places import finding_at
from warehouse.reader import Reader
from warehouse.since import Since, since_load

# "complete" of what is open is only said
UNDONE = ("not_started", "in_progress", "paused", "complete")


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """Which part of the register is asked; every field narrows it, an empty one does not.

    ``committee`` is a name or a code; ``addressee`` a part of whom it is directed to; ``year`` a
    municipal year such as ``2026-27``; ``words`` must all stand in the text or the reference;
    ``first`` and ``last`` are days of the making meeting, both included.
    """

    committee: str = ""
    addressee: str = ""
    year: str = ""
    state: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """A claim that the machine ties to a recommendation by likeness alone; a person decides."""

    claim_id: str
    reference: str
    text: str
    quote: str
    who: str
    day: date
    meeting_id: str
    link: str
    state: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """A meeting in which a recommendation was looked for, and how much of it was heard."""

    meeting_id: str
    committee: str
    day: date
    share_transcribed: float | None
    sentences: int


def _is_due(entry: Entry) -> bool:
    """Whether something is awaited by a day that, where it binds, has not passed yet."""
    agreed = entry.recommendation not in ("", "floated")
    waits = entry.open and agreed and not entry.overdue and entry.response != "rejected"
    answer = entry.response_due and entry.response in unanswered()
    return bool(waits and (answer or (entry.action_due and entry.status in UNDONE)))


STATES: Mapping[str, Callable[[Entry], bool]] = {
    "open": lambda entry: entry.open,
    "closed": lambda entry: not entry.open,
    "due": _is_due,
    "overdue": lambda entry: entry.overdue,
    "silent": lambda entry: entry.silent,
}


def register(
    reader: Reader, filters: RegisterFilters | None = None, *, today: date, then: bool = False
) -> list[Entry]:
    """The entries that the filters leave, in order of reference, as they stand on a day.

    ``then``: as they stood, without what came after that day.
    Raises NotInArchiveError for a committee that is not held, UnknownValueError for a state that
    is none, BadInputError for a year that is not written as 2026-27.
    """
    found = _as_it_was(reader, today) if then else _entries(reader, today)
    entries = sorted(found, key=lambda entry: place(entry.reference))
    return _narrowed(reader, entries, filters) if filters else entries


def life(reader: Reader, reference: str, *, today: date) -> Life:
    """The life of one recommendation, by its reference, the id of its finding or its place.

    Raises NoLongerError for one that the ledger numbered or a person rejected, else
    NotInArchiveError with the references that are held.
    """
    since = since_load(reader)
    finding_id = finding_at(reader, "recommendation", reference) or reference
    for key in (reference.lower(), _key_of_finding(reader, finding_id)):
        found = _life(reader, since, key, today) if key else None
        if found:
            return found
    if gone := no_longer(reader, reference):
        raise gone
    held = [entry.reference for entry in _entries(reader, today) if "/" in entry.reference]
    raise NotInArchiveError("recommendation", reference, held)


def proposals(reader: Reader, filters: RegisterFilters | None = None) -> list[ProposedLink]:
    """The links that wait for a person, in the order in which the claims were said."""
    since = since_load(reader)
    decided = since.verdicts()
    keys = _kept(reader, filters)
    out = []
    for row in sql.rows(reader.con, "proposals"):
        r: dict[str, Any] = row
        if (r["key"], r["claim_id"]) not in decided and (keys is None or r["key"] in keys):
            out.append(_proposed(r, since.names))
    return out


def searched(reader: Reader, reference: str) -> list[Searched]:
    """The meetings in which it was looked for: later ones of its committee and of the executive.

    None for what was not heard being made, as a row of a tracker: nothing looks for that.
    Raises NotInArchiveError for a reference that is not held.
    """
    entry = life(reader, reference, today=date.max).entry
    return searched_each(reader, [entry])[entry.reference]


def searched_each(reader: Reader, entries: Iterable[Entry]) -> dict[str, list[Searched]]:
    """The same of many, by reference; those of one meeting were looked for in the same ones."""
    known: dict[tuple[str, str, str], list[Searched]] = {}
    out: dict[str, list[Searched]] = {}
    for entry in entries:
        made = (entry.council, entry.committee, entry.meeting_date)
        if is_looked_for(entry) and made not in known:
            known[made] = heard_after(reader, *made)
        out[entry.reference] = known[made] if is_looked_for(entry) else []
    return out


def heard_after(reader: Reader, council: str, committee: str, day: str) -> list[Searched]:
    """The meetings after a day of a committee and of its executive."""
    held = [c for (c,) in sql.run(reader.con, "committees_of", council=council).fetchall()]
    wanted = [c for c in held if c == committee or is_executive(c)]
    where = {"council": council, "committees": wanted, "day": day}
    return [Searched(**row) for row in sql.rows(reader.con, "heard_after", **where)]  # type: ignore[arg-type]


def _entries(reader: Reader, today: date) -> list[Entry]:
    """Every entry on a day; what was not folded for it, or is touched since, is folded now."""
    con, since = reader.con, since_load(reader)
    rows = sql.run(con, "entries", today=today, every=True, keys=[]).fetchall()
    kept = {key: values for key, *values in rows if key not in since.keys}
    every = {key for (key,) in sql.run(con, "keys_folded").fetchall()}
    out = [entry_of(values) for values in kept.values()]
    again = sorted((every | since.keys) - kept.keys())
    if again:
        out += [found.entry for found in _folded(reader, since, again, today)]
    return [_hidden(entry, since.names) for entry in out] if since.names else out


def _as_it_was(reader: Reader, day: date) -> list[Entry]:
    """Every entry without what came after a day: nothing of that is kept folded."""
    since = since_load(reader)
    heap = Heap(reader.con, None, since.lines, since.undone, until=day)
    return [_hidden(found.entry, since.names) for _, found in heap.lives(day)]


def _folded(reader: Reader, since: Since, keys: Sequence[str], today: date) -> list[Life]:
    heap = Heap(reader.con, keys, since.lines, since.undone)
    wanted = set(keys)
    return [found for key, found in heap.lives(today) if key in wanted]


def _life(reader: Reader, since: Since, key: str, today: date) -> Life | None:
    rows = sql.run(reader.con, "entries", today=today, every=False, keys=[key]).fetchall()
    if rows and key not in since.keys:
        events = sql.run(reader.con, "events_of", key=key).fetchall()
        found = Life(entry_of(rows[0][1:]), tuple(map(_event, events)))
    else:
        known = {k for (k,) in sql.run(reader.con, "keys_folded").fetchall()} | since.keys
        if key not in known:
            return None
        found = _one(reader, since, key, today)
    return _hidden_life(found, since.names) if since.names else found


def _one(reader: Reader, since: Since, key: str, today: date) -> Life:
    tied = components(sql.run(reader.con, "ties").fetchall())
    group = since.keys if key in since.keys else tied.get(key, frozenset((key,)))
    lives = _folded(reader, since, sorted(group), today)
    return next(found for found in lives if found.entry.reference.lower() == key)


def _key_of_finding(reader: Reader, finding_id: str) -> str:
    return str(sql.one(reader.con, "key_of_finding", finding_id=finding_id)[0] or "")


def _event(row: Sequence[Any]) -> Event:
    event_id, day, ladder, state, standing, by, quote, who, link, meeting_id, accessed, *rest = row
    source, reasons, note = rest
    where = Evidence(quote, who, link, meeting_id, accessed)
    told = (event_id, day, ladder, state, standing, by, where, source)
    return Event(*told, reasons=tuple(reasons), note=note)


def _narrowed(reader: Reader, entries: Iterable[Entry], filters: RegisterFilters) -> list[Entry]:
    entries = list(entries)
    f = filters
    if f.state and f.state not in STATES:
        raise UnknownValueError("state of the register", f.state, STATES)
    if f.year and not re.fullmatch(r"\d{4}-\d{2}", f.year):
        raise BadInputError(f"no municipal year '{f.year}': write it as 2026-27")
    brought = (e.committee for e in entries)
    committees = named(reader, f.committee, brought) if f.committee else set()
    words = f.words.casefold().split()
    return [
        e
        for e in entries
        if (not committees or e.committee.casefold() in committees)
        and (not f.year or municipal_year(e.meeting_date) == f.year)
        and (not f.state or STATES[f.state](e))
        and f.addressee.casefold() in _addressed(e)
        and all(word in _said(e) for word in words)
        and _within(e.meeting_date, f)
    ]


def municipal_year(day: str) -> str:
    """The municipal year of an ISO day; empty where that is none."""
    try:
        return meeting.municipal_year(date.fromisoformat(day))
    except ValueError:
        return ""


def _addressed(entry: Entry) -> str:
    asked = (entry.recipient, entry.recipient_kind, entry.cabinet_member, entry.lead_officer)
    return "\n".join(asked).casefold()


def _said(entry: Entry) -> str:
    return f"{entry.reference}\n{entry.text_minuted}\n{entry.text_spoken}".casefold()


def _within(day: str, filters: RegisterFilters) -> bool:
    first = filters.first.isoformat() if filters.first else ""
    last = filters.last.isoformat() if filters.last else ""
    return day >= first and (not last or day <= last) and bool(day or not (first or last))


def _kept(reader: Reader, filters: RegisterFilters | None) -> set[str] | None:
    if filters is None:
        return None
    return {e.reference.lower() for e in register(reader, filters, today=date.today())}


def _proposed(row: Mapping[str, Any], names: HiddenNames | None) -> ProposedLink:
    text = row["text_minuted"] or row["text_spoken"]
    show = names.text if names else str
    return ProposedLink(
        row["claim_id"], row["reference"] or row["key"], show(text), show(row["quote"]),
        show(row["who"]), row["day"], row["meeting_id"], row["link"], row["status"], row["score"],
        tuple(map(show, row["reasons"])),
    )  # fmt: skip


def _hidden(entry: Entry, names: HiddenNames | None) -> Entry:
    """The entry without names that were withheld since the load."""
    if names is None:
        return entry
    texts = {f.name: getattr(entry, f.name) for f in fields(entry)}
    shown = {k: names.text(v) for k, v in texts.items() if isinstance(v, str) and v}
    return replace(entry, **shown)  # type: ignore[arg-type]


def _hidden_life(found: Life, names: HiddenNames) -> Life:
    events = [
        replace(
            e,
            evidence=replace(
                e.evidence, quote=names.text(e.evidence.quote), who=names.text(e.evidence.who)
            ),
            by=names.text(e.by),
            note=names.text(e.note),
            reasons=tuple(map(names.text, e.reasons)),
        )
        for e in found.events
    ]
    return Life(_hidden(found.entry, names), tuple(events))
