"""From record and ledger into the warehouse: one meeting, all of them, or decisions alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.clock import believed
from flows.matching import findings_of, matched
from transcripts.keeping import keeping, kept_of
from transcripts.ledger import Decision, Ledger, Mark
from transcripts.linked import Linker
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from transcripts.references import new_references, references_for
from warehouse import publish, store
from warehouse.listings import meetings as listed
from warehouse.meeting import versions_held
from warehouse.reader import open_reader

logger = logging.getLogger(__name__)

WAIT_S = 600.0  # for another load to end: each takes seconds


def load_meeting(home: Path, processed: ProcessedMeeting) -> None:
    """Puts one meeting into the warehouse, in place of what was there of it.

    One that is held back is not put there until its day: whatever reads it shows it.
    """
    ledger = Ledger(home)
    kept = kept_of(ledger.standing(), processed.meeting.id)
    if not kept.is_shown(believed(home, date.today()) if kept.held else date.today()):
        return
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


def shown_ids(home: Path) -> list[str]:
    """The meetings of the record that are not held back, in order of id."""
    decided, today = keeping(Ledger(home).standing()), date.today()
    if any(kept.held for kept in decided.values()):
        today = believed(home, today)
    return [m for m in Record(home).meeting_ids() if m not in decided
            or decided[m].is_shown(today)]  # fmt: skip


def loaded_ids(home: Path) -> set[str]:
    """The meetings that the warehouse holds."""
    if publish.live_generation(home) is None:
        return set()
    with open_reader(home) as reader:
        return {m.meeting_id for m in listed(reader)}


def release(home: Path) -> list[str]:
    """Loads the meetings whose day has come; gives their ids."""
    missing = sorted(set(shown_ids(home)) - loaded_ids(home))
    if missing and publish.live_generation(home) is None:
        rebuild(home)
        return missing
    for meeting_id in missing:
        load_meeting(home, Record(home).read(meeting_id))
    return missing


def rebuild(home: Path) -> int:
    """Makes the warehouse anew from record and ledger; gives the number of meetings."""
    record, ledger, shown = Record(home), Ledger(home), shown_ids(home)
    _give_references(record, ledger, shown)
    standing, mark = ledger.standing_to()
    store.rebuild(
        home,
        map(record.read, shown),
        decisions=standing,
        mark=mark,
        linker=linker(),
        wait_s=WAIT_S,
    )
    return len(shown)


def _give_references(record: Record, ledger: Ledger, ids: Iterable[str]) -> None:
    """Numbers what has no reference yet, in order of the days of the meetings."""
    meetings = sorted(map(record.meeting, ids), key=lambda m: (m.date.isoformat(), m.id))
    standing = ledger.standing()
    for meeting in meetings:
        if given := references_for(meeting, record.found(meeting.id), standing):
            ledger.append(given)
            standing = ledger.standing()


def rebuild_alone(home: Path) -> int:
    """The same, and no earlier generation stays on disk beside it."""
    count = rebuild(home)
    publish.prune(home, keep=1)
    return count


def decide(home: Path, decisions: Sequence[Decision]) -> list[Decision]:
    """Writes decisions into the ledger, then brings the warehouse up to date with them.

    A name withheld or shown again touches every meeting it is said in: those are loaded again.
    """
    ledger, record = Ledger(home), Record(home)
    made = ledger.append(decisions)
    standing, mark = ledger.standing_to()
    held = set(shown_ids(home))
    again = [m for m in store.stale_meetings(home, standing) if m in held]
    _load(home, lambda: map(record.read, again), standing, mark)
    if any(d.kind == "undo" for d in made):
        release(home)
    return made
