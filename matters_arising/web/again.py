"""A page with a form, shown again filled in where what was asked cannot be answered.

A name that is not held is mostly a slip: whoever made it is told so above what they typed, and
corrects one letter instead of beginning anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from matters_arising.web.reading import Data
from warehouse.query import Filters
from warehouse.register import STATES, RegisterFilters
from warehouse.trends import BY

Asked = Mapping[str, str]
LONGEST = 500  # letters of a field that are shown again; no form takes more


def form_again(path: str, query: Asked, sentence: str) -> tuple[str, Data] | None:
    """The template of the page at a path and its data without an answer; None where no form is."""
    if path not in FORMS:
        return None
    template, typed = FORMS[path]
    asked = {name: value.strip()[:LONGEST] for name, value in query.items()}
    return template, typed(asked) | {"fault": sentence, **NO_PAGES}


NO_PAGES: Data = {"offset": 0, "previous_offset": None, "next_offset": None}


def _filters(asked: Asked) -> Filters:
    return Filters(
        speaker=asked.get("speaker", ""),
        committee=asked.get("committee", ""),
        meeting=asked.get("meeting", ""),
        item=asked.get("item", ""),
        kind=asked.get("kind", ""),
        first=_day(asked.get("from", "")),
        last=_day(asked.get("to", "")),
    )


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _search(asked: Asked) -> Data:
    return {
        "question": asked.get("q", ""),
        "mode": asked.get("mode", "words"),
        "filters": _filters(asked),
        "result": None,
    }


def _concordance(asked: Asked) -> Data:
    return {"question": asked.get("q", ""), "filters": _filters(asked), "scope": None}


def _trends(asked: Asked) -> Data:
    counted = {"by": asked.get("by", "month"), "ways": BY, "trends": None}
    return _concordance(asked) | counted


def _recommendations(asked: Asked) -> Data:
    narrowed = RegisterFilters(
        committee=asked.get("committee", ""),
        addressee=asked.get("addressee", ""),
        year=asked.get("year", ""),
        words=asked.get("words", ""),
    )
    return {
        "filters": narrowed,
        "state": asked.get("state", ""),
        "states": ("", *STATES, "all"),
        "recommendations": (),
    }


# address, template, what it needs to show what was typed
FORMS: Mapping[str, tuple[str, Callable[[Asked], Data]]] = {
    "/search": ("search.html", _search),
    "/concordance": ("concordance.html", _concordance),
    "/trends": ("trends.html", _trends),
    "/recommendations": ("recommendations.html", _recommendations),
}
