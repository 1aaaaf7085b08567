"""The states of a recommendation, as data: in the room, in the answer, in the doing.

Three ladders that are never mixed: what the committee did, what whoever was asked answered, and
what was done. ``accepted_in_principle`` is a state of its own, and ``disputed`` stands beside
another one, never in its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

# a reply came, so nobody is late by it; the answer itself is still looked for
REPLIED = frozenset(("deferred", "interim"))
LADDERS = ("recommendation", "response", "implementation")
DISPUTED = "disputed"
# derived from what is known on a day; nobody says or decides them
DERIVED = frozenset(("none_found", "awaiting", "not_started", "overdue"))


@cache
def states() -> Mapping[str, tuple[str, ...]]:
    """The states of each ladder, in the order in which they are usually reached."""
    return {ladder: tuple(_read()[ladder]) for ladder in LADDERS}


@cache
def unanswered() -> frozenset[str]:
    """The states of a response that leave the answer to be looked for."""
    return frozenset(_read()["unanswered"])


@cache
def _read() -> Mapping[str, list[str]]:
    text = files("transcripts").joinpath("states.json").read_text(encoding="utf-8")
    read: Mapping[str, list[str]] = json.loads(text)
    return read


@cache
def ladder_of(state: str) -> str:
    """Which ladder a state is on; ValueError for any other word."""
    for ladder, names in states().items():
        if state in names:
            return ladder
    raise ValueError(
        f"state '{state}' is none of {', '.join(s for n in states().values() for s in n)}"
    )


def in_words(state: str) -> str:
    """A state as people read it: ``accepted in part``."""
    return state.replace("_", " ")
