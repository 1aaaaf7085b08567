"""The page that says what machines did, how often they err, and how to ask for a correction."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from fastapi import Request

from matters_arising import __version__
from matters_arising.web.reading import Data, Reading
from warehouse import committees, listings

TASKS = {
    "speech": "wrote down the words",
    "regions": "told where somebody speaks",
    "turns": "told when the speaker changes",
    "names": "gave voices their names, where there was evidence",
    "known voices": "compared voices with those that were enrolled",
    "transcript": "put words, voices, sentences and agenda together",
    "findings": "found concerns, recommendations, undertakings, decisions and follow-ups",
    "vectors": "made sentences comparable by what they mean",
}


@cache
def measured() -> list[dict[str, str]]:
    """What was measured of the program: ``what``, ``on``, ``figure``."""
    written = files("matters_arising.web").joinpath("measured.json").read_text(encoding="utf-8")
    return list(json.loads(written))


def about(request: Request, reader: Reading) -> Data:
    """How this archive was made."""
    return {
        "version": __version__,
        "holds": reader.total("holdings", listings.holdings),
        "covered": reader.total("covered", committees.covered),
        "engines": reader.total("engines", committees.engines_used),
        "tasks": TASKS,
        "measured": measured(),
        "recordings_played": request.app.state.recordings,
        "contact": request.app.state.contact,
        "form_for_corrections": request.app.state.desk.open,
    }


# address (without .json), its JSON twin, template, what it shows
ABOUT_PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/about", "/about.json", "about.html", about),
)
