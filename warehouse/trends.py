"""How often phrases were said, by stretch of time, committee or kind of speaker.

A count alone follows how much a committee met, so each comes with the hours spoken in what was
searched and its rate per hour. Where no meeting was searched there is no figure: not 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matters_arising.errors import BadInputError, UnknownValueError
from warehouse import listings, sql
from warehouse.frame import Floats, Ints
from warehouse.listings import MeetingRow
from warehouse.narrowing import narrowing
from warehouse.occurring import occurring, read
from warehouse.phrases import Phrase, phrase_of
from warehouse.query import Filters
from warehouse.ranking import among
from warehouse.reader import Reader
from warehouse.search import settled
from warehouse.spans import MONTHS_OF, beginning, beginnings, in_words

T = TypeVar("T")
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
Mask = NDArray[np.bool_]


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
    """The voices that speak, a row a voice of a transcript, in order of their numbers."""

    voices: Ints
    meetings: Ints  # positions in the list of meetings held
    hours: Floats
    roles: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was searched and what was counted in it."""

    meetings: Sequence[MeetingRow]
    spoken: Spoken
    counts: tuple[Ints, ...]  # a phrase each, by row of ``spoken``


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
    phrases, narrowed = _phrases(texts), settled(reader, filters or Filters())
    held = listings.meetings(reader, narrowed)
    spoken = _spoken(reader, narrowed, held)
    counts = tuple(_counted(reader, phrase, narrowed, spoken) for phrase in phrases)
    counted = Counted(held, spoken, counts)
    everything = np.ones(len(spoken.voices), np.bool_)
    return Trends(
        by,
        tuple(p.text for p in phrases),
        tuple(_stretches(counted, by)),
        _stretch(counted, "all", None, range(len(held)), everything),
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


def _counted(reader: Reader, phrase: Phrase, filters: Filters, spoken: Spoken) -> Ints:
    """How often each voice says the phrase."""

    def count() -> Ints:
        found = read(reader, occurring(reader, phrase, filters), phrase)
        voices = reader.index.voices(reader.con)[found.place]
        held = among(voices, spoken.voices)
        rows = np.searchsorted(spoken.voices, voices[held])
        times = np.bincount(rows, found.times[held], minlength=len(spoken.voices))
        return times.astype(np.int64)

    return reader.kept(("times said", phrase.words, filters), count)


def _spoken(reader: Reader, filters: Filters, held: Sequence[MeetingRow]) -> Spoken:
    def look_up() -> Spoken:
        found = sql.arrays(reader.con, "hours_spoken", **narrowing(filters))
        at = {m.meeting_id: n for n, m in enumerate(held)}
        meetings = np.array([at[m] for m in found["meeting_id"].tolist()], dtype=np.int64)
        hours = found["hours"].astype(np.float64)
        roles = found["role"].astype(np.object_)
        return Spoken(found["voice"].astype(np.int64), meetings, hours, roles)

    return reader.kept(("hours spoken", filters), look_up)


def _stretches(counted: Counted, by: str) -> Iterable[Stretch]:
    held, spoken = counted.meetings, counted.spoken
    if by in MONTHS_OF and held:
        days = [m.date for m in held]
        of = _together([beginning(day, by) for day in days])
        for begins in beginnings(min(days), max(days), by):
            yield _of_meetings(counted, in_words(begins, by), begins, of.get(begins, []))
    elif by == "committee":
        for committee, ids in sorted(_together([m.committee for m in held]).items()):
            yield _of_meetings(counted, committee, None, ids)
    elif by == "speaker-role":
        for role, label in ROLES.items():
            speak = spoken.roles == role
            if ids := np.unique(spoken.meetings[speak]).tolist():
                yield _stretch(counted, label, None, ids, speak)


def _together(keys: Sequence[T]) -> dict[T, list[int]]:
    """The positions of each key."""
    out: dict[T, list[int]] = defaultdict(list)
    for n, key in enumerate(keys):
        out[key].append(n)
    return out


def _of_meetings(counted: Counted, label: str, begins: date | None, ids: Sequence[int]) -> Stretch:
    held = np.zeros(len(counted.meetings), np.bool_)
    held[list(ids)] = True
    return _stretch(counted, label, begins, ids, held[counted.spoken.meetings])


def _stretch(
    counted: Counted, label: str, begins: date | None, meetings: Sequence[int], speak: Mask
) -> Stretch:
    """Of some meetings, what some voices say; ``speak`` marks rows of what is spoken."""
    searched = sum(1 for n in meetings if counted.meetings[n].sentences)
    hours = float(counted.spoken.hours[speak].sum())
    said_in = counted.spoken.meetings[speak]
    figures = tuple(
        _figure(count[speak], said_in, hours) if searched else Figure() for count in counted.counts
    )
    return Stretch(label, begins, len(meetings), searched, round(hours, 6), figures)


def _figure(count: Ints, said_in: Ints, hours: float) -> Figure:
    return figure(int(count.sum()), len(np.unique(said_in[count > 0])), hours)


def figure(occurrences: int, meetings: int, hours: float) -> Figure:
    """The figure of what was searched, with its rate."""
    return Figure(occurrences, meetings, round(occurrences / hours, 4) if hours else None)
