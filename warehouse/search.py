"""Searching what was said: by words, by meaning, or both; every hit a verbatim sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import cast

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from transcripts.finding import KINDS
from warehouse import sql, tokens
from warehouse.answered import answered
from warehouse.expansion import Reading
from warehouse.frame import Ints
from warehouse.matching import Encode, Ranked, rank, understood
from warehouse.narrowing import allowed, narrowing
from warehouse.query import Filters, Query, with_fields
from warehouse.reader import Reader

MODES = ("words", "meaning", "both")
NEAREST = 3  # sentences below the bar that are shown where nothing was found by meaning
READ_AT_ONCE = 500


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
class Hit:
    """One sentence, word for word, with what stands around it and where to hear it.

    ``words`` is its BM25, ``meaning`` its cosine with the question; absent where not asked for.
    ``machine_made`` is false only where a person said who speaks; the words are always a machine's.
    """

    sentence_id: str
    text: str
    before: str
    after: str
    speaker: str
    person: str | None
    attribution: str
    machine_made: bool
    meeting_id: str
    title: str
    committee: str
    date: date
    item: str
    item_title: str
    start_s: float
    end_s: float
    link: str
    score: float
    words: float | None
    meaning: float | None
    kinds: tuple[str, ...]
    utterance_id: str
    transcript_version: str
    recording_sha256: str
    words_overlapped: int = 0  # spoken while another voice was heard
    answers: str = ""  # the end of what was said before it by another voice, where it begins a turn
    answers_speaker: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits, best first, and an honest account of what was searched.

    ``not_said`` are words of the question that stand nowhere in the archive. ``nearest`` are
    sentences below the bar, given only where nothing was found, and no answer. ``readings`` tell
    how the question was read: whom it favours, which spellings were searched for too; asked
    literally, all of that is left out.
    """

    hits: tuple[Hit, ...]
    searched: Searched
    not_said: tuple[str, ...] = ()
    nearest: tuple[Hit, ...] = ()
    readings: tuple[Reading, ...] = ()


def search(
    reader: Reader,
    query: str,
    *,
    mode: str = "words",
    encode: Encode | None = None,
    filters: Filters | None = None,
    k: int = 10,
    literal: bool = False,
) -> SearchResult:
    """The ``k`` best sentences, or as many as there are.

    ``encode`` turns the question into a vector and is needed for ``meaning`` and ``both``.
    Words in double quotes must stand in a hit exactly so; ``language`` tells what else a question
    may demand. ``literal`` takes every word as it is written. Raises UnknownValueError for a mode
    or kind that is none, NotInArchiveError for a meeting, committee or speaker that is not held,
    BadInputError for a question that cannot be read.
    """
    text, narrowed = with_fields(query, filters or Filters())
    asked = understood(reader, text, literal=literal)
    _check(reader, asked.query, mode, encode, narrowed)
    ranked = rank(
        reader,
        asked,
        mode=mode,
        encode=encode,
        filters=narrowed,
        allowed=allowed(reader, narrowed),
        least=k,
    )
    order, below = ranked.order(), ranked.below
    if not answered(asked.query, ranked, mode):
        order, below = order[:0], order if len(order) else below
    return SearchResult(
        _hits(reader, ranked, order, asked.query, k),
        _searched(reader, narrowed),
        ranked.not_said,
        _hits(reader, ranked, below[:NEAREST], asked.query, NEAREST),
        ranked.readings,
    )


def _check(
    reader: Reader, query: Query, mode: str, encode: Encode | None, filters: Filters
) -> None:
    if mode not in MODES:
        raise UnknownValueError("way of searching", mode, MODES)
    if mode != "words" and encode is None:
        raise ValueError(f"mode '{mode}' needs an encode function")
    if query.empty:
        raise BadInputError(f"'{query.text}' holds no word to search for; give at least one")
    check_filters(reader, filters)


