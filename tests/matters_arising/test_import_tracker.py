"""A tracker on the command line: told first, then written, and taken back as one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from tests.warehouse import register_builders as r
from transcripts.ledger import Ledger, those_standing

HOUSING = (
    "No.,Origin,Date,Recommendation,Agreed,Comments\n"
    "1,Housing Panel,03/06/2025,That the Cabinet fund a damp survey.,Yes,It pays for itself.\n"
    "2,Housing Panel,03/06/2025,That the register be published.,No,\n"
)
HEALTH = (
    "No.,Origin,Date,Recommendation,Agreed\n"
    "1,Health Panel,03/06/2025,That the Cabinet open a walk-in clinic.,Yes\n"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive into which the tracker of one committee was taken."""
    home = tmp_path_factory.mktemp("home")
    r.load(home, [r.june()], r.NUMBERED)
    tell(home, "housing.csv", HOUSING, "--apply", "--by", "Ada")
    return home


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words])


def tell(home: Path, name: str, text: str, *words: str) -> Result:
    (home / name).write_text(text, encoding="utf-8")
    return run(home, "import-tracker", str(home / name), *words)


def register(home: Path) -> dict[str, dict[str, str]]:
    told = json.loads(run(home, "recommendations", "--json").output)
    return {entry["reference"]: entry for entry in told}


def test_what_was_written_is_the_same_again_and_anothers_number_is_its_own(home: Path) -> None:
    again = tell(home, "housing.csv", HOUSING)
    other = tell(home, "health.csv", HEALTH)

    assert re.findall(r"^row \d+  (.+)$", again.output, re.M) == [
        "same       HP/2025-26/01",
        "same       HP/2025-26/02",
    ]
    assert re.findall(r"^row \d+  (.+)$", other.output, re.M) == ["new        HEPA/2025-26/01"]


def test_an_undated_answer_is_none_of_the_last_meeting(home: Path) -> None:
    row = "Ref,Origin,Date,Recommendation,Agreed\nSR 9,SCSC,02/06/2026,Mend the weir.,Yes\n"
    made = tell(home, "weir.csv", row, "--apply", "--by", "Ada")
    page = run(home, "arising", "SCSC", "--for", "2026-12-01").output
    entry = register(home)["SR 9"]

    assert made.exit_code == 0, made.output
    assert (entry["response"], entry["response_date"]) == ("accepted", "")
    assert entry["committee"] == "Safer Communities Scrutiny Committee"
    assert "## Answered since the last meeting\n\n\nNo answer is recorded." in page


def test_the_reason_of_a_new_row_is_kept(home: Path) -> None:
    assert register(home)["HP/2025-26/01"]["note"] == "It pays for itself."


def test_as_data_it_names_the_entry_and_does_not_copy_it(home: Path) -> None:
    told = json.loads(tell(home, "housing.csv", HOUSING, "--json").stdout)

    assert [row["reference"] for row in told] == ["HP/2025-26/01", "HP/2025-26/02"]
    assert "held" not in told[0]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_registers_own_export_is_the_same_in_every_row(home: Path, ending: str) -> None:
    path = home / f"register.{ending}"
    made = run(home, "recommendations", "--all", f"--{ending}", *[str(path)] * (ending == "xlsx"))
    if ending == "csv":
        path.write_text(made.stdout, encoding="utf-8")
    told = run(home, "import-tracker", str(path)).output

    assert made.exit_code == 0, made.output
    rows = re.findall(r"^row \d+  (\w+)", told, re.M)
    assert set(rows) == {"same"}
    assert len(rows) >= len(register(home))
    assert "0 lines would be written" in told


def test_an_import_is_taken_back_as_one(tmp_path: Path) -> None:
    r.load(tmp_path, [r.june()], r.NUMBERED)
    before = those_standing(Ledger(tmp_path).all_lines())
    made = tell(tmp_path, "housing.csv", HOUSING, "--apply", "--by", "Ada")
    line = re.search(r"undo --import (\w+)", made.output)
    assert line is not None

    mine = run(tmp_path, "decide", "undo", "--import", before[0].id, "--by", "Ada")
    back = run(tmp_path, "decide", "undo", "--import", line[1], "--by", "Ada")
    again = run(tmp_path, "decide", "undo", "--import", line[1], "--by", "Ada")

    assert (mine.exit_code, back.exit_code, again.exit_code) == (1, 0, 1)
    assert "2 lines of the import are taken back" in back.output
    assert those_standing(Ledger(tmp_path).all_lines()) == before
    assert not [reference for reference in register(tmp_path) if reference.startswith("HP/")]
