"""Searching what was said: by words, by meaning, or both; every hit a verbatim sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from transcripts.finding import KINDS
from warehouse import sql
from warehouse.answered import answered
from warehouse.comparing import strength
from warehouse.counting import Counts, WordForWord, counted
from warehouse.expansion import Reading
from warehouse.hits import Hit as Hit
from warehouse.hits import hits
from warehouse.matching import Encode, Ranked, rank, understood
from warehouse.names import committee_called
from warehouse.narrowing import allowed, narrowing
from warehouse.query import Filters, Query, with_fields
from warehouse.reader import Reader

MODES = ("words", "meaning", "both")
NEAREST = 3  # sentences below the bar that are shown where nothing was found by meaning


@dataclass(frozen=True, slots=True)
class Searched:
    """What part of the archive an answer speaks for."""

    meetings: int
    sentences: int
    hours: float
    share_transcribed: float | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits, best first, and an honest account of what was searched.

    ``not_said`` are words of the question that stand nowhere in the archive. ``nearest`` are
    sentences below the bar, given only where nothing was found, and no answer. ``readings`` tell
    how the question was read: whom it favours, which spellings were searched for too; asked
    literally, all of that is left out. ``strength`` is what the best of it is worth beside
    the hits of other archives. ``counts`` are there where they were asked for. ``hold_only`` is
    what the hits of a search by words hold of what was asked for, where that is not all.
    """

    hits: tuple[Hit, ...]
    searched: Searched
    not_said: tuple[str, ...] = ()
    nearest: tuple[Hit, ...] = ()
    readings: tuple[Reading, ...] = ()
    strength: float = 0.0
    counts: Counts | None = None
    hold_only: tuple[str, ...] = ()


def search(
    reader: Reader,
    query: str,
    *,
    mode: str = "words",
    encode: Encode | None = None,
    filters: Filters | None = None,
    k: int = 10,
    offset: int = 0,
    literal: bool = False,
    count: bool = False,
    put_right: bool = True,
) -> SearchResult:
    """The ``k`` best sentences after the first ``offset``, or as many as there are.

    ``encode`` turns the question into a vector and is needed for ``meaning`` and ``both``.
    Words in double quotes must stand in a hit exactly so; ``language`` tells what else a question
    may demand. ``literal`` takes every word as it is written; ``count`` counts all that match;
    without ``put_right`` a word that nobody said finds nothing, whatever slip it may be.
    Raises UnknownValueError for a mode or kind that is none, NotInArchiveError for a meeting,
    committee or speaker that is not held, BadInputError for a question that cannot be read.
    """
    text, narrowed = with_fields(query, filters or Filters())
    if query.strip() and not text.strip():
        raise BadInputError(
            f"'{query}' only narrows the archive; add what to look for in it, as in {query} damp"
        )
    asked = understood(reader, text, literal=literal)
    _check(asked.query, mode, encode)
    narrowed = settled(reader, narrowed)
    ranked = rank(
        reader,
        asked,
        mode=mode,
        encode=encode,
        filters=narrowed,
        allowed=allowed(reader, narrowed),
        least=offset + k,
        put_right=put_right,
    )
    order, below = ranked.order(), ranked.below
    if not answered(asked.query, ranked, mode):
        order, below = order[:0], order if len(order) else below
    every = ranked.every() if count and len(order) else order[:0]
    said = WordForWord(reader, asked.query)
    best = said.first(order, offset + k)[offset:]
    partly = best and mode == "words" and asked.query.tree is None
    return SearchResult(
        _hits(reader, ranked, best),
        _searched(reader, narrowed),
        ranked.not_said,
        _hits(reader, ranked, below[:NEAREST].tolist()),
        ranked.readings,
        strength(ranked),
        counted(reader, every, asked.query, said) if count else None,
        ranked.lacking(best) if partly else (),
    )


def _check(query: Query, mode: str, encode: Encode | None) -> None:
    if mode not in MODES:
        raise UnknownValueError("way of searching", mode, MODES)
    if mode != "words" and encode is None:
        raise ValueError(f"mode '{mode}' needs an encode function")
    if query.empty:
        raise BadInputError(f"'{query.text}' holds no word to search for; give at least one")


def settled(reader: Reader, filters: Filters) -> Filters:
    """The filters with a committee's whole title where a part of it was given.

    Raises where one names what the archive does not hold, for finding nothing would mislead:
    UnknownValueError, NotInArchiveError, and BadInputError for days or a part that fit nothing.
    """
    if filters.kind and filters.kind not in KINDS:
        raise UnknownValueError("kind of finding", filters.kind, KINDS)
    if filters.first and filters.last and filters.first > filters.last:
        raise BadInputError(
            f"no day is from {filters.first} on and not after {filters.last}; give the earlier day "
            "first"
        )
    for what in ("meeting", "committee", "speaker"):
        value = getattr(filters, what)
        if value and not sql.run(reader.con, f"known_{what}", value=value).fetchone():
            known = [str(name) for (name,) in sql.run(reader.con, f"all_{what}s").fetchall()]
            if what != "committee":
                raise NotInArchiveError(what, value, known)
            filters = replace(filters, committee=_committee(value, known))
    return filters


def _committee(value: str, known: Sequence[str]) -> str:
    """The one committee in whose title the words stand."""
    called = committee_called(value, known)
    if len(called) > 1:
        raise BadInputError(f"'{value}' may be {' or '.join(called)}; give more of the title")
    if not called:
        raise NotInArchiveError("committee", value, known)
    return called[0]


def _searched(reader: Reader, filters: Filters) -> Searched:
    known = reader.index.searched.get(filters)
    if known is None:
        (row,) = sql.rows(reader.con, "searched", **narrowing(filters))
        known = Searched(**row)  # type: ignore[arg-type]
        if not filters.narrow:  # the commonest, and as true as this generation is
            reader.index.searched[filters] = known
    return cast(Searched, known)


def _hits(reader: Reader, ranked: Ranked, best: Sequence[int]) -> tuple[Hit, ...]:
    """Fetches sentences with what they scored."""
    scores = {
        sid: {
            "score": ranked.matches.of(sid),
            "words": ranked.words.of(sid),
            "meaning": ranked.meaning.of(sid),
        }
        for sid in best
    }
    return hits(reader, best, scores)
