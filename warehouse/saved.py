"""Searches that are kept, and what of their hits has been told already.

A hit is known again by where it was said: its recording and its seconds. Words, sentences and
their ids change when another engine hears the same meeting; what was said does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matters_arising.errors import BadInputError
from transcripts.found_again import APART_S, HALF
from warehouse import sql
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.search import Hit, search

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
MOST_HITS = 20_000  # of one search: more is no search but the archive

Span = tuple[float, float]  # seconds within a recording


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name. ``told``: the spans of the hits that were told, by recording.

    ``added`` and ``told_when`` are ISO 8601 with zone; ``told_when`` is empty until a first run.
    """

    name: str
    query: str
    filters: Filters = field(default_factory=Filters)
    added: str = ""
    told_when: str = ""
    told: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise BadInputError(
                f"'{self.name}' cannot name a saved search; use small letters, digits and hyphens, "
                "such as facial-recognition"
            )


def hits_of(reader: Reader, saved: SavedSearch) -> list[Hit]:
    """Every sentence that the search finds by its words, latest meeting first.

    A word that nobody has said yet is waited for: what only looks like it is no news.
    """
    found = search(
        reader, saved.query, mode="words", filters=saved.filters, k=MOST_HITS, put_right=False
    )
    return sorted(found.hits, key=lambda h: (-h.date.toordinal(), h.meeting_id, h.start_s))


def told_too_many(hits: Sequence[Hit]) -> str:
    """A sentence where a search found so many that not all of them are followed; else nothing."""
    if len(hits) < MOST_HITS:
        return ""
    return (
        f"only the {MOST_HITS:,} best sentences of this search are followed, and what is new may "
        "not be among them; ask for more words or for a part of the archive"
    )


def came_last(reader: Reader, hits: Sequence[Hit], most: int) -> list[Hit]:
    """At most so many of these hits, those whose transcripts came last, in the order given.

    News of a search is also what an old meeting says that was heard today.
    """
    loaded = sql.run(reader.con, "transcripts_as_loaded").fetchall()
    place = {str(version): n for n, (version,) in enumerate(loaded)}
    by_arrival = sorted(range(len(hits)), key=lambda n: -place.get(hits[n].transcript_version, -1))
    return [hits[n] for n in sorted(by_arrival[:most])]


def new_hits(saved: SavedSearch, hits: Sequence[Hit]) -> list[Hit]:
    """Those that were not told, whatever an engine has made of their words since."""
    known = recognised(saved, hits)
    return [hit for hit, span in zip(hits, known, strict=True) if span is None]


def recognised(saved: SavedSearch, hits: Sequence[Hit]) -> list[Span | None]:
    """For each hit the span under which it was told, None for a new one.

    A hit that shares half of the shorter of the two with a span is it, or a part of it. Captions
    run late, so that one close to a span that no other hit shares is it as well.
    """
    out = [_sharing(hit, saved.told.get(hit.recording_sha256, ())) for hit in hits]
    used = {(hit.recording_sha256, span) for hit, span in zip(hits, out, strict=True)}
    for at, hit in enumerate(hits):
        sha = hit.recording_sha256
        rest = [s for s in saved.told.get(sha, ()) if (sha, s) not in used]
        near = max(rest, key=lambda s: _shared(hit, s), default=None)
        if out[at] is None and near is not None and _shared(hit, near) > -APART_S:
            out[at] = near
            used.add((sha, near))
    return out


def _sharing(hit: Hit, spans: Sequence[Span]) -> Span | None:
    held = [s for s in spans if _shared(hit, s) >= HALF * min(hit.end_s - hit.start_s, s[1] - s[0])]
    return max(held, key=lambda s: _shared(hit, s), default=None)


def _shared(hit: Hit, span: Span) -> float:
    """Seconds that a hit has in common with a span; below 0, those between them."""
    return min(hit.end_s, span[1]) - max(hit.start_s, span[0])


def told_now(saved: SavedSearch, hits: Sequence[Hit]) -> dict[str, tuple[Span, ...]]:
    """What has been told once these are told too."""
    spans = {sha: set(held) for sha, held in saved.told.items()}
    for hit in hits:
        span = (round(hit.start_s, 2), round(hit.end_s, 2))
        spans.setdefault(hit.recording_sha256, set()).add(span)
    return {sha: tuple(sorted(held)) for sha, held in sorted(spans.items())}
