"""``matters search``: find what was said."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.links import followed
from matters_arising.cli.options import DAY, with_home
from matters_arising.cli.output import as_json, emit, listing_options, page
from matters_arising.cli.several import asked_of_each, each_once, with_also
from transcripts.times import clock

if TYPE_CHECKING:
    from warehouse.expansion import Reading
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
@click.option(
    "--literal",
    is_flag=True,
    help="Every word as written: no names favoured, no other spellings, no long forms.",
)
@with_also
@click.option("--cite", is_flag=True, help="With each hit, a line by which it can be cited.")
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
    literal: bool,
    also: tuple[Path, ...],
    cite: bool,
    output: str,
    home: Path,
    **narrow: Any,
) -> None:
    """Find what was said, by word, by meaning or both.

    Every hit is a sentence word for word, with its speaker and a link to the second. Words in
    double quotes must stand in a hit exactly so. Where nothing is found, the answer says how much
    of the archive was searched, and what came nearest.

    \b
    The language of questions, demanded of one contribution:
      parking AND permits       both          parking -fees             the one, not the other
      damp OR mould             either        (damp OR mould) NOT paint
      "bus lane"                in a row      cameras NEAR/5 notice     within five words
      recommend*                words that begin so
      speaker:"Ann Varley"  committee:"Housing Select Committee"  date:2026-06
      from:2026-01-01  to:2026-06-30  kind:recommendation  item:5  meeting:ID
    Where nobody said a word, the nearest that was said is looked for; British and American
    spellings and short forms (LFR) are looked for together. The answer says so each time.

    \b
    Examples:
      matters search "live facial recognition"
      matters search '"seven days notice"' --mode words
      matters search how are tenants with damp helped --mode meaning --from 2026-06-01
      matters search repairs --speaker Kendall --kind undertaking --json
      matters search 'recommend* AND "facial recognition" date:2026-06'
      matters search notice of cameras --also ../hollin/matters-data
    """
    from warehouse.query import Filters

    question = f'"{" ".join(words)}"' if exact else " ".join(words)
    filters = Filters(
        first=first.date() if first else None,
        last=last.date() if last else None,
        kind=kind or "",
        **narrow,
    )
    if also:
        answer = _everywhere((home, *also), question, mode, filters, limit, literal, cite)
    else:
        result = find(home, question, mode, filters, limit, literal=literal)
        answer = Answer(result, _citations(home, result) if cite else ())
    if output == "table":
        print_result(question, answer.result, answer.cited, councils=bool(also))
        for place, searched in answer.each.items():
            click.echo(f"  {place}: {searched.meetings} of these meetings")
    elif output == "json":
        told = result_as_dict(question, mode, answer.result, answer.cited)
        each = {place: asdict(searched) for place, searched in answer.each.items()}
        click.echo(as_json(told | ({"archives": each} if each else {})))
    else:
        rows = [hit_as_dict(h, *c) for h, c in _each(answer.result, answer.cited)]
        emit(rows, output, (), every=hit_columns(cite=cite))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: the hits, their citations where asked for, what was searched in each archive
    where several were."""

    result: SearchResult
    cited: Sequence[str] = ()
    each: Mapping[str, Searched] = field(default_factory=dict)


def _everywhere(
    homes: Sequence[Path],
    question: str,
    mode: str,
    filters: Any,
    limit: int,
    literal: bool,
    cite: bool,
) -> Answer:
    """Asks every archive, as ``asked_of_each`` does."""
    from warehouse.comparing import together

    def ask(home: Path) -> SearchResult:
        return find(home, question, mode, filters, limit, literal=literal)

    found = asked_of_each(each_once(homes), ask)
    cited = {home: _citations(Path(home), r) for home, r in found.items()} if cite else {}
    of_all = together(found, limit)
    lines = {
        (home, hit.sentence_id): line
        for home, told in cited.items()
        for hit, line in zip(found[home].hits, told, strict=True)
    }
    hits = zip(of_all.homes, of_all.answer.hits, strict=True)
    kept = [lines[home, hit.sentence_id] for home, hit in hits] if cite else []
    return Answer(of_all.answer, kept, of_all.each)


def find(
    home: Path, question: str, mode: str, filters: Any, limit: int, *, literal: bool = False
) -> SearchResult:
    """Asks the warehouse; the model is loaded only where meaning is asked for."""
    from warehouse.acronyms import vocabulary
    from warehouse.reader import open_reader
    from warehouse.search import search as ask

    for fault in vocabulary(home).faults:
        click.echo(f"warning: {fault}", err=True)

    # DuckDB's client imports pandas at the first value that it is given, to know pandas' missing
    # values: a fifth of a second, a third of a whole search, for what is never passed here
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
    encode = None
    if mode != "words":
        from models.vectors import query_encoder

        encode = query_encoder()
    with open_reader(home) as reader:
        found = ask(
            reader, question, mode=mode, encode=encode, filters=filters, k=limit, literal=literal
        )
    hits, nearest = (tuple(map(followed, some)) for some in (found.hits, found.nearest))
    return replace(found, hits=hits, nearest=nearest)


