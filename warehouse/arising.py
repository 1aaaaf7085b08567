"""The matters arising page of a committee, put together from the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matters_arising.errors import NotInArchiveError
from transcripts.finding import FOLLOWED
from transcripts.ladders import followed
from transcripts.life import Entry
from transcripts.states import in_words
from transcripts.tracker import agenda
from transcripts.tracker.agenda import Item, Section
from transcripts.tracker.rows import day_shown
from warehouse.listings import listing, meetings
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.register import ProposedLink, RegisterFilters, proposals, register


def agenda_for(reader: Reader, committee: str, day: date) -> agenda.Agenda:
    """The page of a committee, by name or code, for a day.

    Raises NotInArchiveError where neither a meeting nor a recommendation of it is held.
    """
    filters = RegisterFilters(committee=committee, last=day)
    found = register(reader, filters, today=day)
    entries = followed(found)
    name, met = _met(reader, committee, day, entries)
    looked = day_shown(met[-1]) if met else "never"
    links = [p for p in proposals(reader, RegisterFilters(committee=committee)) if p.day <= day]
    since = met[-1] if met else ""
    sections = (
        agenda.due(entries, day),
        agenda.answered(entries, since, day),
        agenda.done(entries),
        _to_confirm(links),
        agenda.silent(entries, looked),
        _promised(reader, name, day),
    )
    return agenda.Agenda(name, day, since, sections, _searched(met))


def _met(
    reader: Reader, committee: str, day: date, entries: Sequence[Entry]
) -> tuple[str, list[str]]:
    """The committee's name, and the days before ``day`` on which it met and is held here."""
    held = meetings(reader)
    wanted = committee.casefold()
    own = [m for m in held if wanted in (m.committee.casefold(), m.committee_code.casefold())]
    if not own and not entries:
        known = sorted({f"{m.committee} ({m.committee_code})" for m in held})
        raise NotInArchiveError("committee", committee, known)
    name = own[0].committee if own else entries[0].committee
    return name, sorted(m.date.isoformat() for m in own if m.date < day)


def _to_confirm(links: Sequence[ProposedLink]) -> Section:

    items = tuple(_proposal(link) for link in links)
    return Section("Links for a person to confirm", items, "No link waits to be confirmed.")


def _proposal(link: ProposedLink) -> Item:

    said = f"{day_shown(str(link.day))}, {link.who}: “{link.quote}”"
    verb = f"matters recommendation {link.reference} link {link.claim_id} accept"
    why = f"Proposed because it {', '.join(link.reasons)}"
    lines = (f"May say: {in_words(link.state)}", said, why, f"To accept: {verb}")
    return Item(link.reference, f"“{link.text}”", lines, link.link)


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
        )
        for u in due
    )
    return Section("Promises that fall due", items, "No promise falls due by this meeting.")


def _searched(met: Sequence[str]) -> str:

    if not met:
        return "No earlier meeting of this committee is held here."
    days = ", ".join(map(day_shown, met))
    return f"{len(met)} meetings of this committee are held here: {days}."
