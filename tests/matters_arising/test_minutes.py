"""``matters minutes`` as a clerk meets it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.minutes import add_minutes
from matters_arising.cli import main
from matters_arising.cli.minutes import show
from models.vectors import MiniLM
from tests.flows.test_minutes import MEETING, TEXT
from tests.warehouse import builders
from transcripts.record import Record


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Record(tmp_path).save(builders.done(MEETING), key="k1")
    (tmp_path / "minutes.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    """The command on the archive's minutes."""
    source = str(home / "minutes.txt")
    return CliRunner().invoke(
        main, ["--home", str(home), "minutes", source, "--meeting", MEETING, *arguments]
    )


def test_both_wordings_stand_side_by_side_then_what_is_only_in_one(home: Path) -> None:
    said = run(home).output

    line = next(x for x in said.splitlines() if "minute 5, point 1" in x)
    assert "spoken" in line
    assert "taken as the same, with a clear margin" in said
    assert said.index("Only minuted") > said.index("Minuted and spoken")
    assert (
        "3 points minuted (text, draft): 1 matched, 0 proposed, 2 only minuted, 0 only spoken"
        in said
    )
    assert "kept as minutes-" in said


def test_where_there_is_no_room_one_stands_below_the_other(home: Path) -> None:
    from rich.console import Console

    compared = add_minutes(
        str(home / "minutes.txt"), MEETING, home=home, vectors=MiniLM(), dry_run=True
    )
    console = Console(file=io.StringIO(), width=70)

    show(console, compared, kept=False)

    said = console.file.getvalue().splitlines()
    heads = [n for n, x in enumerate(said) if x.startswith(("minuted  ", "spoken  "))]
    assert heads[1] > heads[0] + 1
    assert said[-1] == "nothing was kept: this was a dry run"


def test_json_holds_both_sides_and_the_reasons(home: Path) -> None:
    told = json.loads(run(home, "--json").output)

    (pair,) = told["matched"]
    assert set(told) == {"minutes", "kept", "matched", "only_minuted", "only_spoken"}
    assert pair["minuted"]["minute_no"] == "5"
    assert pair["match"]["reasons"]
    assert "points" not in told["minutes"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--approved-on", "2026-07-14"], "--approved-on goes with --state approved"),
        (["--state", "final"], "'final' is not one of"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    home: Path, arguments: list[str], said: str
) -> None:
    result = run(home, *arguments)

    assert result.exit_code == 2
    assert said in result.output


def test_a_file_that_is_not_there_is_told_in_one_line(home: Path) -> None:
    (home / "minutes.txt").unlink()
    result = run(home)

    assert result.exit_code == 1
    assert "there is no file" in result.output
    assert "Traceback" not in result.output