def _citations(home: Path, result: SearchResult) -> list[str]:
    from warehouse.citing import citations
    from warehouse.reader import open_reader

    with open_reader(home) as reader:
        return citations(reader, result.hits)


def _each(result: SearchResult, cited: Sequence[str]) -> Iterator[tuple[Hit, Sequence[str]]]:
    """Each hit with its citation, where citations were asked for."""
    return zip(result.hits, ([c] for c in cited) if cited else repeat(()), strict=False)


def result_as_dict(
    question: str, mode: str, result: SearchResult, cited: Sequence[str] = ()
) -> dict[str, Any]:
    """The whole answer for JSON, with what it speaks for."""
    return {
        "question": question,
        "mode": mode,
        "hits": [hit_as_dict(h, *c) for h, c in _each(result, cited)],
        "searched": asdict(result.searched),
        "not_said": list(result.not_said),
        "hold_only": list(result.hold_only),
        "nearest": [hit_as_dict(h) for h in result.nearest],
        "readings": [asdict(r) for r in result.readings],
    }


def hit_as_dict(hit: Hit, citation: str = "") -> dict[str, Any]:
    """One hit for JSON and CSV."""
    return asdict(hit) | ({"citation": citation} if citation else {})


def hit_columns(*, cite: bool) -> tuple[str, ...]:
    """What a hit holds in JSON and CSV."""
    from warehouse.search import Hit

    return (*(f.name for f in fields(Hit)), *(("citation",) if cite else ()))


def print_result(
    question: str, result: SearchResult, cited: Sequence[str] = (), *, councils: bool = False
) -> None:
    """Hits for people: quote first, then who, when, where to hear it.

    ``councils``: with the council of each.
    """
    console = page()
    if result.readings:
        told = "; ".join(read_as(r) for r in result.readings)
        console.print(f"Read so: {told}. With --literal: as written.\n", style="dim", markup=False)
    if result.hold_only:
        console.print(f"These hold only: {', '.join(result.hold_only)}\n", markup=False)
    for number, (hit, citation) in enumerate(_each(result, cited), 1):
        _print_hit(console, number, hit, *citation, council=councils)
    if not result.hits:
        console.print(f"Not found: {question}", markup=False)
    if result.not_said:
        console.print(
            f"Never said in what was searched: {', '.join(result.not_said)}", markup=False
        )
    if result.nearest:
        console.print("Nearest, though probably not about it:")
        for number, hit in enumerate(result.nearest, 1):
            _print_hit(console, number, hit, council=councils)
    console.print(searched_line(result.searched), style="dim", markup=False)


READ_AS = {
    "also": "“{value}” beside “{words}”",
    "instead": "“{value}”, for nobody said “{words}”",
    "as a word": "{words} as a word, not as an operator",
    "together": "“{words}” as its words in one sentence, for too many hold them to look at each",
    "favoured": "what {value} said, or was said beside it, stands higher",
}


def read_as(reading: Reading) -> str:
    """One thing that a search understood beyond the words."""
    how = READ_AS[reading.how]
    if reading.what == "committee":
        how = "meetings of {value} stand higher"
    return how.format(value=reading.value, words=reading.words)


def _print_hit(
    console: Any, number: int, hit: Hit, citation: str = "", *, council: bool = False
) -> None:
    from rich.padding import Padding
    from rich.text import Text

    body = f"{hit.council}, {hit.committee}" if council else hit.committee
    who = Text(f"{hit.speaker} · {body}, {hit.date:%-d %B %Y} · {clock(hit.start_s)}")
    if hit.kinds:
        who.append(f" · {', '.join(hit.kinds)}", "italic")
    if hit.words_overlapped:
        who.append(" · another voice is heard at the same time", "italic")
    console.print(Text(f"{number:>2}. ") + who)
    # on lines of their own: what was said before and after may be somebody else's words
    answered = f"{hit.answers_speaker}: {hit.answers}" if hit.answers else ""
    before = "" if hit.answers else hit.before
    around = (
        ("in answer to ", answered), ("before: ", before), ("", hit.text), ("after: ", hit.after),
    )  # fmt: skip
    for label, words in around:
        line = Text(f"{label}{words}", "dim") if label else Text(f"“{words}”", "bold")
        if words:
            console.print(Padding(line, (0, 0, 0, 4), expand=False))
    # without padding, which would cut it off at the width of the page
    console.print(Text(f"    {citation or hit.link}\n", "dim"), soft_wrap=True)


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
