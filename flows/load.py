"""From record and ledger into the warehouse: one meeting, all of them, or decisions alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from flows.clock import believed
from flows.matching import findings_of, matched
from flows.report import told_of
from flows.unenrolling import tidy
from matters_arising.errors import BusyError, MattersArisingError, NewerSchemaError, StoreError
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


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a warehouse was made of: so many meetings, and none of those that cannot be read.

    ``left_out`` is meeting id → the sentence that says what is wrong with it.
    """

    meetings: int
    left_out: Mapping[str, str] = field(default_factory=dict)


def load_meeting(home: Path, processed: ProcessedMeeting) -> None:
    """Puts one meeting into the warehouse, in place of what was there of it, with its links.

    Threads are told from all meetings at once: ``tie_threads``, once where several are loaded. One
    that is held back is not put there until its day: whatever reads it shows it.
    """
    ledger = Ledger(home)
    kept = kept_of(ledger.standing(), processed.meeting.id)
    if not kept.is_shown(believed(home, date.today()) if kept.held else date.today()):
        return
    ledger.append(new_references(processed, ledger.all_lines()))
    standing, mark = ledger.standing_to()
    processed = with_minutes(home, processed, standing)
    _load(home, lambda: [processed], standing, mark)


def tie_threads(home: Path) -> None:
    """Tells the threads of concerns anew, where meetings were loaded since they were told."""
    if store.has_old_threads(home, linker()):
        standing, mark = Ledger(home).standing_to()
        _load(home, list, standing, mark, threads=True)


def _load(
    home: Path,
    meetings: Callable[[], Iterable[ProcessedMeeting]],
    standing: Sequence[Decision],
    mark: Mark,
    *,
    threads: bool = False,
) -> None:
    """Loads; an archive that an earlier version of the program indexed is made anew first."""

    def load() -> None:
        store.load(
            home,
            meetings(),
            decisions=standing,
            mark=mark,
            linker=linker(),
            threads=threads,
            wait_s=WAIT_S,
        )

    try:
        load()
    except store.StaleIndexError:
        logger.info("the warehouse in %s is made anew: words are indexed differently now", home)
        rebuild(home)
        load()


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
    """Loads the meetings whose day has come; gives their ids.

    StoreError, when all that can be are loaded, names those that cannot be read.
    """
    loaded, left_out = _released(home)
    if left_out:
        raise StoreError("; ".join(left_out.values()))
    return loaded


def _released(home: Path) -> tuple[list[str], Mapping[str, str]]:
    missing = sorted(set(shown_ids(home)) - loaded_ids(home))
    if missing and publish.live_generation(home) is None:
        left_out = rebuild(home).left_out
        return [m for m in missing if m not in left_out], left_out
    wrong = LeftOut(home)
    for meeting_id in missing:
        try:
            load_meeting(home, Record(home).read(meeting_id))
        except (BusyError, NewerSchemaError):  # as with every other
            raise
        except (MattersArisingError, OSError) as fault:
            wrong(meeting_id, fault)
    return [m for m in missing if m not in wrong.found], wrong.found


@dataclass(slots=True)
class LeftOut:
    """Notes the meetings that cannot be read: one of them costs no other its place."""

    home: Path
    found: dict[str, str] = field(default_factory=dict)

    def __call__(self, meeting_id: str, fault: Exception) -> None:
        if meeting_id not in self.found:
            self.found[meeting_id] = told_of(fault, str(self.home))
            logger.warning("%s is left out: %s", meeting_id, self.found[meeting_id])

    def read(self, ids: Iterable[str]) -> Iterator[ProcessedMeeting]:
        """The meetings that can be read, one at a time."""
        record = Record(self.home)
        for meeting_id in ids:
            try:
                yield record.read(meeting_id)
            except (MattersArisingError, OSError) as fault:
                self(meeting_id, fault)


def rebuild(home: Path) -> Rebuilt:
    """Makes the warehouse anew from record and ledger; a meeting that cannot be read is left out.

    Half of one is never loaded, nor what an earlier warehouse held of it.
    """
    record, ledger, shown = Record(home), Ledger(home), shown_ids(home)
    wrong = LeftOut(home)
    _give_references(record, ledger, shown, wrong)
    standing, mark = ledger.standing_to()
    made = store.rebuild(
        home,
        wrong.read(shown),
        decisions=standing,
        mark=mark,
        linker=linker(),
        wait_s=WAIT_S,
        unfit=wrong,
    )
    return Rebuilt(made.meetings, wrong.found)


def _give_references(record: Record, ledger: Ledger, ids: Iterable[str], wrong: LeftOut) -> None:
    """Numbers what has no reference yet, in order of the days of the meetings."""
    meetings = []
    for meeting_id in ids:
        try:
            meetings.append(record.meeting(meeting_id))
        except (MattersArisingError, OSError) as fault:
            wrong(meeting_id, fault)
    lines = ledger.all_lines()
    for meeting in sorted(meetings, key=lambda m: (m.date.isoformat(), m.id)):
        try:
            found = list(record.found(meeting.id))
        except (MattersArisingError, OSError) as fault:
            wrong(meeting.id, fault)
            continue
        if given := references_for(meeting, found, lines):
            ledger.append(given)
            lines = ledger.all_lines()


def rebuild_alone(home: Path) -> Rebuilt:
    """The same, and no earlier generation stays on disk beside it."""
    made = rebuild(home)
    publish.prune(home, keep=1)
    return made


def decide(
    home: Path,
    decisions: Sequence[Decision],
    given: Callable[[list[Decision]], None] | None = None,
) -> list[Decision]:
    """Writes decisions into the ledger, then brings the warehouse up to date with them.

    ``given`` as for ``Ledger.append``: what must hold for them to be written.

    A name withheld or shown again touches every meeting it is said in: those are loaded again. One
    that cannot be read goes from the warehouse rather than keep the name there.
    """
    ledger = Ledger(home)
    made = ledger.append(decisions, given=given)
    # an enrolment may be undone, a name withheld; whether known voices are on is for runs to know,
    # for a shell that was not told must not cost a voice that somebody agreed to
    tidy(home, turned_on=True)
    standing, mark = ledger.standing_to()
    held = set(shown_ids(home))
    again = [m for m in store.stale_meetings(home, standing) if m in held]
    wrong = LeftOut(home)
    try:
        _load(home, lambda: wrong.read(again), standing, mark, threads=True)
    except StoreError:
        if not wrong.found:
            raise
        rebuild(home)
    if any(d.kind == "undo" for d in made):
        _released(home)  # what cannot be read is told in the log: it is not what was asked for
    return made
