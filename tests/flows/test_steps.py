"""The steps of a night: each tells what it left undone, and none costs the next."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from flows import nightly
from flows.report import Outcome, Report
from flows.schedules import Batches
from flows.steps import Told, fetch_step, process_step, retention_step, tools_of
from matters_arising.cli.process import _tools
from matters_arising.errors import BusyError, ManifestError
from matters_arising.settings import Settings
from tests import tiny_meetings
from tests.sample_home import JULY, JUNE
from transcripts.collect import Candidate
from transcripts.ledger import Decision, Ledger, now
from transcripts.record import Record
from transcripts.sources.land import Landed
from transcripts.sources.run import FetchReport


def test_a_fetch_that_another_run_forbids_costs_no_meeting_its_processing(tmp_path: Path) -> None:
    told, ran = Told(), list[str]()

    def busy() -> FetchReport:
        raise BusyError("another run is fetching")

    def run(candidates: Sequence[Candidate], *_: Any, **__: Any) -> Report:
        ran.extend(c.where for c in candidates)
        return Report((Outcome("b", "", "failed", message="no sound"),))

    fetch_step(told, busy)
    tiny_meetings.make(tmp_path / "in", 0)
    process_step(told, tmp_path / "in", Batches(settle_s=0), tmp_path / "home", run)

    assert len(ran) == 1
    assert told.wrong == ["b: no sound", "fetching: another run is fetching"]


def test_a_fault_of_the_program_is_told_with_the_meetings_that_failed() -> None:
    told = Told(Report((Outcome("b", "", "failed", message="no sound"),)))

    with told.step("retention"):
        raise KeyError("x")

    assert told.wrong == [
        "b: no sound",
        "retention: a fault in this program, please report it: KeyError('x')",
    ]


def test_what_could_not_be_had_of_a_meeting_is_told(tmp_path: Path) -> None:
    def landed(name: str, what: str, note: str) -> Landed:
        return Landed(name, tmp_path / name, what, notes=(note,))

    told = Told()
    fetch_step(
        told,
        lambda: FetchReport(
            (
                landed("june", "up to date", "recording: … is a page of HTML"),
                landed("july", "failed", "it broke off"),
                landed("may", "cancelled", "the council says: Cancelled"),
            ),
            ("aldermere, moderngov: it is down",),
            1.0,
        ),
    )

    assert told.notes == ["june: recording: … is a page of HTML"]
    assert told.wrong == ["july: it broke off", "aldermere, moderngov: it is down"]


@pytest.mark.parametrize("days", [0, 2])
def test_a_meeting_that_waits_is_told_and_after_a_day_left_undone(
    tmp_path: Path, days: int
) -> None:
    folder = tiny_meetings.make(tmp_path / "in", 0)
    (folder / "captions.vtt").unlink()
    for path in folder.iterdir():
        os.utime(path, (time.time() - days * 86_400,) * 2)
    told = Told()

    process_step(told, tmp_path / "in", Batches(settle_s=0), tmp_path, lambda *_, **__: Report(()))

    (sentence,) = told.wrong if days else told.notes
    assert sentence.endswith(" waits: captions.vtt is not there yet")


def test_the_night_reads_with_the_reader_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is part of what a result depends on: another choice would make every meeting anew."""
    assert tools_of(Batches(), Settings()).reader is None
    monkeypatch.setenv("MATTERS_READER_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("MATTERS_READER_MODEL", "one")

    made = tools_of(Batches(), Settings())

    assert made.reader is not None
    assert made == _tools(Settings())


@pytest.mark.parametrize("damaged", [False, True])
def test_what_is_over_its_time_leaves_the_store_too_whatever_else_is_damaged(
    sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    seen = Decision("note", "seen", "A. Clerk", now(), reference="SCSC/2026-27/01")
    Ledger(home).append([seen])  # so that today's date is believed
    if damaged:
        next((home / "record" / JUNE).glob("findings-*")).write_text("half")
    monkeypatch.setenv("MATTERS_RETENTION_VECTORS_DAYS", "0")
    monkeypatch.setenv("MATTERS_STORE", "s3://no-such-bucket/x")
    told = Told()

    retention_step(told, home)

    begins = [s.split(":")[0] for s in (*told.notes, *told.undone)]
    assert begins == (
        [JULY, JUNE, "STILL in the store"] if damaged else [JUNE, JULY, "STILL in the store"]
    )
    assert not any(len(p.vectors) for p in Record(home).read(JULY).transcripts)


def test_pages_that_could_not_be_written_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[tuple[str, str]]()
    monkeypatch.setattr(nightly, "tell", lambda *said: told.append(said))

    with pytest.raises(ManifestError):
        nightly.matters_arising_pages.fn(str(tmp_path), str(tmp_path / "matters.toml"))

    ((batch, message),) = told
    assert batch == "matters-arising"
    assert "there is no" in message
