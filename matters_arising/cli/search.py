"""``matters search``: find what was said."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import DAY, with_home
from matters_arising.cli.output import as_json, clock, emit, listing_options, page

if TYPE_CHECKING:
    from warehouse.search import Hit, Searched, SearchResult

KINDS = ("concern", "recommendation", "undertaking", "decision", "follow-up")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--mode",
    type=click.Choice(["words", "meaning", "both"]),
    default="both",
    show_default=True,
    help="By the words themselves, by what they mean, or both.",
)
@click.option("--exact", is_flag=True, help="The words exactly so, one after another.")
@click.option("--speaker", default="", help="Only this speaker (a name or a part of it).")
@click.option("--committee", default="", help="Only this committee.")
@click.option("--meeting", default="", help="Only this meeting.")
@click.option("--item", default="", help="Only this agenda item.")
@click.option("--kind", type=click.Choice(KINDS), help="Only sentences that hold such a finding.")
@click.option("--from", "first", type=DAY, help="From this day on (YYYY-MM-DD).")
@click.option("--to", "last", type=DAY, help="Until this day (YYYY-MM-DD).")
@click.option(
    "--limit",
    "-k",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="How many hits at most.",
)
@listing_options
@with_home
def search(
    words: tuple[str, ...],
    mode: str,
    exact: bool,
    first: datetime | None,
    last: datetime | None,
    kind: str | None,
    limit: int,
    output: str,
    home: Path,
    **narrow: Any,
) -> None:
    """Find what was said, by word, by meaning or both.

    Every hit is a sentence word for word, with its speaker and a link to the second. Words in
    double quotes must stand in a hit exactly so. Where nothing is found, the answer says how much
    of the archive was searched.

    \b
    Examples:
      matters search "live facial recognition"
      matters search '"seven days notice"' --mode words
      matters search how are tenants with damp helped --mode meaning --from 2026-06-01
      matters search repairs --speaker Kendall --kind undertaking --json
    """
    from warehouse.query import Filters

    question = f'"{" ".join(words)}"' if exact else " ".join(words)
    filters = Filters(
        first=first.date() if first else None,
        last=last.date() if last else None,
        kind=kind or "",
        **narrow,
    )
    result = find(home, question, mode, filters, limit)
    if output == "table":
        print_result(question, result)
    elif output == "json":
        click.echo(as_json(result_as_dict(question, mode, result)))
    else:
        emit([hit_as_dict(h) for h in result.hits], output, ())


def find(home: Path, question: str, mode: str, filters: Any, limit: int) -> SearchResult:
    """Asks the warehouse; the model is loaded only where meaning is asked for."""
    from warehouse.reader import open_reader
    from warehouse.search import search as ask

    encode = None
    if mode != "words":
        from models.vectors import query_encoder

        encode = query_encoder()
    with open_reader(home) as reader:
        return ask(reader, question, mode=mode, encode=encode, filters=filters, k=limit)


def result_as_dict(question: str, mode: str, result: SearchResult) -> dict[str, Any]:
    """The whole answer for JSON, with what it speaks for."""
    return {
        "question": question,
        "mode": mode,
        "hits": [hit_as_dict(h) for h in result.hits],
        "searched": asdict(result.searched),
        "not_said": list(result.not_said),
        "nearest": [hit_as_dict(h) for h in result.nearest],
    }


def hit_as_dict(hit: Hit) -> dict[str, Any]:
    """One hit for JSON and CSV."""
    return asdict(hit)


def print_result(question: str, result: SearchResult) -> None:
    """Hits for people: quote first, then who, when, where to hear it."""
    console = page()
    for number, hit in enumerate(result.hits, 1):
        _print_hit(console, number, hit)
    if not result.hits:
        console.print(f"Not found: {question}", markup=False)
    if result.not_said:
        console.print(
            f"Never said in what was searched: {', '.join(result.not_said)}", markup=False
        )
    if result.nearest:
        console.print("Nearest, though probably not about it:")
        for number, hit in enumerate(result.nearest, 1):
            _print_hit(console, number, hit)
    console.print(searched_line(result.searched), style="dim", markup=False)


def _print_hit(console: Any, number: int, hit: Hit) -> None:
    from rich.padding import Padding
    from rich.text import Text

    who = Text(f"{hit.speaker} · {hit.committee}, {hit.date:%-d %B %Y} · {clock(hit.start_s)}")
    if hit.kinds:
        who.append(f" · {', '.join(hit.kinds)}", "italic")
    if hit.words_overlapped:
        who.append(" · another voice is heard at the same time", "italic")
    console.print(Text(f"{number:>2}. ") + who)
    # on lines of their own: what was said before and after may be somebody else's words
    around = (("before: ", hit.before), ("", hit.text), ("after: ", hit.after))
    for label, words in around:
        line = Text(f"{label}{words}", "dim") if label else Text(f"“{words}”", "bold")
        if words:
            console.print(Padding(line, (0, 0, 0, 4)))
    console.print(Padding(Text(hit.link, "dim"), (0, 0, 1, 4)), soft_wrap=True)


def searched_line(searched: Searched) -> str:
    """What an answer speaks for, in one line."""
    share = searched.share_transcribed
    heard = f", {share:.0%} of their speech transcribed" if share is not None else ""
    span = ""
    if searched.first and searched.last:
        span = f" of {searched.first:%-d %B %Y}"
        if searched.last != searched.first:
            span += f" to {searched.last:%-d %B %Y}"
    meetings = "meeting" if searched.meetings == 1 else "meetings"
    return (
        f"Searched {searched.meetings} {meetings}{span}: {searched.sentences} sentences, "
        f"{searched.hours:.1f} hours{heard}. Words are machine-made; the minutes are the formal "
        "record."
    )
