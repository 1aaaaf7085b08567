"""Threads: a worry that several people had, or one that came back, each time word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from matters_arising.errors import NotInArchiveError
from warehouse import sql
from warehouse.committees import named
from warehouse.listings import FindingRow, finding_row
from warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A worry and all that were found to be the same.

    ``people`` are those who had it, by name, else by the voice in its meeting; ``voiced`` counts
    the sentences, ``raised`` each of these people once a meeting. ``answered`` tells that somebody
    spoke to it in one of the meetings, not how well.
    """

    thread_id: str
    title: str
    committee: str
    first: date
    last: date
    people: tuple[str, ...]
    voiced: int
    raised: int
    meetings: int
    answered: bool
    concerns: tuple[FindingRow, ...]

    @property
    def comes_back(self) -> bool:
        """Whether several people had it, or one in several meetings."""
        return self.raised > 1


def threads(reader: Reader, committee: str = "") -> list[ThreadRow]:
    """The worries of a committee, all without one, that several people or meetings had.

    Raises NotInArchiveError for a committee that is not held.
    """
    wanted = named(reader, committee) if committee else set()
    return [
        t
        for t in threads_told(reader)
        if t.comes_back
        and (not wanted or any(c.committee.casefold() in wanted for c in t.concerns))
    ]


def threads_told(reader: Reader) -> list[ThreadRow]:
    """All of them, also where one person said the same thing twice in one meeting."""
    rows = sql.rows(reader.con, "thread_concerns")
    grouped = groupby(rows, key=lambda row: (str(row.pop("thread_id")), str(row.pop("title"))))
    return [_thread(thread_id, title, list(own)) for (thread_id, title), own in grouped]


def thread_alone(reader: Reader, finding_id: str) -> ThreadRow:
    """A concern that stands in no thread, as one of its own.

    Raises NotInArchiveError where no concern of this id stands.
    """
    rows = sql.rows(reader.con, "concern_alone", finding_id=finding_id)
    if not rows:
        raise NotInArchiveError("concern", finding_id, None)
    return _thread(finding_id, str(rows[0]["quote"]), rows)


def _thread(thread_id: str, title: str, rows: Sequence[dict[str, object]]) -> ThreadRow:
    answered = [bool(row.pop("answered")) for row in rows]
    concerns = tuple(finding_row(row) for row in rows)
    days = [c.date for c in concerns]
    return ThreadRow(
        thread_id,
        title,
        concerns[0].committee,
        min(days),
        max(days),
        tuple({_who(c): c.speaker for c in concerns}.values()),
        len(concerns),
        len({(c.meeting_id, _who(c)) for c in concerns}),
        len({c.meeting_id for c in concerns}),
        any(answered),
        concerns,
    )


def _who(concern: FindingRow) -> tuple[str, str]:
    """Somebody without a name is another person in another recording, for all that is known."""
    return ("", concern.person) if concern.person else (concern.transcript_version, concern.speaker)
