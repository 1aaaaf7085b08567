"""Every line of the ledger is listed, also those taken back, and no withheld name is printed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from tests.warehouse import register_builders as r

OTHER = "SCSC/2026-27/08"
LINES = (
    r.NUMBERED,
    r.line("respond", "accepted", id="answer", day="2026-07-15", why="Tom Petty rang"),
    r.line("undo", "answer", reference="", id="back"),
    r.line("undo", "back", reference="", id="forth"),
    r.line("note", "of another one", reference=OTHER, id="other"),
    r.line("merge", r.REFERENCE, reference=OTHER, id="merged"),
    r.line("withhold", "withheld", reference="", name="Tom Petty", id="hidden"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with lines of several kinds."""
    made = tmp_path_factory.mktemp("home")
    r.load(made, [r.june(), r.july()], *LINES)
    return made


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "ledger", *words])


def rows(home: Path, *words: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(run(home, "--json", *words).output)
    return found


def test_every_line_is_listed_in_order_with_what_undid_it(home: Path) -> None:
    listed = rows(home)

    assert [row["id"] for row in listed] == [line.id for line in LINES]
    undone = {row["id"]: row["undone_by"] for row in listed if row["undone_by"]}
    assert undone == {"back": "forth"}


@pytest.mark.parametrize("spelling", [r.REFERENCE, r.REFERENCE.lower()])
def test_what_is_about_one_recommendation_holds_its_undoings(home: Path, spelling: str) -> None:
    ids = [row["id"] for row in rows(home, "--about", spelling)]

    assert ids == [r.NUMBERED.id, "answer", "back", "forth", "merged"]


@pytest.mark.parametrize("form", ["--json", "--csv", "--table"])
def test_a_withheld_name_is_not_printed(home: Path, form: str) -> None:
    told = run(home, form)

    assert told.exit_code == 0
    assert "Petty" not in told.output
    assert "Petty" in (home / "ledger.jsonl").read_text(encoding="utf-8")


def test_the_csv_has_a_line_for_each(home: Path) -> None:
    read = list(csv.DictReader(io.StringIO(run(home, "--csv").output)))

    assert [row["kind"] for row in read] == [line.kind for line in LINES]


def test_a_reference_of_which_nothing_is_known_names_those_held(home: Path) -> None:
    told = run(home, "--about", "SCSC/2026-27/99")

    assert told.exit_code == 1
    assert r.REFERENCE in told.output
