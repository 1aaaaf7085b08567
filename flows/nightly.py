"""The batches that run by themselves: each night, looking again, and the pages for next meetings.

What is in them is done by functions that are tested without Prefect; here stand their order, and
what an operator finds in Prefect's pages afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.coming import write_pages
from flows.interrupted import tell, tell_killed
from flows.schedules import Batches, read_batches
from flows.steps import Told, fetch_step, minutes_step, process_step, retention_step
from flows.told import coverage_rows, in_markdown
from matters_arising.errors import MattersArisingError
from transcripts.keeping import purged
from transcripts.ledger import Ledger
from transcripts.sources.config import Config, read_config
from transcripts.sources.run import FetchReport, fetch_all

# after which what the network failed at is tried again: not Prefect's retries, which would ask the
# sources that answered once more
PAUSES_S = (30.0, 300.0, 900.0)


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


@task(name="fetch")
def fetch(config: Path, home: Path, since: date | None = None) -> FetchReport:
    """What is new at the sources goes into the inbox, save what was purged of the archive."""
    gone = purged(Ledger(home).standing())
    return fetch_all(read_config(config), since=since, pauses_s=PAUSES_S, purged=gone)


@flow(name="night", persist_result=False, on_crashed=[tell_killed])
def night(home: str, config: str) -> None:
    """1 fetch what is new, 2 process what is whole, 3 take the minutes that came, 4 take out what
    is over its time, 5 tell it.
    """
    with telling("night"):
        configured, batches = _configured(config)
        told = Told()
        fetch_step(told, lambda: fetch(Path(config), Path(home)))
        process_step(told, configured.inbox_folder, batches, Path(home))
        minutes_step(told, configured.inbox_folder, Path(home))
        if batches.retention:
            retention_step(told, Path(home))
        _tell(told)


@flow(name="look-again", persist_result=False, on_crashed=[tell_killed])
def look_again(home: str, config: str) -> None:
    """1 fetch what came to meetings of so many days back, 2 process it, 3 take their minutes."""
    with telling("look-again"):
        configured, batches = _configured(config)
        told = Told()
        first = date.today() - timedelta(days=batches.look_again_days)
        fetch_step(told, lambda: fetch(Path(config), Path(home), first))
        process_step(told, configured.inbox_folder, batches, Path(home))
        minutes_step(told, configured.inbox_folder, Path(home))
        _tell(told)


@flow(name="matters-arising", persist_result=False, on_crashed=[tell_killed])
def matters_arising_pages(home: str, config: str) -> None:
    """1 find the meetings that are near, 2 write the page of each, 3 link to it."""
    with telling("matters-arising"):
        configured, batches = _configured(config)
        pages = write_pages(
            Path(home),
            configured.inbox_folder,
            configured.path.parent / batches.pages,
            batches.arising_days,
        )
        for page in pages.written:
            create_link_artifact(
                key=_key(page.stem), link=page.absolute().as_uri(), link_text=page.stem
            )
        if pages.faults:
            raise NightError("; ".join(pages.faults))


def _configured(config: str) -> tuple[Config, Batches]:
    told = read_config(Path(config))
    return told, read_batches(told.batches, told.path)


def _tell(told: Told) -> None:
    """The run report, the coverage, and an error that names what was left undone, if anything."""
    notes = [*told.undone, *told.notes]
    create_markdown_artifact(key="run-report", markdown=in_markdown(told.report, notes))
    rows = coverage_rows(told.report)
    if rows:
        create_table_artifact(key="coverage", table=rows)
    wrong = told.wrong
    if wrong:
        many = f"{len(wrong)} things were" if len(wrong) > 1 else "one thing was"
        raise NightError(f"{many} left undone: {'; '.join(wrong)}")


def _key(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name.lower())
