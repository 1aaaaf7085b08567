"""``matters recommendation REF``: its life with the evidence, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from itertools import groupby, zip_longest
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.links import followed_all
from matters_arising.cli.options import with_home
from matters_arising.cli.output import WIDTH_OF_A_PAGE, as_json, folded, width_of_page
from matters_arising.cli.verbs import VERBS

if TYPE_CHECKING:
    from transcripts.life import Entry, Event, Life
    from warehouse.register import Searched


class About(click.Group):
    """A group whose own options may stand anywhere as long as no verb is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Where a verb is given, what follows it is the verb's."""
        ctx.allow_interspersed_args = not any(word in self.commands for word in args)
        return super().parse_args(ctx, args)


@click.group(cls=About, invoke_without_command=True)
@click.argument("reference")
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@with_home
@click.pass_context
def recommendation(ctx: click.Context, reference: str, json_: bool, home: Path) -> None:
    """Show one recommendation's life, or decide something about it.

    States are told apart: what the committee did, what was answered, what was done. A claim that
    is tied to it by likeness alone is listed and changes nothing until a person accepts it.

    \b
    Examples:
      matters recommendation SCSC/2026-27/01
      matters recommendation SCSC/2026-27/01 --json
      matters recommendation SCSC/2026-27/01 respond accepted --on 2026-07-20 --url https://…
      matters recommendation SCSC/2026-27/01 link 0123456789abcdef accept
    """
    ctx.obj = (home, reference)
    if ctx.invoked_subcommand is not None:
        return
    from warehouse import register
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        life = followed_all(reader, register.life(reader, reference, today=date.today()))
        looked = register.searched(reader, reference)
    if json_:
        searched = [asdict(meeting) for meeting in looked]
        click.echo(as_json({**asdict(life), "searched": searched}))
        return
    wide = width_of_page()
    for line in lines_of(life, looked, wide):
        click.echo(folded(line, wide))


for _verb in VERBS:
    recommendation.add_command(_verb)


def lines_of(life: Life, looked: list[Searched], width: int = WIDTH_OF_A_PAGE) -> Iterator[str]:
    """The life for people: what it is, where it stands, every step with its evidence."""
    from transcripts.life import wording_is

    entry = life.entry
    made = f"{entry.committee}, {entry.meeting_date}, item {entry.agenda_item or '?'}"
    yield f"{entry.reference}  {made}"
    yield ""
    official = wording_is(entry, life.events).lower()
    yield from beside(entry.text_spoken, entry.text_minuted, official, width)
    yield ""
    for name, value in _facts(entry):
        yield f"  {name:<10}{value}"
    yield ""
    yield "  what happened, step by step:"
    for event in life.events:
        if event.standing != "proposed":
            yield from _step(event)
    yield from _waiting(life)
    if entry.silent or entry.response == "none_found":
        yield ""
        yield from _silence(entry, looked)


def beside(said: str, minuted: str, official: str, width: int = WIDTH_OF_A_PAGE) -> Iterator[str]:
    """Both wordings, side by side in ``width`` letters; ``official`` is what the second is."""
    if not minuted:
        yield f"  said      “{said}”"
        yield "  minuted   no point of minutes is matched"
        return
    if not said:
        yield "  said      nothing that was heard is matched"
        yield f"  {official:<9} “{minuted}”"
        return
    column = (width - 4) // 2
    left, right = (wrap(f"“{words}”", column) for words in (said, minuted))
    yield f"  {'said':<{column}}  {official}"
    for pair in zip_longest(left, right, fillvalue=""):
        yield f"  {pair[0]:<{column}}  {pair[1]}".rstrip()


def _facts(entry: Entry) -> list[tuple[str, Any]]:
    from transcripts.states import in_words

    due = entry.action_due or "not said"
    answer = in_words(entry.response)
    if entry.response_due:
        answer += f" (looked for by {entry.response_due}, {entry.due_kind or 'estimated'})"
    done = in_words(entry.status) + (f", {entry.rag}" if entry.rag else "")
    facts = [
        ("proposed", entry.proposer or "not told"),
        ("seconded", entry.seconder),
        ("to", entry.recipient or "not said"),
        ("due", due),
        ("committee", in_words(entry.recommendation)),
        ("answer", answer),
        ("doing", done + (", disputed" if entry.disputed else "")),
        ("progress", entry.progress),
        ("closed", f"{entry.closed_on} {entry.closed_reason}".strip()),
        ("goes on", entry.superseded_by),
        ("note", entry.note),
        ("listen", entry.link),
    ]
    return [(name, value) for name, value in facts if value]


def _step(event: Event) -> Iterator[str]:
    from transcripts.states import in_words

    state = in_words(event.state) or event.note or "noted"
    yield f"    {event.day}  {state}  [{event.standing}, {event.by}]"
    told = event.evidence
    if told.quote:
        yield f"      {told.who + ': ' if told.who else ''}“{told.quote}”"
    if told.link:
        yield f"      {told.link}{' (looked at ' + told.accessed + ')' if told.accessed else ''}"
    if event.state and event.note:
        yield f"      {event.note}"


def _waiting(life: Life) -> Iterator[str]:
    """What is only proposed, one paragraph a meeting, with the command that decides it."""
    proposed = [e for e in life.events if e.standing == "proposed"]
    if proposed:
        yield ""
        yield "  proposed by likeness, changing nothing until a person decides:"
    for (day, verb, _), group in groupby(proposed, _where):
        yield f"    {day}"
        for event in group:
            yield from _proposal(event)
        yield f"      matters recommendation {life.entry.reference} {verb} ID accept   (or reject)"


def _where(event: Event) -> tuple[str, str, str]:
    verb = "minuted" if event.state.startswith("minuted") else "link"
    return event.day, verb, event.evidence.meeting_id


def _proposal(event: Event) -> Iterator[str]:
    from transcripts.states import in_words

    told = event.evidence
    said = f"{told.who + ': ' if told.who else ''}“{told.quote}”"
    state = in_words(event.state) or event.note or "noted"
    yield f"      {event.source}  {state}: {said}"
    if event.reasons:
        yield f"        {', '.join(event.reasons)}"
    if told.link:
        yield f"        {told.link}"


def _silence(entry: Entry, looked: list[Searched]) -> Iterator[str]:
    from transcripts.life import is_looked_for

    if not is_looked_for(entry):
        yield "  it was not heard being made, so it is not looked for in what is said later"
        return
    if not looked:
        yield "  no later meeting of its committee or of the executive was heard"
        return
    yield "  no answer that counts was found; looked for in:"
    for meeting in looked:
        share = (
            "" if meeting.share_transcribed is None else f"{meeting.share_transcribed:.0%} heard"
        )
        yield f"    {meeting.day}  {meeting.committee}  {share}"
