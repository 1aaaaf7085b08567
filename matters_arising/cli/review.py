"""``matters review``: the doubtful, worst first, decided by a person who listens."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from matters_arising.cli.options import somebody, user, with_home
from matters_arising.cli.output import WIDTH_OF_A_PAGE, emit, listing_options
from transcripts.times import clock

if TYPE_CHECKING:
    from warehouse.doubts import Doubt, Line

COLUMNS = ("voice", "speaker", "kind", "words", "share", "margin", "at_risk")
HOW = "a number or a name, y it is right, n nobody known, o open the recording, s skip, q stop"


@click.group()
def review() -> None:
    """Go through what is doubtful, the most damaging doubts first.

    \b
    Example:
      matters review speakers aldermere-scsc-2026-06-11
    """


@review.command("speakers")
@click.argument("meeting_id")
@click.option("--list", "only_list", is_flag=True, help="List the doubtful voices, decide nothing.")
@listing_options
@click.option("--by", "who", default=user, help="Who decides (default: the user's name).")
@click.option("--why", default="", help="The reason, for those who ask later.")
@with_home
def speakers(meeting_id: str, only_list: bool, output: str, who: str, why: str, home: Path) -> None:
    """Say who the doubtful voices of MEETING_ID are.

    Each voice is shown with the evidence for its name and the turns that tell most about it. What
    you say goes into the ledger, holds after every re-run and can be undone. A name that may be
    wrong comes before one that is missing.

    \b
    Examples:
      matters review speakers aldermere-scsc-2026-06-11
      matters review speakers aldermere-scsc-2026-06-11 --list
      matters review speakers aldermere-scsc-2026-06-11 --json
    """
    from warehouse.doubts import doubts
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        waiting = doubts(reader, meeting_id)
    if only_list or output != "table":
        emit([asdict(d) for d in waiting], output, COLUMNS, empty="no voice waits for a decision")
        return
    _sitting(home, meeting_id, waiting, somebody(who), why)


def _sitting(home: Path, meeting_id: str, waiting: Sequence[Doubt], who: str, why: str) -> None:
    from matters_arising.naming import names_to_give
    from transcripts.ledger import Ledger, now
    from transcripts.record import Record
    from transcripts.reviewing import Reviewed, hours_of, keep_time

    hours = round(hours_of(Record(home).read(meeting_id)), 3)
    names = names_to_give(home, meeting_id, Ledger(home).standing())
    began, looked_at, decided = time.monotonic(), 0, 0
    try:
        for number, doubt in enumerate(waiting, 1):
            click.echo("\n".join(card(doubt, number, len(waiting))))
            answer = _ask(doubt, names)
            if answer.what == "stop":
                break
            looked_at += 1
            if answer.what == "name":
                _keep(home, meeting_id, doubt.voice, answer.name, who, why)
                decided += 1
    finally:  # also where the terminal was closed: what was decided took its time
        minutes = (time.monotonic() - began) / 60
        took = Reviewed(meeting_id, who, now(), looked_at, decided, round(minutes, 2), hours)
        keep_time(home, took)
        click.echo(
            f"{decided} of {len(waiting)} doubtful voices decided in {minutes:.1f} minutes, "
            f"{took.minutes_an_hour:.1f} an hour of meeting"
        )


def card(doubt: Doubt, number: int, of: int) -> Iterator[str]:
    """A voice for people: what it is called and why, then what tells most about it."""
    yield ""
    much = f"{doubt.words} words, {doubt.share:.0%}"
    yield f"{number} of {of}  {doubt.voice}, {doubt.speaker}: {much}"
    for reason in doubt.reasons:
        yield f"  because {reason}"
    if not doubt.reasons:
        yield "  nothing tells who this is"
    for passage in doubt.passages:
        yield ""
        for line in passage:
            yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    mark = "▶" if line.own else " "
    head = f"  {mark} {clock(line.start_s)} {line.speaker}: "
    yield from wrap(
        head + line.text, WIDTH_OF_A_PAGE, subsequent_indent=" " * 12, max_lines=6, placeholder=" …"
    )
    if line.own and line.link:
        yield f"            {line.link}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said: ``name`` (empty for nobody known), ``skip``, ``stop`` or ``open``."""

    what: str
    name: str = ""


def _ask(doubt: Doubt, names: Sequence[str]) -> Answer:
    for number, name in enumerate(names, 1):
        click.echo(f"  {number:>3}  {name}")
    while True:
        said = click.prompt(f"who is {doubt.voice}? ({HOW})", default="s", show_default=False)
        answer = understood(said.strip(), names, doubt)
        if answer is None:
            click.echo(f"'{said}' is neither on the roster nor one of: {HOW}")
        elif answer.what == "open":
            _open(doubt)
        else:
            return answer


def understood(said: str, names: Sequence[str], doubt: Doubt) -> Answer | None:
    """What was typed; None where it means nothing. Without a roster any name is one."""
    if said.isdecimal() and 1 <= int(said) <= len(names):
        return Answer("name", names[int(said) - 1])
    if said.lower() == "y" and doubt.person:
        return Answer("name", doubt.person)
    if said.lower() in KEYS:
        return KEYS[said.lower()]
    if said in names or (len(said) > 1 and not names):
        return Answer("name", said)
    return None


KEYS = {"n": Answer("name"), "s": Answer("skip"), "q": Answer("stop"), "o": Answer("open")}


def _open(doubt: Doubt) -> None:
    links = [line.link for passage in doubt.passages for line in passage if line.own and line.link]
    if links:
        click.launch(links[0])
    else:
        click.echo("the recording has no address; give its media_url in meeting.toml")


def _keep(home: Path, meeting_id: str, voice: str, name: str, who: str, why: str) -> None:
    from flows.load import decide
    from transcripts.voice_decisions import voice_decisions

    for made in decide(home, voice_decisions(home, meeting_id, voice, name, who, why)):
        click.echo(f"kept as line {made.id}; to take it back: matters decide undo {made.id}")
