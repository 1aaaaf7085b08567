"""``matters arising COMMITTEE --for DATE``: the page for the agenda of the next meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from matters_arising.cli.links import followed_all
from matters_arising.cli.options import DAY, with_home

if TYPE_CHECKING:
    from transcripts.life import Entry
    from transcripts.tracker.agenda import Agenda, Item, Section
    from warehouse.reader import Reader
    from warehouse.register import ProposedLink

FORMATS = ("md", "html", "docx")


@click.command()
@click.argument("committee")
@click.option("--for", "day", type=DAY, help="The day of the meeting (default: today).")
@click.option("--format", "kind", type=click.Choice(FORMATS), default=None, help="Default: md.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file."
)
@with_home
def arising(
    committee: str, day: datetime | None, kind: str | None, out: Path | None, home: Path
) -> None:
    """Make the matters arising page: what is due, answered, done, to confirm, and silent.

    COMMITTEE is a name or a code.

    \b
    Examples:
      matters arising SCSC --for 2026-09-10
      matters arising SCSC --for 2026-09-10 --out arising.docx
    """
    from transcripts.tracker import agenda_pages as pages
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        page = _page(reader, committee, day.date() if day else date.today())
    kind = kind or _kind(out)
    if kind == "docx" and out is None:
        raise click.UsageError("a document needs a place: --out arising.docx")
    made = {"md": pages.as_markdown, "html": pages.as_html}
    content = pages.as_docx(page) if kind == "docx" else made[kind](page).encode()
    if out is None:
        click.echo(content.decode(), nl=False)
        return
    from matters_arising.cli.register import write

    click.echo(f"written to {write(out, content)}", err=True)


def _kind(out: Path | None) -> str:
    ending = out.suffix.lstrip(".").lower() if out else ""
    return {"html": "html", "htm": "html", "docx": "docx"}.get(ending, "md")


def _page(reader: Reader, committee: str, day: date) -> Agenda:
    from transcripts.ladders import LEFT
    from transcripts.tracker import agenda
    from transcripts.tracker.rows import day_shown
    from warehouse.register import RegisterFilters, proposals, register

    filters = RegisterFilters(committee=committee, last=day)
    found = register(reader, filters, today=day)
    entries = [e for e in found if e.recommendation not in LEFT]
    name, met = _met(reader, committee, day, entries)
    looked = day_shown(met[-1]) if met else "never"
    links = [p for p in proposals(reader, RegisterFilters(committee=committee)) if p.day <= day]
    since = met[-1] if met else ""
    sections = (
        agenda.due(entries, day),
        agenda.answered(entries, since),
        agenda.done(entries),
        _to_confirm(links),
        agenda.silent(entries, looked),
        _promised(reader, name, day),
    )
    made = agenda.Agenda(name, day, since, sections, _searched(met))
    return cast("Agenda", followed_all(reader, made))


def _met(
    reader: Reader, committee: str, day: date, entries: Sequence[Entry]
) -> tuple[str, list[str]]:
    """The committee's name, and the days before ``day`` on which it met and is held here."""
    from matters_arising.errors import NotInArchiveError
    from warehouse.listings import meetings

    held = meetings(reader)
    wanted = committee.casefold()
    own = [m for m in held if wanted in (m.committee.casefold(), m.committee_code.casefold())]
    if not own and not entries:
        known = sorted({f"{m.committee} ({m.committee_code})" for m in held})
        raise NotInArchiveError("committee", committee, known)
    name = own[0].committee if own else entries[0].committee
    return name, sorted(m.date.isoformat() for m in own if m.date < day)


def _to_confirm(links: Sequence[ProposedLink]) -> Section:
    from transcripts.tracker.agenda import Section

    items = tuple(_proposal(link) for link in links)
    return Section("Links for a person to confirm", items, "No link waits to be confirmed.")


def _proposal(link: ProposedLink) -> Item:
    from transcripts.states import in_words
    from transcripts.tracker.agenda import Item
    from transcripts.tracker.rows import day_shown

    said = f"{day_shown(str(link.day))}, {link.who}: “{link.quote}”"
    verb = f"matters recommendation {link.reference} link {link.claim_id} accept"
    why = f"Proposed because it {', '.join(link.reasons)}"
    lines = (f"May say: {in_words(link.state)}", said, why, f"To accept: {verb}")
    return Item(link.reference, f"“{link.text}”", lines, link.link)


def _promised(reader: Reader, committee: str, day: date) -> Section:
    """Undertakings of the committee's meetings that fall due by the meeting."""
    from transcripts.finding import FOLLOWED
    from transcripts.tracker.agenda import Item, Section
    from transcripts.tracker.rows import day_shown
    from warehouse.listings import listing
    from warehouse.query import Filters

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
    from transcripts.tracker.rows import day_shown

    if not met:
        return "No earlier meeting of this committee is held here."
    days = ", ".join(map(day_shown, met))
    return f"{len(met)} meetings of this committee are held here: {days}."
