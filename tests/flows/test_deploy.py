"""The batches as Prefect runs them: deployments, artifacts, a limit, and notices that arrive."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from http.server import ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch

import httpx
import pytest

from flows.coming import coming, write_pages
from flows.report import Outcome, Report
from flows.schedules import Batches, read_batches
from flows.server import TemporaryServer, prepare_environment
from flows.told import coverage_rows, in_markdown
from matters_arising.errors import ManifestError
from tests import tiny_meetings
from tests.flows.deploy_support import receiving
from tests.flows.support import ROOT, matters
from tests.sample_home import JUNE

CONFIG = """
[batches]
night = "30 1 * * *"
look_again = ""
engine = "captions"
settle_s = 0
recognising = 2
"""
# registers, and once the server knows of it runs a night: as ``matters deploy`` does, but at once
REGISTER = """
import asyncio, sys
from pathlib import Path
from flows.deploying import register
from flows.schedules import read_batches
from transcripts.sources.config import read_config
config = read_config(Path(sys.argv[2]))
batches = read_batches(config.batches, config.path)
asyncio.run(register(Path(sys.argv[1]), config.path, batches, sys.argv[3]))
"""
NIGHT = "import sys; from flows.nightly import night; night(sys.argv[1], sys.argv[2])"


@pytest.fixture
def receiver() -> Iterator[ThreadingHTTPServer]:
    with receiving() as server:
        yield server


@pytest.fixture
def own_environment() -> Iterator[None]:
    """What is settled for Prefect here is settled for nobody else: another test's archive keeps
    what Prefect is told under its own home."""
    with patch.dict(os.environ):
        for name in [n for n in os.environ if n.startswith("PREFECT_")]:
            del os.environ[name]
        yield


@pytest.mark.prefect
@pytest.mark.usefixtures("own_environment")
def test_a_night_leaves_its_report_and_tells_what_it_left_undone(
    tmp_path: Path, receiver: ThreadingHTTPServer
) -> None:
    home, config = tmp_path / "home", tmp_path / "matters.toml"
    config.write_text(CONFIG)
    tiny_meetings.make(tmp_path / "inbox", 0, sayings=4)
    (tmp_path / "inbox" / "bad").mkdir()
    (tmp_path / "inbox" / "bad" / "meeting.toml").write_text('id = "bad"\n')
    prepare_environment(home)
    server = TemporaryServer(home)
    try:
        server.wait()
        os.environ["PREFECT_API_URL"] = server.api_url
        address = f"json://127.0.0.1:{receiver.server_port}"
        for _ in range(2):  # renewed, never doubled
            run(REGISTER, home, config, address)
        server.restart()
        ended = run(NIGHT, home, config)
        came = receiver.came.wait(30)  # type: ignore[attr-defined]
        asked = {
            name: httpx.post(f"{server.api_url}/{name}/filter", json={}, timeout=30).json()
            for name in ("deployments", "artifacts", "automations")
        }
        limit = httpx.get(f"{server.api_url}/v2/concurrency_limits/matters-recognising").json()
    finally:
        server.stop()

    assert ended.returncode == 1
    assert came, server.log.read_text()
    (notice,) = receiver.got  # type: ignore[attr-defined]
    assert notice["title"] == "Matters Arising: night left something undone"
    assert "one thing was left undone" in notice["message"]
    assert "does not say 'committee'" in notice["message"]
    crons = {
        d["name"]: [s["schedule"]["cron"] for s in d["schedules"]] for d in asked["deployments"]
    }
    assert crons == {"night": ["30 1 * * *"], "look-again": [], "arising": ["0 6 * * *"]}
    assert len(asked["automations"]) == 1
    artifacts = {a["key"]: a["data"] for a in asked["artifacts"] if a["key"]}
    assert artifacts["run-report"].startswith("# 1 done, 1 failed")
    assert json.loads(artifacts["coverage"])[0]["transcribed"] == "100%"
    assert limit["limit"] == 2


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"night": "at two"}, "'at two' is no cron line"),
        ({"timezone": "London"}, "'London' is no time zone"),
        ({"nights": ""}, "nights: Extra inputs are not permitted"),
        ({"look_again_days": 0}, "look_again_days: Input should be greater than or equal to 1"),
    ],
)
def test_a_mistake_in_the_table_is_named(table: dict[str, object], words: str) -> None:
    with pytest.raises(ManifestError, match=r"matters.toml, \[batches\]: .*") as told:
        read_batches(table, Path("matters.toml"))

    assert words in str(told.value)


def test_what_would_run_when_is_told_before_it_runs(tmp_path: Path) -> None:
    config = tmp_path / "matters.toml"
    config.write_text(CONFIG)

    told = matters(tmp_path / "home", "deploy", "--check", "--config", str(config))

    assert told.stdout.splitlines() == [
        "night: 30 1 * * * (Europe/London)",
        "look-again: when it is asked (Europe/London)",
        "arising: 0 6 * * * (Europe/London)",
    ]
    assert Batches().look_again == "0 5 * * 6"


def test_a_page_is_written_for_a_meeting_that_is_near_and_for_no_other(
    sample_home: Path, tmp_path: Path
) -> None:
    for day, code in (("2026-09-10", "SCSC"), ("2026-09-30", "SCSC"), ("2026-09-11", "HSC")):
        folder = tmp_path / "in" / "aldermere" / day
        folder.mkdir(parents=True)
        (folder / "waiting.toml").write_text(
            f'id = "{code.lower()}-{day}"\ncouncil = "Aldermere Borough Council"\n'
            f'committee = "{"Safer Communities" if code == "SCSC" else "Housing"} Scrutiny '
            f'Committee"\ncommittee_code = "{code}"\ndate = {day}\n'
        )
    today = date(2026, 9, 3)

    near = [m.id for m in coming(tmp_path / "in", 7, today)]
    pages = write_pages(sample_home, tmp_path / "in", tmp_path / "pages", 8, today)

    assert near == ["scsc-2026-09-10"]
    assert [p.name for p in pages.written] == ["scsc-2026-09-10.docx"]  # housing was never heard
    assert pages.written[0].read_bytes().startswith(b"PK")
    assert pages.faults == ()


def test_a_report_names_failures_first_and_says_what_is_held() -> None:
    report = Report(
        (
            Outcome("a", JUNE, "done", sound_s=600, words=9, transcribed_share=0.5, gaps=1),
            Outcome("b/meeting.toml", "", "failed", message="a | in\nit"),
        ),
        seconds=3.0,
    )

    told = in_markdown(report, ["the source was slow"])

    rows = [line for line in told.splitlines() if line.startswith("| ")][1:]
    assert rows == [
        "| b/meeting.toml | failed | 0 | 0 | 0 | a \\| in it |",
        f"| {JUNE} | done | 10 | 9 | 0 |  |",
    ]
    assert told.startswith("# 1 done, 1 failed")
    assert told.endswith("- the source was slow\n")
    assert [r["transcribed"] for r in coverage_rows(report)] == ["50%"]


def test_the_guide_shows_every_key_of_the_table_as_it_is_without_it() -> None:
    guide = (ROOT / "docs" / "how-to" / "every-night.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"```toml\n(\[batches\].*?)```", guide, re.DOTALL)

    assert tomllib.loads(told)["batches"] == Batches().model_dump()
