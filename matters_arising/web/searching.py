"""The page of a search: its hits a page at a time, what parts of the archive they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request

from matters_arising.web.reading import Data, Narrowed, Reading
from warehouse import search as searching
from warehouse.citing import citations
from warehouse.query import Filters, parse, with_fields
from warehouse.search import Hit
from warehouse.tokens import holds_phrase
from warehouse.withheld import check_nothing_withheld_since

DEEPEST = 10_000  # how far the hits of one question may be turned over
LONGEST_PHRASE = 5  # words whose number over time is drawn


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the archive in which hits stand, and the address of the search narrowed to it."""

    name: str
    hits: int
    address: str


def search(
    request: Request,
    reader: Reading,
    narrowed: Narrowed,
    q: Annotated[str, Query(max_length=500)] = "",
    mode: str = "words",
    k: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=DEEPEST)] = 0,
    literal: bool = False,
) -> Data:
    """``k`` hits of a question from ``offset`` on, or the form alone where nothing is asked.

    ``narrower`` counts all sentences that match by committee, year, kind and speaker; ``counted``
    is their number, at least, where ``counted_all`` is false.
    """
    result = None
    if q.strip():
        check_nothing_withheld_since(reader)
        encode = request.app.state.encoder() if mode in ("meaning", "both") else None
        result = searching.search(
            reader, q, mode=mode, encode=encode, filters=narrowed, k=k, offset=offset,
            literal=literal, count=True,
        )  # fmt: skip
    hits, counts = (result.hits, result.counts) if result else ((), None)
    counted = counts.sentences if counts else 0
    return {
        "question": q,
        "mode": mode,
        "literal": literal,
        "as_written": request.url.include_query_params(literal=True).query,
        "filters": narrowed,
        "result": replace(result, counts=None) if result else None,
        "citations": citations(reader, hits),
        "counted": counted,
        "counted_all": counts.whole if counts else True,
        "narrower": _parts(request, counts.parts if counts else {}),
        "phrase": _phrase(q, narrowed, hits),
        **_pages(request, offset, k, len(hits) == k and min(counted, DEEPEST) > offset + k),
    }


def _parts(request: Request, parts: Mapping[str, Mapping[str, int]]) -> dict[str, list[Part]]:
    """Speakers stand in the order of the alphabet: how often somebody is found ranks nobody."""
    years = sorted(parts.get("year", {}).items(), reverse=True)
    return {
        "committee": _most_first(request, "committee", parts),
        "year": [
            Part(year, hits, _address(request, **{"from": f"{year}-01-01", "to": f"{year}-12-31"}))
            for year, hits in years
        ],
        "kind": _most_first(request, "kind", parts),
        "speaker": sorted(
            _most_first(request, "speaker", parts), key=lambda part: part.name.casefold()
        ),
    }


def _most_first(request: Request, field: str, parts: Mapping[str, Mapping[str, int]]) -> list[Part]:
    counts = sorted(parts.get(field, {}).items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    return [Part(name, hits, _address(request, **{field: name})) for name, hits in counts]


def _address(request: Request, **changed: object) -> str:
    """This search with other values; from its first page."""
    kept = {name: value for name, value in request.query_params.items() if value}
    asked = {**kept, **changed}
    asked.pop("offset", None) if "offset" not in changed else None
    return f"/search?{urlencode(asked)}"


def _pages(request: Request, offset: int, k: int, more: bool) -> Data:
    return {
        "offset": offset,
        "previous_page": _address(request, offset=max(0, offset - k)) if offset else "",
        "next_page": _address(request, offset=offset + k) if more else "",
    }


def _phrase(q: str, narrowed: Filters, found: Sequence[Hit]) -> str:
    """What the question is about where that is one phrase that was said, to be drawn over time."""
    text, _ = with_fields(q, narrowed)
    query = parse(text)
    if query.tree is not None or len(query.phrases) > 1:
        return ""
    subject = (
        query.phrases[0] if query.phrases else tuple(w for p in query.subject for w in p.words)
    )
    said = 0 < len(subject) <= LONGEST_PHRASE and any(holds_phrase(h.text, subject) for h in found)
    return " ".join(subject) if said else ""


# address (without .json), its JSON twin, template, what it shows
SEARCH_PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/search", "/search.json", "search.html", search),
)
