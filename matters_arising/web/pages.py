"""What each page shows. A page is a function from its parameters to data, shown as HTML or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from matters_arising.errors import BadInputError
from transcripts.finding import KINDS
from transcripts.ladders import LEFT
from warehouse import listings, meeting, register
from warehouse import search as searching
from warehouse.citing import citations
from warehouse.life import life_of
from warehouse.query import Filters
from warehouse.reader import Reader

Data = dict[str, Any]
PAGE = 200  # utterances of a transcript at a time
OPENING = 3


def a_reader(request: Request) -> Iterator[Reader]:
    """The newest warehouse, for the length of one request."""
    with request.app.state.live.reader() as reader:
        yield reader


def filters(
    speaker: str = "",
    committee: str = "",
    meeting: str = "",
    item: str = "",
    kind: str = "",
    first: Annotated[str, Query(alias="from")] = "",
    last: Annotated[str, Query(alias="to")] = "",
) -> Filters:
    """What narrows a search or a listing; a field that a form leaves empty does not."""
    return Filters(
        speaker=speaker.strip(),
        committee=committee.strip(),
        meeting=meeting.strip(),
        item=item.strip(),
        kind=kind,
        first=_day("from", first),
        last=_day("to", last),
    )


def _day(name: str, value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip()) if value.strip() else None
    except ValueError:
        raise BadInputError(f"'{value}' is no day for '{name}'; write it as 2026-06-11") from None


Reading = Annotated[Reader, Depends(a_reader)]
Narrowed = Annotated[Filters, Depends(filters)]


def front(reader: Reading) -> Data:
    """What the archive holds, newest meeting first."""
    return {"holds": listings.holdings(reader), "meetings": listings.meetings(reader)[::-1]}


def search(
    request: Request,
    reader: Reading,
    narrowed: Narrowed,
    q: Annotated[str, Query(max_length=500)] = "",
    mode: str = "words",
    k: Annotated[int, Query(ge=1, le=100)] = 20,
    literal: bool = False,
) -> Data:
    """The hits of a question, or the form alone where nothing is asked."""
    result = None
    if q.strip():
        encode = request.app.state.encoder() if mode in ("meaning", "both") else None
        result = searching.search(
            reader, q, mode=mode, encode=encode, filters=narrowed, k=k, literal=literal
        )
    cited = citations(reader, result.hits) if result else []
    return {
        "question": q,
        "mode": mode,
        "literal": literal,
        "as_written": request.url.include_query_params(literal=True).query,
        "filters": narrowed,
        "result": result,
        "citations": cited,
    }


def one_meeting(
    reader: Reading,
    meeting_id: str,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    utterance: str = "",
    version: str = "",
) -> Data:
    """One meeting, with the page of its transcript that is asked for or holds ``utterance``."""
    speakers = meeting.speakers(reader, meeting_id)
    if utterance:
        offset = meeting.place_of(reader, meeting_id, utterance, version) // PAGE * PAGE
    said = meeting.transcript(reader, meeting_id, offset=offset, limit=PAGE + 1)
    only = Filters(meeting=meeting_id)
    return {
        "meeting": listings.meetings(reader, only)[0],
        "coverage": meeting.coverage(reader, meeting_id),
        "opening": meeting.opening(reader, meeting_id, OPENING),
        "speakers": speakers,
        "findings": {kind: listings.listing(reader, kind, only) for kind in KINDS},
        "transcript": said[:PAGE],
        "offset": offset,
        "previous_offset": max(0, offset - PAGE) if offset else None,
        "next_offset": offset + PAGE if len(said) > PAGE else None,
    }


def recommendations(
    reader: Reading,
    committee: str = "",
    addressee: str = "",
    year: str = "",
    state: str = "",
    words: str = "",
) -> Data:
    """The register: what was asked of whom, and what became of it; ``state`` may be ``all``."""
    every = state == "all"
    asked = register.RegisterFilters(
        committee.strip(), addressee.strip(), year.strip(), "" if every else state, words.strip()
    )
    found = register.register(reader, asked, today=date.today())
    shown = [e for e in found if every or e.recommendation not in LEFT]
    states = ("", *register.STATES, "all")
    return {"filters": asked, "state": state, "states": states, "recommendations": shown}


def floated(reader: Reading, narrowed: Narrowed) -> Data:
    """Every sentence that recommends something, agreed or not."""
    found = listings.listing(reader, "recommendation", narrowed)
    return {"filters": narrowed, "recommendations": found}


def recommendation(reader: Reading, reference: str) -> Data:
    """One recommendation: where it stands, each step with its evidence, what was said around it."""
    life = life_of(reader, reference)
    told = register.life(reader, reference, today=date.today())
    return {
        "recommendation": life.recommendation,
        "said": life.said,
        "proposed_later_mentions": life.later,
        "entry": told.entry,
        "events": told.events,
    }


# address (without .json), its JSON twin, template, what it shows
PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/", "/index.json", "front.html", front),
    ("/search", "/search.json", "search.html", search),
    ("/meeting/{meeting_id:path}", "/meeting/{meeting_id:path}.json", "meeting.html", one_meeting),
    ("/recommendations", "/recommendations.json", "recommendations.html", recommendations),
    ("/floated", "/floated.json", "floated.html", floated),
    (
        "/recommendation/{reference:path}",
        "/recommendation/{reference:path}.json",
        "recommendation.html",
        recommendation,
    ),
)
