"""How values are shown on a page: escaped always, clickable only where that is safe."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from transcripts.states import in_words

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
    made.filters |= {"words": in_words, "rate": rate}
    made.tests["playable"] = playable
    return made


def clock(seconds: float) -> str:
    """``3725.4`` → ``1:02:05``, the way players show it."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"


def day(value: date) -> str:
    """``11 June 2026``."""
    return f"{value:%-d %B %Y}"


def share(value: float | None) -> str:
    """``93%``, or that nobody measured it."""
    return "not measured" if value is None else f"{value:.0%}"


def rate(value: float | None) -> str:
    """A rate for people: ``12.35``, ``0.0123``, or a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.2f}" if value >= 1 else f"{value:.3g}"


def playable(link: Any) -> bool:
    """Whether a link out of a meeting file may be clicked: it leads to a web address.

    The path of a recording is none, because these pages do not hand out recordings.
    """
    try:
        parts = urlsplit(str(link))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