def check_filters(reader: Reader, filters: Filters) -> None:
    """Raises where a filter names what the archive does not hold: finding nothing would mislead."""
    if filters.kind and filters.kind not in KINDS:
        raise UnknownValueError("kind of finding", filters.kind, KINDS)
    for what in ("meeting", "committee", "speaker"):
        value = getattr(filters, what)
        if value and not sql.run(reader.con, f"known_{what}", value=value).fetchone():
            known = [str(name) for (name,) in sql.run(reader.con, f"all_{what}s").fetchall()]
            raise NotInArchiveError(what, value, known)


def _searched(reader: Reader, filters: Filters) -> Searched:
    known = reader.index.searched.get(filters)
    if known is None:
        (row,) = sql.rows(reader.con, "searched", **narrowing(filters))
        known = Searched(**row)  # type: ignore[arg-type]
        if not filters.narrow:  # the commonest, and as true as this generation is
            reader.index.searched[filters] = known
    return cast(Searched, known)


def _hits(reader: Reader, ranked: Ranked, order: Ints, query: Query, k: int) -> tuple[Hit, ...]:
    """Fetches the best ``k`` in ``order`` that hold the phrases word for word."""
    best = _holding(reader, order, query, k)
    found = [_hit(ranked, row) for row in sql.rows(reader.con, "hits", sids=best)] if best else []
    found.sort(key=lambda h: (-h[1].score, h[1].meeting_id, h[1].start_s, h[1].sentence_id))
    return with_exchange(reader, _with_neighbours(reader, found))


def _holding(reader: Reader, order: Ints, query: Query, k: int) -> list[int]:
    """The first ``k`` sentences with the phrases; as many are read as it takes to find them."""
    if not query.phrases:
        return [int(sid) for sid in order[:k]]
    best: list[int] = []
    rest = iter(order.tolist())
    while len(best) < k and (some := list(islice(rest, READ_AT_ONCE))):
        rows = sql.run(reader.con, "texts", sids=some).fetchall()
        holding = {sid for sid, _, text in rows if _holds(str(text), query)}
        best += [sid for sid in some if sid in holding]
    return best[:k]


def _holds(text: str, query: Query) -> bool:
    return all(tokens.holds_phrase(text, phrase) for phrase in query.phrases)


def _hit(ranked: Ranked, row: dict[str, object]) -> tuple[int, Hit]:
    sid = cast(int, row.pop("sid"))
    row["kinds"] = tuple(str(row["kinds"]).split())
    scores = {
        "score": round(ranked.matches.of(sid) or 0.0, 6),
        "words": ranked.words.of(sid),
        "meaning": ranked.meaning.of(sid),
    }
    return sid, Hit(before="", after="", **scores, **row)  # type: ignore[arg-type]


def _with_neighbours(reader: Reader, hits: list[tuple[int, Hit]]) -> list[tuple[int, Hit]]:
    """Each hit with the sentence before and after it in its transcript."""
    wanted = sorted({n for sid, _ in hits for n in (sid - 1, sid, sid + 1) if n > 0})
    rows = sql.run(reader.con, "texts", sids=wanted).fetchall() if wanted else []
    of = {sid: (tid, text) for sid, tid, text in rows}

    def beside(sid: int, step: int) -> str:
        tid, text = of.get(sid + step, (None, ""))
        return str(text) if tid == of[sid][0] else ""

    return [(n, replace(h, before=beside(n, -1), after=beside(n, 1))) for n, h in hits]


def with_exchange(reader: Reader, hits: list[tuple[int, Hit]]) -> tuple[Hit, ...]:
    """Each hit with what it answers: the last sentences of the turn before its own.

    Only hits near the beginning of their turn: what stands far in answers nothing any more.
    """
    numbers = [sid for sid, _ in hits]
    rows = sql.run(reader.con, "said_before", sids=numbers).fetchall() if numbers else []
    told = {int(sid): (str(speaker), str(text)) for sid, speaker, text in rows}
    nothing = ("", "")
    return tuple(
        replace(h, answers=told.get(n, nothing)[1], answers_speaker=told.get(n, nothing)[0])
        for n, h in hits
    )
