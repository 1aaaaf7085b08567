"""Saved searches as feeds: read from what is saved, never changed by being read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import Annotated
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response

from matters_arising.errors import NotInArchiveError
from matters_arising.web.addresses import said_address
from matters_arising.web.reading import a_reader
from transcripts.feeds import Entry, Feed, as_atom, as_json_feed, as_rss
from transcripts.ledger import withheld_names
from transcripts.times import clock
from warehouse.citing import citations
from warehouse.masking import Masker
from warehouse.reader import Reader
from warehouse.saved import SavedSearch, Span, came_last, hits_of, recognised
from warehouse.saved_file import all_saved, filters_as_dict
from warehouse.search import Hit
from warehouse.withheld import check_nothing_withheld_since

FORMATS: dict[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (as_atom, "application/atom+xml"),
    "rss": (as_rss, "application/rss+xml"),
    "json": (as_json_feed, "application/feed+json"),
}
MOST_ENTRIES = 100  # that came last; a feed is news, the archive is searched elsewhere
OURS = uuid5(NAMESPACE_URL, "urn:matters-arising:hit")


def feed_of(reader: Reader, search: SavedSearch, address: str, format: str) -> Feed:
    """The hits of a search that came into the archive last.

    ``address`` is where the pages are, without a slash at the end.
    The id of an entry is made of the recording and the seconds under which it was first told, so
    that a transcript by another engine brings nothing back as news.
    """
    hits = hits_of(reader, search)
    known = dict(zip(hits, recognised(search, hits), strict=True))
    shown = came_last(reader, hits, MOST_ENTRIES)
    spans = [known[hit] for hit in shown]
    parts = zip(shown, citations(reader, shown), _ids(shown, spans), strict=True)
    entries = tuple(_entry(*part, address) for part in parts)
    return Feed(
        f"urn:uuid:{uuid5(OURS, f'{search.name} {search.added}')}",
        f"{search.query} – Matters Arising",
        f"{address}/search?{urlencode({'q': search.query} | filters_as_dict(search.filters))}",
        f"{address}/saved/{search.name}.{format}",
        max((e.published for e in entries), default=datetime.fromisoformat(search.added)),
        entries,
    )


def _ids(hits: Sequence[Hit], spans: Sequence[Span | None]) -> list[str]:
    """An id a hit; where two share what was told as one, the second goes by its own seconds."""
    out: list[str] = []
    for hit, span in zip(hits, spans, strict=True):
        starts = [*([span[0]] if span else []), hit.start_s]
        made = [f"urn:uuid:{uuid5(OURS, f'{hit.recording_sha256} {s:.2f}')}" for s in starts]
        out.append(next((id for id in made if id not in out), f"{made[-1]}#{hit.sentence_id}"))
    return out


def _entry(hit: Hit, citation: str, id: str, address: str) -> Entry:
    where = said_address(hit.meeting_id, hit.transcript_version, hit.utterance_id)
    return Entry(
        id,
        f"{hit.speaker}, {hit.committee}, {hit.date:%-d %B %Y}, {clock(hit.start_s)}",
        f"“{hit.text}”\n\n{citation}",
        f"{address}{where}",
        hit.speaker,
        datetime.combine(hit.date, time(), UTC),
    )


def _to_be_shown(request: Request, reader: Reader, name: str) -> SavedSearch:
    """A saved search, unless it asks for a name that is withheld: the feed would say it.

    Raises NotInArchiveError, which lists none: what others look for is their own affair.
    """
    found = next((s for s in all_saved(reader.path.parent) if s.name == name), None)
    masker = Masker((), withheld_names(request.app.state.desk.lines.standing()))
    asked = [found.query, *filters_as_dict(found.filters).values()] if found else []
    if found is None or any(masker.text(words) != words for words in asked):
        raise NotInArchiveError("saved search", name, None)
    return found


def add_feeds(app: FastAPI) -> None:
    """The addresses ``/saved/NAME.atom``, ``.rss`` and ``.json``."""
    for format in FORMATS:
        path = f"/saved/{{name}}.{format}"
        app.add_api_route(path, _route(format), methods=["GET", "HEAD"], response_model=None)


def _route(format: str) -> Callable[..., Response]:
    def feed(request: Request, reader: Annotated[Reader, Depends(a_reader)], name: str) -> Response:
        check_nothing_withheld_since(reader)
        search = _to_be_shown(request, reader, name)
        write, kind = FORMATS[format]
        address = str(request.base_url).rstrip("/")
        return Response(write(feed_of(reader, search, address, format)), media_type=kind)

    return feed
