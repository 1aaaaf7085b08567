"""The page of a search: its hits a page at a time, what parts of the archive they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request

from matters_arising.web.reading import Data, Narrowed, Reading
from warehouse import search as searching
from warehouse.citing import citations
from warehouse.query import Filters, parse, with_fields
from warehouse.search import Hit, SearchResult
from warehouse.tokens import holds_phrase
from warehouse.withheld import check_nothing_withheld_since

COUNTED = 100  # the best hits, of which the parts are counted
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
    offset: Annotated[int, Query(ge=0, le=COUNTED)] = 0,
    literal: bool = False,
) -> Data:
    """``k`` hits of a question from ``offset`` on, or the form alone where nothing is asked.

    ``narrower`` counts the best ``COUNTED`` hits by committee, year, kind and speaker.
    """
    found: tuple[Hit, ...] = ()
    result = None
    if q.strip():
        check_nothing_withheld_since(reader)
        encode = request.app.state.encoder() if mode in ("meaning", "both") else None
        whole = searching.search(
            reader, q, mode=mode, encode=encode, filters=narrowed, k=COUNTED, literal=literal
        )
        found = whole.hits
        result = replace(whole, hits=found[offset : offset + k])
    return {
        "question": q,
        "mode": mode,
        "literal": literal,
        "as_written": request.url.include_query_params(literal=True).query,
        "filters": narrowed,
        "result": result,
        "citations": citations(reader, result.hits) if result else [],
        "counted": len(found),
        "most_counted": COUNTED,
        "narrower": _parts(request, found),
        "phrase": _phrase(q, narrowed, found),
        **_pages(request, result, found, offset, k),
    }


def _parts(request: Request, found: Sequence[Hit]) -> dict[str, list[Part]]:
    """Speakers stand in the order of the alphabet: how often somebody is found ranks nobody."""
    days = Counter(str(h.date.year) for h in found)
    return {
        "committee": _counts(request, "committee", (h.committee for h in found)),
        "year": [
            Part(year, hits, _address(request, **{"from": f"{year}-01-01", "to": f"{year}-12-31"}))
            for year, hits in sorted(days.items(), reverse=True)
        ],
        "kind": _counts(request, "kind", (kind for h in found for kind in h.kinds)),
        "speaker": sorted(
            _counts(request, "speaker", (h.person for h in found if h.person)),
            key=lambda part: part.name.casefold(),
        ),
    }


def _counts(request: Request, field: str, names: Iterable[str]) -> list[Part]:
    counts = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    return [Part(name, hits, _address(request, **{field: name})) for name, hits in counts]


def _address(request: Request, **changed: object) -> str:
    """This search with other values; from its first page."""
    kept = {name: value for name, value in request.query_params.items() if value}
    asked = {**kept, **changed}
    asked.pop("offset", None) if "offset" not in changed else None
    return f"/search?{urlencode(asked)}"


def _pages(
    request: Request, result: SearchResult | None, found: Sequence[Hit], offset: int, k: int
) -> Data:
    more = result is not None and offset + k < len(found)
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
