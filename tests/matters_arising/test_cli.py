"""The command as a person meets it."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from matters_arising.cli import main
from matters_arising.cli.output import as_csv, plain
from transcripts.times import clock

HEAVY = ("torch", "prefect", "duckdb", "spacy", "whisper", "numpy", "sklearn", "pydantic")


def test_help_imports_nothing_heavy() -> None:
    """That is why it answers at once."""
    code = (
        "import sys; from matters_arising.cli import main; main(['--help'], standalone_mode=False);"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "anything"], "there is no warehouse in"),
        (["concerns"], "there is no warehouse in"),
        (["recommendation", "SCSC/2026-27/01"], "there is no warehouse in"),
        (["process", "no-such-file.mp3"], "there is no file or folder no-such-file.mp3"),
        (["export", "out"], "there is no warehouse in"),
    ],
)
def test_what_a_person_can_mend_is_said_without_a_traceback(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    """One sentence, exit status 1."""
    result = CliRunner().invoke(main, ["--home", str(tmp_path), *arguments])

    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_home_can_be_named_before_and_after_the_command(tmp_path: Path) -> None:
    """Whichever a person types, it is the same folder."""
    before = CliRunner().invoke(main, ["--home", str(tmp_path), "concerns"])
    after = CliRunner().invoke(main, ["concerns", "--home", str(tmp_path)])

    assert before.output == after.output


def test_csv_cells_do_not_become_formulas_in_a_spreadsheet() -> None:
    """A quote that begins with = is text; a negative number is a number."""
    rows = [{"quote": "=HYPERLINK(1)", "n": -2.5, "who": "a, b"}]

    (line,) = csv.DictReader(io.StringIO(as_csv(rows)))
    assert line == {"quote": "'=HYPERLINK(1)", "n": "-2.5", "who": "a, b"}


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00:00"), (75.9, "0:01:15"), (3725, "1:02:05")]
)
def test_times_are_shown_as_players_show_them(seconds: float, shown: str) -> None:
    """Whole seconds, never rounded up to what has not been said yet."""
    assert clock(seconds) == shown


def test_values_are_written_as_people_write_them() -> None:
    """Nothing, yes, a list."""
    assert [plain(None), plain(True), plain(["a", "b"]), plain(0.5)] == ["", "yes", "a, b", "0.50"]
