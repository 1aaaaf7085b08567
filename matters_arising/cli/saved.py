"""``matters saved``: searches that are kept, and what is new of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matters_arising.cli.links import followed
from matters_arising.cli.narrowing import narrowed
from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_json, emit, listing_options, plain, printable
from matters_arising.cli.search import hit_columns
from matters_arising.errors import BadInputError
from transcripts.times import clock

if TYPE_CHECKING:
    from warehouse.query import Filters
    from warehouse.search import Hit

PAGES = "http://127.0.0.1:8321"


@click.group()
def saved() -> None:
    """Keep searches, be told only what is new of them, and write feeds.

    They lie in saved-searches.json in the home folder. What was told is known again by where it
    was said, so that a meeting heard anew by another engine brings nothing back as news.

    \b
    Examples:
      matters saved add damp '"damp and mould"' --committee HSC
      matters saved run damp
      matters saved feed damp --format atom > damp.atom
    """


@saved.command()
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.option("--exact", is_flag=True, help="The words exactly so, one after another.")
@narrowed
@with_home
def add(name: str, query: tuple[str, ...], exact: bool, filters: Filters, home: Path) -> None:
    """Keep a search under a name: small letters, digits and hyphens.

    It finds what 'matters search --mode words' finds; words in double quotes must stand in a hit
    exactly so.

    \b
    Examples:
      matters saved add damp '"damp and mould"' --committee HSC
      matters saved add licensing selective licensing --exact --from 2026-05-01
    """
    from warehouse.reader import open_reader
    from warehouse.saved import SavedSearch, hits_of, told_too_many
    from warehouse.saved_file import add as keep

    words = f'"{" ".join(query)}"' if exact else " ".join(query)
    with open_reader(home) as reader:
        hits = hits_of(reader, SavedSearch(name, words, filters))
    keep(home, name, words, filters)
    click.echo(f"saved as {name}; it finds {len(hits)} sentence{'s'[: len(hits) != 1]} now")
    _warn(told_too_many(hits))


@saved.command("list")
@listing_options
@with_home
def list_(output: str, home: Path) -> None:
    """List the saved searches.

    \b
    Example:
      matters saved list
    """
    from warehouse.saved_file import all_saved, filters_as_dict

    rows = [
        {
            "name": s.name,
            "query": s.query,
            "only": plain([f"{k} {v}" for k, v in filters_as_dict(s.filters).items()]),
            "added": s.added,
            "told_when": s.told_when,
            "told": sum(map(len, s.told.values())),
        }
        for s in all_saved(home)
    ]
    emit(rows, output, ("name", "query", "only", "told", "told_when"), empty="no saved searches")


@saved.command()
@click.argument("name")
@click.option("--cite", is_flag=True, help="With each, a line by which it can be cited.")
@listing_options
@with_home
def run(name: str, cite: bool, output: str, home: Path) -> None:
    """Tell what is new of a saved search since it was last told.

    \b
    Examples:
      matters saved run damp
      matters saved run damp --json
    """
    from warehouse.citing import citations
    from warehouse.reader import open_reader
    from warehouse.saved import hits_of, new_hits, told_too_many
    from warehouse.saved_file import saved as of_name
    from warehouse.saved_file import tell
    from warehouse.scope import scope

    search = of_name(home, name)
    with open_reader(home) as reader:
        hits = hits_of(reader, search)
        new = [followed(hit) for hit in new_hits(search, hits)]
        cited = citations(reader, new) if cite else [""] * len(new)
        searched = scope(reader, search.filters).line
    rows = [asdict(h) | ({"citation": c} if c else {}) for h, c in zip(new, cited, strict=True)]
    if output == "table":
        _print(new, cited)
        click.echo(f"{len(new)} new of {search.query}. {searched}.")
    elif output == "json":
        click.echo(as_json(rows))
    else:
        emit(rows, output, (), every=hit_columns(cite=cite))
    _warn(told_too_many(hits))
    tell(home, name, new)  # last: what could not be printed was not told


def _warn(fault: str) -> None:
    if fault:
        click.echo(f"warning: {fault}", err=True)


def _print(new: list[Hit], cited: list[str]) -> None:
    for hit, citation in zip(new, cited, strict=True):
        where = f"{hit.committee}, {hit.date:%-d %B %Y} · {clock(hit.start_s)}"
        whose = citation or f"{hit.speaker} · {where} · {hit.link}"
        click.secho(printable(f"“{hit.text}”"), bold=True)
        click.secho(f"    {printable(whose)}\n", dim=True)


@saved.command()
@click.argument("name")
@with_home
def remove(name: str, home: Path) -> None:
    """Forget a saved search, and what was told of it.

    \b
    Example:
      matters saved remove damp
    """
    from warehouse.saved_file import remove as forget

    forget(home, name)
    click.echo(f"removed {name}")


@saved.command()
@click.argument("name")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["atom", "rss", "json"]),
    default="atom",
    show_default=True,
    help="Atom 1.0, RSS 2.0 or JSON Feed 1.1.",
)
@click.option(
    "--address", default=PAGES, show_default=True, metavar="URL", help="Where the pages are served."
)
@with_home
def feed(name: str, format_: str, address: str, home: Path) -> None:
    """Print the latest of a saved search as a feed; nothing counts as told by it.

    The pages serve the same: /saved/NAME.atom, .rss and .json.

    \b
    Examples:
      matters saved feed damp > damp.atom
      matters saved feed damp --format json --address https://archive.example.org
    """
    from matters_arising.web.addresses import playable
    from matters_arising.web.feeds import FORMATS, feed_of
    from warehouse.reader import open_reader
    from warehouse.saved_file import saved as of_name

    if not playable(address):
        raise BadInputError(f"'{address}' is no address on the web; give one with http or https")
    search = of_name(home, name)
    with open_reader(home) as reader:
        made = feed_of(reader, search, address.rstrip("/"), format_)
    click.echo(FORMATS[format_][0](made), nl=False)
