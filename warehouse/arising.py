"""The matters arising page of a committee, put together from the register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from matters_arising.errors import NotInArchiveError
from transcripts.finding import FOLLOWED
from transcripts.fold import place
from transcripts.ladders import followed
from transcripts.ledger import Ledger
from transcripts.life import Entry
from transcripts.states import in_words
from transcripts.steps import day_of
from transcripts.tracker import agenda
from transcripts.tracker.agenda import Item, Looked, Section
from transcripts.tracker.rows import day_shown
from warehouse.listings import MeetingRow, listing, meetings
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.register import ProposedLink, RegisterFilters, proposals, register, searched_each
from warehouse.waiting import PointToConfirm, points_to_confirm

FINDING_ID = re.compile(r"[0-9a-f]{16}")
ENDING = ("progress", "close", "merge", "split", "withdraw")  # lines that may end something
Places = Mapping[str, Sequence[Looked]]


def agenda_for(reader: Reader, committee: str, day: date) -> agenda.Agenda:
    """The page of a committee, by name or code, for a day; one gone by knows nothing of later ones.

    Raises NotInArchiveError where neither a meeting nor a recommendation of it is held.
    """
    filters = RegisterFilters(committee=committee, last=day)
    found = register(reader, filters, today=day, then=day < date.today())
    entries = followed(found)
    own = _own(reader, committee, entries)
    name = own[0].committee if own else entries[0].committee
    met = [m for m in own if m.date < day]
    since = met[-1].date.isoformat() if met else ""
    looked = _looked(reader, entries, day)
    ended, late = _written_late(reader, since, *ENDING), _written_late(reader, since, "respond")
    new = (
        agenda.due(entries, day, looked),
        agenda.answered(entries, since, day, late),
        agenda.done(entries, since, ended),
        agenda.said_done(entries),
    )
    silent = agenda.silent(entries, looked)
    sections = (
        *new,
        _to_confirm(reader, committee, name, day),
        silent,
        agenda.also_open(entries, (*new, silent)),
        _promised(reader, name, day),
    )
    return agenda.Agenda(name, day, since, sections, _searched(met, looked))


def _own(reader: Reader, committee: str, entries: Sequence[Entry]) -> list[MeetingRow]:
    """The meetings of the committee that are held here, in order."""
    held = meetings(reader)
    wanted = committee.casefold()
    own = [m for m in held if wanted in (m.committee.casefold(), m.committee_code.casefold())]
    if not own and not entries:
        known = sorted({f"{m.committee} ({m.committee_code})" for m in held})
        raise NotInArchiveError("committee", committee, known)
    return sorted(own, key=lambda m: m.date)


def _looked(reader: Reader, entries: Sequence[Entry], day: date) -> dict[str, list[Looked]]:
    """By reference, where each was looked for since it was made and before the day."""
    return {
        reference: [Looked(s.day, s.committee, s.share_transcribed) for s in found if s.day < day]
        for reference, found in searched_each(reader, entries).items()
    }


def _written_late(reader: Reader, since: str, *kinds: str) -> set[tuple[str, str]]:
    """References, folded, with the days of lines that were written down only after a day."""
    lines = Ledger(reader.path.parent).standing()
    return {
        (d.reference.lower(), day_of(d)) for d in lines if d.kind in kinds and d.when[:10] > since
    }


def _to_confirm(reader: Reader, committee: str, name: str, day: date) -> Section:
    links = [p for p in proposals(reader, RegisterFilters(committee=committee)) if p.day <= day]
    points = [p for p in points_to_confirm(reader) if p.committee == name and p.date <= day]
    links.sort(key=lambda p: place(p.reference))  # in themselves as they were said
    items = (*map(_proposal, links), *map(_minuted, points))
    return Section("Links for a person to confirm", items, "No link waits to be confirmed.")


def _proposal(link: ProposedLink) -> Item:
    said = f"{day_shown(str(link.day))}, {link.who}: “{link.quote}”"
    verb = f"matters recommendation {link.reference} link {link.claim_id} accept"
    why = f"Proposed because it {', '.join(link.reasons)}"
    lines = (f"May say: {in_words(link.state)}", said, why)
    label = f"where it says so, {day_shown(str(link.day))}"
    return Item(_known_as(link.reference), f"“{link.text}”", lines, link.link, label, verb)


def _known_as(reference: str) -> str:
    """A reference as members know it: what was never agreed has none, only an id."""
    return "no number" if FINDING_ID.fullmatch(reference) else reference


def _minuted(point: PointToConfirm) -> Item:
    day = day_shown(point.date.isoformat())
    lines = (
        f"May be its minuted words: {point.where} of the {point.state} minutes of {day}",
        f"“{point.minuted}”",
    )
    verb = f"matters recommendation {point.reference} minuted {point.point_id} accept"
    known = _known_as(point.reference)
    label = f"hear {'it' if known != point.reference else known} being made"
    return Item(known, f"“{point.quote}”", lines, point.link, label, verb)


def _promised(reader: Reader, committee: str, day: date) -> Section:
    """Undertakings of the committee's meetings that fall due by the meeting."""
    found = listing(reader, "undertaking", Filters(committee=committee, last=day))
    sure = (u for u in found if u.score is None or u.score >= FOLLOWED)
    due = [u for u in sure if u.due and u.due <= day.isoformat()]
    items = tuple(
        Item(
            day_shown(u.date.isoformat()),
            f"“{u.quote}”",
            (f"{u.holder}, due {day_shown(u.due)}",),
            u.link,
            f"hear the promise of {day_shown(u.date.isoformat())}",
        )
        for u in due
    )
    return Section("Promises that fall due", items, "No promise falls due by this meeting.")


def _searched(met: Sequence[MeetingRow], looked: Places) -> str:
    """The meetings that are held, and all in which anything was looked for, with what was heard."""
    return " ".join(_searched_in(met, looked))


def _searched_in(met: Sequence[MeetingRow], looked: Places) -> Iterator[str]:
    if not met:
        yield "No earlier meeting of this committee is held here."
    else:
        days = ", ".join(day_shown(m.date.isoformat()) for m in met)
        many = "1 meeting" if len(met) == 1 else f"{len(met)} meetings"
        verb = "is" if len(met) == 1 else "are"
        yield f"{many} of this committee {verb} held here: {days}."
    places = {place for found in looked.values() for place in found}
    if places:
        told = "; ".join(map(str, sorted(places, key=lambda p: (p.day, p.committee))))
        yield f"Recommendations made before were looked for in: {told}."
    elif looked:
        yield "None was searched for what was recommended before."
