"""How values are shown on a page: escaped always, clickable only where that is safe."""

from __future__ import annotations

import re
from datetime import date
from math import floor
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from matters_arising.web.addresses import (
    anchor,
    meeting_address,
    playable,
    said_address,
    utterance_address,
)
from matters_arising.web.tutorials import as_html
from transcripts.states import in_words
from transcripts.times import clock
from warehouse.office import key_of

REFERENCE = re.compile(r"(\b[A-Za-z0-9&-]{1,20}/\d{4}-\d{2}/\d{1,6}\b)")
AGREED = {True: "agreed in the meeting", False: "not agreed", None: "no decision was heard"}


def environment() -> Environment:
    """The templates; every value is escaped, and one that is missing is a fault, not a blank."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"clock": clock, "day": day, "share": share, "agreed": AGREED.__getitem__}
    made.filters |= {"words": in_words, "rate": rate, "marked": marked, "plural": plural}
    made.filters |= {"short": short, "isoday": isoday, "mended": mended}
    made.filters |= {"referred": referred}
    made.globals |= {
        "anchor": anchor,
        "meeting_address": meeting_address,
        "utterance_address": utterance_address,
        "said_address": said_address,
        "key_of": key_of,
        "tutorial_html": as_html,
    }
    made.tests["playable"] = playable
    return made


def mended(text: str, heard: str | None) -> str:
    """``“penrows” as “Penrose”``: the words of a text that were heard otherwise, each once."""
    words, others = text.split(), (heard or text).split()
    if len(words) != len(others):  # one of them holds a name that is withheld
        return ""
    pairs = dict.fromkeys((o, w) for o, w in zip(others, words, strict=True) if o != w)
    return ", ".join(f"“{other}” as “{word}”" for other, word in pairs)


def day(value: date) -> str:
    """``11 June 2026``."""
    return f"{value:%-d %B %Y}"


def isoday(value: str) -> str:
    """``2026-06-11`` as people write it; anything else as it is."""
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def share(value: float | None) -> str:
    """``93%``, or that nobody measured it; 99.7 % is not all of it."""
    if value is None:
        return "not measured"
    return f"{floor(value * 1000) / 10}%" if 0.995 <= value < 1 else f"{value:.0%}"


def rate(value: float | None) -> str:
    """A rate for people: ``12.35``, ``0.0123``, or a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.2f}" if value >= 1 else f"{value:.3g}"


def marked(text: str, words: str) -> Markup:
    """A text, escaped, in which the words that were looked for are marked."""
    if not words.strip():
        return escape(text)
    parts = re.split(f"({re.escape(words.strip())})", text, flags=re.IGNORECASE)
    found = (
        Markup("<mark>{}</mark>").format(p) if n % 2 else escape(p) for n, p in enumerate(parts)
    )
    return Markup("").join(found)


def referred(text: str, pages: str = "/recommendation/") -> Markup:
    """A text, escaped, in which every reference of a recommendation leads to its page."""
    parts = REFERENCE.split(text)
    link = Markup('<a href="{}{}">{}</a>').format
    found = (link(pages, quote(p), p) if n % 2 else escape(p) for n, p in enumerate(parts))
    return Markup("").join(found)


def plural(count: int, name: str) -> str:
    """``1 meeting``, ``2,140 meetings``."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def short(text: str, length: int = 200) -> str:
    """The beginning of a text, cut between words: for descriptions that others show."""
    whole = " ".join(text.split())
    if len(whole) <= length:
        return whole
    return whole[:length].rsplit(" ", 1)[0] + " …"
