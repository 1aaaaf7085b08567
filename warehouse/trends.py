"""How often phrases were said, by stretch of time, committee or kind of speaker.

A count alone follows how much a committee met, so each comes with the hours spoken in what was
searched and its rate per hour. Where no meeting was searched there is no figure: not 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matters_arising.errors import BadInputError, UnknownValueError
from warehouse import listings, sql
from warehouse.concordance import batches, candidates
from warehouse.listings import MeetingRow
from warehouse.narrowing import narrowing
from warehouse.phrases import Phrase, count_in, phrase_of
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.spans import MONTHS_OF, beginning, beginnings, in_words

BY = (*MONTHS_OF, "committee", "speaker-role")
MOST_PHRASES = 8  # as many as colours and columns can be told apart
ROLES = {
    "chair": "the chair",
    "councillor": "councillors",
    "coopted": "co-opted members",
    "officer": "officers",
    "guest": "guests",
    "public": "members of the public",
    "named": "named, not on the roster",
    "role only": "known by role alone",
    "withheld": "name withheld",
    "unnamed": "not named",
}
Voice = tuple[int, str]  # transcript and voice


@dataclass(frozen=True, slots=True)
class Figure:
    """How often one phrase was said; all empty where nothing was searched.

    ``meetings`` are those in which it was said. ``per_hour`` is empty where nobody spoke.
    """

    occurrences: int | None = None
    meetings: int | None = None
    per_hour: float | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One row: what it is of, what was searched of it, and a figure a phrase.

    ``begins`` is the first day of a stretch of time. ``hours_spoken`` is the length of the
    sentences that were searched. Of kinds of speaker the meetings are those in which they speak.
    """

    label: str
    begins: date | None
    meetings_held: int
    meetings_searched: int
    hours_spoken: float
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """The rows in order, and one for all of them together."""

    by: str
    phrases: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    total: Stretch


@dataclass(frozen=True, slots=True)
class Spoken:
    """One voice of a transcript: its meeting, kind of speaker, and hours."""

    meeting_id: str
    hours: float
    role: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What was searched and what was counted in it."""

    meetings: dict[str, MeetingRow]
    spoken: dict[Voice, Spoken]
    counts: tuple[Counter[Voice], ...]  # a phrase each


def trends(
    reader: Reader, texts: Sequence[str], *, by: str = "month", filters: Filters | None = None
) -> Trends:
    """Counts phrases, exactly as they were said, in what the filters leave.

    ``by`` is one of ``BY``. Stretches of time run from the first meeting held to the last, with
    those in which nobody met. Raises UnknownValueError for another ``by``, BadInputError for a
    phrase without a word or more than MOST_PHRASES, NotInArchiveError as a search does.
    """
    if by not in BY:
        raise UnknownValueError("way to count by", by, BY)
    phrases, narrowed = _phrases(texts), filters or Filters()
    held = {m.meeting_id: m for m in listings.meetings(reader, narrowed)}
    counts = tuple(_counted(reader, phrase, narrowed) for phrase in phrases)
    counted = Counted(held, _spoken(reader, narrowed), counts)
    return Trends(
        by,
        tuple(p.text for p in phrases),
        tuple(_stretches(counted, by)),
        _stretch(counted, "all", None, held, lambda _: True),
    )


def _phrases(texts: Sequence[str]) -> list[Phrase]:
    """The phrases, each once."""
    once = {p.words: p for p in map(phrase_of, texts)}
    if not once:
        raise BadInputError("there is no phrase to count; give at least one")
    if len(once) > MOST_PHRASES:
        raise BadInputError(
            f"{len(once)} phrases are more than can be told apart; give at most {MOST_PHRASES}"
        )
    return list(once.values())


def _counted(reader: Reader, phrase: Phrase, filters: Filters) -> Counter[Voice]:
    """How often each voice says the phrase."""
    found: Counter[Voice] = Counter()
    for some in batches(candidates(reader, phrase, filters)):
        for tid, voice, text in sql.run(reader.con, "phrase_texts", sids=some).fetchall():
            if count := count_in(text, phrase):
                found[tid, voice] += count
    return found


def _spoken(reader: Reader, filters: Filters) -> dict[Voice, Spoken]:
    rows = sql.run(reader.con, "hours_spoken", **narrowing(filters)).fetchall()
    return {(tid, voice): Spoken(*rest) for tid, voice, *rest in rows}


def _stretches(counted: Counted, by: str) -> Iterable[Stretch]:
    held = counted.meetings
    if by in MONTHS_OF and held:
        days = [m.date for m in held.values()]
        for begins in beginnings(min(days), max(days), by):
            ids = {k for k, m in held.items() if beginning(m.date, by) == begins}
            yield _stretch(counted, in_words(begins, by), begins, ids, _meets(ids))
    elif by == "committee":
        for committee in sorted({m.committee for m in held.values()}):
            ids = {k for k, m in held.items() if m.committee == committee}
            yield _stretch(counted, committee, None, ids, _meets(ids))
    elif by == "speaker-role":
        for role, label in ROLES.items():
            ids = {s.meeting_id for s in counted.spoken.values() if s.role == role}
            if ids:
                yield _stretch(counted, label, None, ids, _speaks(role))


def _meets(ids: set[str]) -> Callable[[Spoken], bool]:
    return lambda spoken: spoken.meeting_id in ids


def _speaks(role: str) -> Callable[[Spoken], bool]:
    return lambda spoken: spoken.role == role


def _stretch(
    counted: Counted,
    label: str,
    begins: date | None,
    meetings: Iterable[str],
    belongs: Callable[[Spoken], bool],
) -> Stretch:
    ids = list(meetings)
    searched = sum(1 for k in ids if counted.meetings[k].sentences)
    voices = {v: s for v, s in counted.spoken.items() if belongs(s)}
    hours = sum((s.hours for s in voices.values()), 0.0)
    figures = tuple(
        _figure(count, voices, hours) if searched else Figure() for count in counted.counts
    )
    return Stretch(label, begins, len(ids), searched, round(hours, 6), figures)


def _figure(count: Counter[Voice], voices: dict[Voice, Spoken], hours: float) -> Figure:
    said = {v: n for v, n in count.items() if v in voices}
    total = sum(said.values())
    return Figure(
        total,
        len({voices[v].meeting_id for v in said}),
        round(total / hours, 4) if hours else None,
    )
