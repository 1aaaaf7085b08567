"""The steps of a batch that nobody watches: each does what it can and tells what it left undone.

A fault of one step never costs the next, nor the report: whoever reads it in the morning has to
learn of both.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flows.inbox import Waiting, once
from flows.minutes_landed import take_minutes
from flows.pushing import out_of_store
from flows.report import Report
from flows.retention import Due, apply, clocks_of, due
from flows.run import run_batch
from flows.schedules import Batches
from matters_arising.errors import MattersArisingError
from matters_arising.settings import Settings
from models.reader.choice import reader_from
from models.toolbox import Toolbox
from transcripts.collect import Candidate
from transcripts.sources.land import CANCELLED, FAILED
from transcripts.sources.run import FetchReport

logger = logging.getLogger(__name__)

OVERDUE_S = 24 * 3600.0  # after which a meeting whose files are not all there has to be told


@dataclass(slots=True)
class Told:
    """What a batch has to tell: the run report, what is to be known, and what was left undone.

    ``undone`` are sentences about other things than the meetings that failed, which ``report`` has.
    """

    report: Report = field(default_factory=lambda: Report(()))
    notes: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Everything that another run, or a person, has to do."""
        return [*(f"{o.where}: {o.message}" for o in self.report.failed), *self.undone]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Tells what a step fails at, and lets the next one begin."""
        try:
            yield
        except MattersArisingError as fault:
            self.undone.append(f"{name}: {fault}")
        except Exception as fault:
            logger.exception("%s failed", name)
            self.undone.append(f"{name}: a fault in this program, please report it: {fault!r}")


def fetch_step(told: Told, fetch: Callable[[], FetchReport]) -> None:
    """Fetches, and tells what could not be had of which meeting."""
    with told.step("fetching"):
        report = fetch()
        for m in report.landed:
            if m.notes and m.what != CANCELLED:
                where = told.undone if m.what == FAILED else told.notes
                where.append(f"{m.id}: {'; '.join(m.notes)}")
        told.undone += report.faults


def process_step(
    told: Told,
    inbox: Path,
    batches: Batches,
    home: Path,
    run: Callable[..., Report] = run_batch,
) -> None:
    """Processes what is whole in the inbox, and tells what waits."""
    with told.step("processing"):
        settings = Settings()
        tools = tools_of(batches, settings)
        if tools.reader is not None:
            told.notes.append(f"reader: {tools.reader}")

        def process(candidates: Sequence[Candidate]) -> Report:
            return run(
                candidates,
                tools,
                home=home,
                jobs=batches.jobs or settings.jobs,
                known_voices=settings.known_voices,
                store=settings.store,
                pool=batches.workers,
            )

        inbox.mkdir(parents=True, exist_ok=True)
        made = once(inbox, process, settle_s=batches.settle_s)
        told.report = made.report
        for waiting in made.waiting:
            where = told.undone if _is_overdue(waiting) else told.notes
            where.append(f"{waiting.where} waits: {waiting.why}")


def tools_of(batches: Batches, settings: Settings) -> Toolbox:
    """The engines that ``[batches]`` and the settings name: those of ``matters process``."""
    offline = batches.offline or settings.offline
    return Toolbox(
        speech=batches.engine,
        speech_model=batches.model,
        language=batches.language,
        models_folder=settings.models,
        offline=offline,
        reader=reader_from(settings, offline=offline),
    )


def _is_overdue(waiting: Waiting) -> bool:
    """Whether nothing has come for so long that nobody seems to be copying it."""
    files = [p for p in Path(waiting.where).parent.iterdir() if p.is_file()]
    newest = max((p.stat().st_mtime for p in files), default=0.0)
    return time.time() - newest > OVERDUE_S


def minutes_step(told: Told, inbox: Path, home: Path) -> None:
    """Takes the minutes and decisions that came."""
    with told.step("minutes"):
        taken = take_minutes(home, inbox)
        told.notes += taken.told
        told.undone += taken.faults


def retention_step(told: Told, home: Path) -> None:
    """Takes out what is over its time by the settings, of the archive and of its store."""
    settings, found = Settings(), list[Due]()
    with told.step("retention"):
        clocks = clocks_of(settings)
        found = due(home, clocks, damaged=told.undone)
        done = apply(home, found, "matters", clocks)
        told.notes += [
            f"{d.meeting_id}: the {d.kind} is off the disk, its time ended on {d.day}" for d in done
        ]
        told.notes += [d.left for d in found if d.left]
    if found:  # also where the warehouse could not be made anew: the record is without it by then
        with told.step("the store"):
            meetings = list(dict.fromkeys(d.meeting_id for d in found))
            stored, gone = out_of_store(home, settings.store, meetings)
            (told.notes if gone else told.undone).extend(filter(None, [stored]))
