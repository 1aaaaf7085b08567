"""From record and ledger into the warehouse: one meeting, all of them, or decisions alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from flows.matching import findings_of, matched
from transcripts.ledger import Decision, Ledger, Mark
from transcripts.linked import Linker
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from transcripts.references import new_references
from warehouse import store
from warehouse.meeting import versions_held

logger = logging.getLogger(__name__)

WAIT_S = 600.0  # for another load to end: each takes seconds


def load_meeting(home: Path, processed: ProcessedMeeting) -> None:
    """Puts one meeting into the warehouse, in place of what was there of it."""
    ledger = Ledger(home)
    ledger.append(new_references(processed, ledger.standing()))
    standing, mark = ledger.standing_to()
    processed = with_minutes(home, processed, standing)
    _load(home, lambda: [processed], standing, mark)


def _load(
    home: Path,
    meetings: Callable[[], Iterable[ProcessedMeeting]],
    standing: Sequence[Decision],
    mark: Mark,
) -> None:
    """Loads; an archive that an earlier version of the program indexed is made anew first."""
    try:
        store.load(home, meetings(), decisions=standing, mark=mark, linker=linker(), wait_s=WAIT_S)
    except store.StaleIndexError:
        logger.info("the warehouse in %s is made anew: words are indexed differently now", home)
        rebuild(home)
        store.load(home, meetings(), decisions=standing, mark=mark, linker=linker(), wait_s=WAIT_S)


def linker() -> Linker:
    """What ties claims to recommendations and concerns to threads."""
    from models.following.linking import LikenessLinker

    return LikenessLinker()


def with_minutes(
    home: Path, processed: ProcessedMeeting, standing: Sequence[Decision]
) -> ProcessedMeeting:
    """The same meeting with its minutes, matched anew where they were matched to other findings."""
    record = Record(home)
    minutes = record.minutes(processed.meeting.id)
    if any(m.matched_to != findings_of(processed) for m in minutes):
        from models.vectors import MiniLM  # seconds, and only after a meeting was processed again

        vectors = MiniLM()
        for each in minutes:
            record.save_minutes(matched(each, processed, standing, vectors))
        minutes = record.minutes(processed.meeting.id)
    return replace(processed, minutes=minutes)


def is_loaded(home: Path, meeting_id: str) -> bool:
    """Whether the warehouse holds just the versions of a meeting's newest run."""
    wanted = {(p.transcript, p.findings) for p in Record(home).run(meeting_id).parts}
    return versions_held(home, meeting_id) == wanted


def rebuild(home: Path) -> int:
    """Makes the warehouse anew from record and ledger; gives the number of meetings."""
    record, ledger = Record(home), Ledger(home)
    for processed in sorted(record.read_all(), key=_day):
        ledger.append(new_references(processed, ledger.standing()))
    standing, mark = ledger.standing_to()
    store.rebuild(
        home, record.read_all(), decisions=standing, mark=mark, linker=linker(), wait_s=WAIT_S
    )
    return len(record.meeting_ids())


def decide(home: Path, decisions: Sequence[Decision]) -> list[Decision]:
    """Writes decisions into the ledger, then brings the warehouse up to date with them.

    A name withheld or shown again touches every meeting it is said in: those are loaded again.
    """
    ledger, record = Ledger(home), Record(home)
    made = ledger.append(decisions)
    standing, mark = ledger.standing_to()
    held = set(record.meeting_ids())
    again = [m for m in store.stale_meetings(home, standing) if m in held]
    _load(home, lambda: map(record.read, again), standing, mark)
    return made


def _day(processed: ProcessedMeeting) -> tuple[str, str]:
    return processed.meeting.date.isoformat(), processed.meeting.id
