"""The batches that run by themselves: each night, looking again, and the pages for next meetings.

What is in them is done by functions that are tested without Prefect; here stand their order, what
is tried again, and what an operator finds in Prefect's pages afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task, exponential_backoff

from flows.coming import write_pages
from flows.inbox import once
from flows.interrupted import tell, tell_killed
from flows.minutes_landed import take_minutes
from flows.report import Report
from flows.retention import apply, clocks_of, due
from flows.run import run_batch
from flows.schedules import Batches, read_batches
from flows.told import coverage_rows, in_markdown
from matters_arising.errors import MattersArisingError, TransientError
from matters_arising.settings import Settings
from models.toolbox import Toolbox
from transcripts.collect import Candidate
from transcripts.sources.config import Config, read_config
from transcripts.sources.run import FetchReport, fetch_all


class NightError(MattersArisingError):
    """A batch that ended with something left undone; the message names it."""


@contextmanager
def telling(batch: str) -> Iterator[None]:
    """Tells whoever wants notices why a batch failed, then lets it fail."""
    try:
        yield
    except Exception as fault:
        tell(batch, str(fault))
        raise


def _worth_another_try(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    """A network that failed may be back; a mistake in a file will be the same mistake."""
    try:
        state.result()
    except TransientError:
        return True
    except Exception:
        return False
    return False


@task(
    name="fetch",
    retries=3,
    retry_delay_seconds=exponential_backoff(30),
    retry_condition_fn=_worth_another_try,
)
def fetch(config: Path, since: date | None = None) -> FetchReport:
    """What is new at the sources goes into the inbox."""
    return fetch_all(read_config(config), since=since)


@flow(name="night", persist_result=False, on_crashed=[tell_killed])
def night(home: str, config: str) -> None:
    """1 fetch what is new, 2 process what is whole, 3 take out what is over its time, 4 tell it."""
    with telling("night"):
        told, batches = _configured(config)
        fetched = fetch(Path(config))
        report = _process(told, batches, Path(home))
        _tell(report, fetched, _over_their_time(Path(home)) if batches.retention else [])


@flow(name="look-again", persist_result=False, on_crashed=[tell_killed])
def look_again(home: str, config: str) -> None:
    """1 fetch what came to meetings of so many days back, 2 process it, 3 take their minutes."""
    with telling("look-again"):
        told, batches = _configured(config)
        fetched = fetch(Path(config), date.today() - timedelta(days=batches.look_again_days))
        report = _process(told, batches, Path(home))
        taken = take_minutes(Path(home), told.inbox_folder)
        _tell(report, fetched, [*taken.told, *taken.faults], failed=bool(taken.faults))


@flow(name="matters-arising", persist_result=False, on_crashed=[tell_killed])
def matters_arising_pages(home: str, config: str) -> None:
    """1 find the meetings that are near, 2 write the page of each, 3 link to it."""
    told, batches = _configured(config)
    pages = write_pages(
        Path(home), told.inbox_folder, told.path.parent / batches.pages, batches.arising_days
    )
    for page in pages.written:
        create_link_artifact(
            key=_key(page.stem), link=page.absolute().as_uri(), link_text=page.stem
        )
    if pages.faults:
        raise NightError("; ".join(pages.faults))


def _over_their_time(home: Path) -> list[str]:
    """Takes out what the clocks in the settings say, and tells what."""
    clocks = clocks_of(Settings())
    done = apply(home, due(home, clocks), "matters", clocks)
    return [
        f"{d.meeting_id}: the {d.kind} is off the disk, its time ended on {d.day}" for d in done
    ]


def _configured(config: str) -> tuple[Config, Batches]:
    told = read_config(Path(config))
    return told, read_batches(told.batches, told.path)


def _process(told: Config, batches: Batches, home: Path) -> Report:
    settings = Settings()
    tools = Toolbox(
        speech=batches.engine,
        speech_model=batches.model,
        language=batches.language,
        models_folder=settings.models,
        offline=batches.offline or settings.offline,
    )

    def process(candidates: list[Candidate]) -> Report:
        return run_batch(
            candidates,
            tools,
            home=home,
            jobs=batches.jobs or settings.jobs,
            known_voices=settings.known_voices,
            store=settings.store,
            pool=batches.workers,
        )

    told.inbox_folder.mkdir(parents=True, exist_ok=True)
    made = once(told.inbox_folder, process, settle_s=batches.settle_s)  # type: ignore[arg-type]
    return made.report


def _tell(
    report: Report, fetched: FetchReport, more: list[str] | None = None, *, failed: bool = False
) -> None:
    """The run report, the coverage, and an error that names what was left undone, if anything."""
    notes = [*fetched.faults, *(more or [])]
    create_markdown_artifact(key="run-report", markdown=in_markdown(report, notes))
    rows = coverage_rows(report)
    if rows:
        create_table_artifact(key="coverage", table=rows)
    wrong = [f"{o.where}: {o.message}" for o in report.failed]
    wrong += [f"{m.id}: {'; '.join(m.notes)}" for m in fetched.landed if m.what == "failed"]
    wrong += [*fetched.faults, *((more or []) if failed else [])]
    if wrong:
        many = f"{len(wrong)} things were" if len(wrong) > 1 else "one thing was"
        raise NightError(f"{many} left undone: {'; '.join(wrong)}")


def _key(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name.lower())
