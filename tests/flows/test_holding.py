"""Holding a meeting back: which lines hold it, which copies have it, and whether it is known."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.holding import hold
from matters_arising.cli import main
from tests.sample_home import JULY, JUNE
from transcripts.copies import Copy, note
from transcripts.ledger import Decision, Ledger, now

SOON, LATER = date.today() + timedelta(days=10), date.today() + timedelta(days=99)


@pytest.fixture
def home(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


def held(home: Path, meeting_id: str) -> Result:
    day = SOON.isoformat()
    return CliRunner().invoke(
        main, ["--home", str(home), "hold", meeting_id, "--until", day, "--by", "A"]
    )


def test_a_shorter_hold_tells_which_lines_to_undo(home: Path) -> None:
    """Undoing the shorter one alone would bring back the longer."""
    ended = Decision("hold", "held", "A", now(), meeting_id=JULY, day="2020-01-01")
    Ledger(home).append([ended])
    longer = hold(home, JULY, LATER, "A", "").line

    made = hold(home, JULY, SOON, "A", "")
    told = held(home, JULY).output

    assert [d.id for d in made.earlier] == [longer.id]
    assert f"then line {longer.id} holds it, until {LATER}: matters decide undo {longer.id}" in told
    assert f"then line {made.line.id} holds it, until {SOON}" in told


def test_a_hold_names_the_copies_that_have_the_meeting(home: Path, tmp_path: Path) -> None:
    when = "2026-07-18T09:00:00+00:00"
    note(home, Copy("export", str(tmp_path), when, (JUNE, JULY)))
    note(home, Copy("backup", "/mnt/backup", when, (JULY,)))

    told = held(home, JUNE).output

    assert f"still in the export of 2026-07-18 09:00 in {tmp_path}" in told
    assert "/mnt/backup" not in told


def test_a_mistyped_id_is_told_with_those_near_it(home: Path) -> None:
    told = held(home, JULY.replace("scsc", "scs"))

    assert told.exit_code == 0
    assert "is in the archive or the inbox yet, so the hold waits for it" in told.stderr
    assert f"meant may be {JULY} or" in told.stderr


@pytest.mark.parametrize("name", ["meeting.toml", "waiting.toml"])
def test_a_meeting_that_waits_in_the_inbox_is_known(home: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "inbox" / "aldermere" / "august"
    folder.mkdir(parents=True)
    (folder / name).write_text('id = "aldermere-scsc-2026-08-06"\n')

    told = held(home, "aldermere-scsc-2026-08-06")

    assert (told.exit_code, told.stderr) == (0, "")
