"""The options that turn the language-model reader on, and what it did, in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from models.reader.account import Reading
    from models.reader.choice import ReaderChoice


def reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``reader``: what was asked for on the command line, by name."""

    @click.option(
        "--reader",
        "reader_url",
        metavar="URL",
        help="Have a language model read too: an OpenAI-compatible endpoint (…/v1).",
    )
    @click.option("--reader-model", metavar="NAME", help="The reader's model, as it calls it.")
    @click.option(
        "--reader-price-in", type=click.FloatRange(min=0), help="Price of a million tokens read."
    )
    @click.option(
        "--reader-price-out",
        type=click.FloatRange(min=0),
        help="Price of a million tokens written.",
    )
    @click.option(
        "--reader-budget",
        type=click.IntRange(min=0),
        help="Tokens a meeting, after which the reader stops.",
    )
    @click.option("--no-reader", is_flag=True, help="No reader, whatever the settings say.")
    @wraps(command)
    def wrapped(*args: Any, no_reader: bool, **rest: Any) -> Any:
        asked = {k: rest.pop(k) for k in list(rest) if k.startswith("reader_")}
        if no_reader:
            asked = {"reader_url": ""}
        return command(*args, reader=asked, **rest)

    return wrapped


def announce(reader: ReaderChoice | None) -> None:
    """Says on standard error that a model reads, and where: it never does so unseen."""
    if reader is not None:
        click.echo(f"reader: {reader}", err=True)


def reading_line(reading: Reading) -> str:
    """What the reader did in one meeting, in words; what failed stands in the meeting's note."""
    usage = reading.usage
    kept = f" ({reading.kept} kept from before)" if reading.kept else ""
    retries = f" ({usage.retries} again)" if usage.retries else ""
    tokens = f"{usage.prompt_tokens} + {usage.completion_tokens} tokens"
    unknown = f" ({usage.unreported} requests told none)" if usage.unreported else ""
    cost = "" if reading.cost is None else f", cost {reading.cost:.4f}"
    lost = sum(reading.dropped.values())
    why = ", ".join(f"{n} × {reason}" for reason, n in reading.dropped.items())
    return (
        f"reader: {reading.model}, {reading.parts} parts{kept}, {usage.requests} requests{retries},"
        f" {tokens}{unknown}{cost}, {usage.seconds:.0f} s; quotes: {reading.quotes} stand, "
        f"{lost} dropped{f': {why}' if why else ''}"
    )
