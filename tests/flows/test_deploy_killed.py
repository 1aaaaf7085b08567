"""Batches whose process, or whole machine, goes while they are at work: told, and gone on with."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.claims import only_one
from tests import tiny_meetings
from tests.flows.deploy_support import Deployed, receiving
from tests.flows.support import matters, until
from transcripts.record import Record

pytestmark = pytest.mark.prefect
CONFIG = """
[batches]
night = ""
look_again = ""
arising = ""
engine = "captions"
settle_s = {settle_s}
"""


@pytest.mark.long
def test_a_killed_batch_is_told_and_one_cut_short_with_the_machine_blocks_no_other(
    tmp_path: Path,
) -> None:
    """1 its process is killed; 2 the machine goes, and comes back after another was due."""
    home, config = tmp_path / "home", tmp_path / "matters.toml"
    config.write_text(CONFIG.format(settle_s=600))  # what has only just come is waited for
    tiny_meetings.make(tmp_path / "inbox", 0, sayings=4)
    with receiving() as receiver:
        notify = {"MATTERS_NOTIFY": f"json://127.0.0.1:{receiver.server_port}"}
        deploy = Deployed(home, config, **notify)
        try:
            first = deploy.ask("night")
            until(lambda: deploy.state(first) == "RUNNING")
            os.kill(deploy.engine(), signal.SIGKILL)
            until(lambda: receiver.got)  # type: ignore[attr-defined]
            killed = deploy.state(first)

            second = deploy.ask("night")
            until(lambda: deploy.state(second) == "RUNNING")
            due = deploy.ask("night")
        finally:
            deploy.kill()
        config.write_text(CONFIG.format(settle_s=0))
        again = Deployed(home, config, **notify)
        try:
            until(lambda: again.state(due) in ("COMPLETED", "FAILED"))
            until(lambda: len(receiver.got) > 1)  # type: ignore[attr-defined]
            ended = [again.state(run) for run in (second, due)]
        finally:
            again.stop()
        told = [notice["message"] for notice in receiver.got]  # type: ignore[attr-defined]

    assert killed == "CRASHED"
    assert ended == ["CRASHED", "COMPLETED"], again.log.read_text()
    assert told == [
        "night was killed; what was finished is kept, and the next run goes on",
        "night was cut short when the machine or the program ended; what was finished is kept, "
        "and the next run goes on",
    ]
    assert len(Record(home).meeting_ids()) == 1


@pytest.mark.long
def test_what_was_due_while_it_was_off_is_run_when_it_is_back(tmp_path: Path) -> None:
    """Due by its schedule, an hour before: as after a night without power."""
    home, config = tmp_path / "home", tmp_path / "matters.toml"
    config.write_text(CONFIG.format(settle_s=0).replace('night = ""', 'night = "0 2 * * *"'))
    tiny_meetings.make(tmp_path / "inbox", 0, sayings=4)
    deploy = Deployed(home, config)
    try:
        until(lambda: deploy.runs())  # Prefect has laid out the coming nights
        coming = deploy.runs()[0]["id"]
    finally:
        deploy.stop()
    _an_hour_late(home, coming)
    again = Deployed(home, config)
    try:
        until(lambda: again.state(coming) == "COMPLETED")
    finally:
        again.stop()

    assert len(Record(home).meeting_ids()) == 1


def _an_hour_late(home: Path, run: str) -> None:
    """Lets the clock go on over a run's time while everything is off."""
    import sqlite3

    before = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with sqlite3.connect(home / "prefect" / "prefect.db") as con:
        for column in ("next_scheduled_start_time", "expected_start_time"):
            con.execute(f"UPDATE flow_run SET {column} = ? WHERE id = ?", (before, run))  # noqa: S608
        con.execute(  # until then whoever begins the run would wait
            "UPDATE flow_run_state SET state_details = "
            "json_set(state_details, '$.scheduled_time', ?) WHERE flow_run_id = ?",
            (before.replace(" ", "T") + "Z", run),
        )
    con.close()


def test_a_second_deploy_of_one_archive_is_refused(tmp_path: Path) -> None:
    home, config = tmp_path / "home", tmp_path / "matters.toml"
    config.write_text(CONFIG.format(settle_s=0))
    with only_one(home):
        told = matters(home, "deploy", "--config", str(config))

    assert told.returncode == 1
    assert "runs the batches of" in told.stderr
    assert not (home / "prefect").exists()
