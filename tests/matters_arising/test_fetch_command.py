"""``matters fetch`` and ``matters sources`` as an operator meets them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flows import nightly
from matters_arising.cli import main
from tests.transcripts.sources.test_folder import CONFIG, VTT
from transcripts.ledger import Decision, Ledger, now


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "recordings"
    folder.mkdir()
    (folder / "june.vtt").write_text(VTT)
    (folder / "meetings.csv").write_text(
        "committee,date,captions\nSCSC,2026-06-11,june.vtt\nSCSC,soon,june.vtt\n"
    )
    (tmp_path / "matters.toml").write_text(CONFIG)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_dry_run_tells_what_a_run_would_do_and_does_nothing(place: Path) -> None:
    told = run("fetch", "--since", "2026-06-01", "--until", "2026-06-30", "--dry-run")

    assert "  new         aldermere-scsc-2026-06-11: captions" in told.output
    assert "1 new and 0 changed meetings would be fetched" in told.output
    assert not (place / "inbox").exists()


def test_a_run_names_what_it_could_not_read_and_ends_with_one(place: Path) -> None:
    told = run("fetch", "--since", "2026-06-01", "--until", "2026-06-30")

    assert told.exit_code == 1
    assert "NOT READ    aldermere, folder: " in told.output
    assert "date 'soon' is no date; write it as 2026-06-11" in told.output
    assert (place / "inbox" / "aldermere" / "aldermere-scsc-2026-06-11" / "meeting.toml").exists()


def test_json_holds_the_whole_report(place: Path) -> None:
    report = json.loads(run("fetch", "--since", "2026-06-01", "--json").output)

    (meeting,) = report["meetings"]
    assert (meeting["id"], meeting["what"], meeting["ready"], meeting["changed"]) == (
        "aldermere-scsc-2026-06-11",
        "new",
        True,
        ["captions"],
    )
    assert len(report["faults"]) == 1


def test_a_council_that_is_not_set_up_is_told_with_those_that_are(place: Path) -> None:
    told = run("fetch", "--council", "tarnbeck")

    assert "no council 'tarnbeck' (there is: aldermere)" in told.output


def test_without_a_configuration_nothing_is_fetched(place: Path) -> None:
    (place / "matters.toml").unlink()

    told = run("fetch")

    assert told.exit_code == 1
    assert "nothing is fetched until one says from where" in told.output


def test_a_source_that_is_off_is_not_asked(place: Path) -> None:
    (place / "matters.toml").write_text(CONFIG.replace("enabled = true", ""))

    told = run("sources", "check")

    assert "off      aldermere, folder (folder)" in told.output
    assert "0 new and 0 changed" in run("fetch").output


def test_sources_that_answer_tell_what_they_hold(place: Path) -> None:
    told = run("sources", "check")

    assert "answers  aldermere, folder (folder)" in told.output
    assert "1 meetings, as meetings.csv tells; no network is asked" in told.output


def test_a_source_that_does_not_answer_is_a_fault(place: Path) -> None:
    (place / "matters.toml").write_text(CONFIG.replace('"recordings"', '"nowhere"'))

    told = run("sources", "check")

    assert told.exit_code == 1
    assert "FAULT    aldermere, folder" in told.output
    assert "there is no folder" in told.output


def test_a_file_to_begin_with_is_written_once(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)

    assert "wrote matters.toml: fill in your council" in run("sources", "init").output
    assert "not enabled: nothing is asked of it" in run("sources", "check").output
    assert "is there already, and was left as it is" in run("sources", "init").output


def test_what_was_purged_is_not_fetched_again_and_named(place: Path) -> None:
    """The guide tells one to take its folder out of the inbox."""
    meeting = "aldermere-scsc-2026-06-11"
    home = place / "matters-data"
    june = ("fetch", "--since", "2026-06-01", "--until", "2026-06-30")
    (line,) = Ledger(home).append([Decision("purge", "purged", "A", now(), meeting_id=meeting)])

    told = run(*june)
    dry = run(*june, "--dry-run")

    assert f"  purged      {meeting} (it was purged (" in told.output
    assert f"matters decide undo {line.id}" in told.output
    assert "no recording yet" not in told.output
    assert ", 1 purged and not fetched, " in told.output
    assert "purged" in dry.output
    assert not (place / "inbox" / "aldermere").exists()

    Ledger(home).append([Decision("undo", line.id, "A", now())])
    assert f"  new         {meeting}: captions" in run(*june).output


def test_the_night_fetches_nothing_of_what_was_purged(place: Path) -> None:
    meeting, home = "aldermere-scsc-2026-06-11", place / "elsewhere"
    Ledger(home).append([Decision("purge", "purged", "A", now(), meeting_id=meeting)])

    report = nightly.fetch.fn(place / "matters.toml", home, date(2026, 6, 1))

    assert [(m.id, m.what) for m in report.landed] == [(meeting, "purged")]
    assert not (place / "inbox" / "aldermere").exists()
