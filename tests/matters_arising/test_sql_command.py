"""``matters sql`` as a person or a script meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from warehouse.migrate import VIEWS


def run(home: Path, *arguments: str, given: str = "") -> Result:
    """The command, with something on its standard input."""
    return CliRunner().invoke(main, ["--home", str(home), "sql", *arguments], input=given)


def test_an_answer_is_a_table_csv_or_json(home: Path) -> None:
    """The same rows; JSON and CSV hold nothing else."""
    asked = "SELECT meeting_id, sentences FROM meetings WHERE meeting_id = 'long'"

    table, as_csv, as_json = run(home, asked), run(home, asked, "--csv"), run(home, asked, "--json")
    assert "long" in table.stdout
    assert "1 row" in table.stderr
    assert as_csv.stdout == "meeting_id,sentences\nlong,405\n"
    assert json.loads(as_json.stdout) == [{"meeting_id": "long", "sentences": 405}]


def test_a_statement_may_come_from_a_file_or_a_pipe(home: Path, tmp_path: Path) -> None:
    """With a comment and a semicolon, as people keep them."""
    (tmp_path / "question.sql").write_text("-- how many?\nSELECT count(*) AS n FROM meetings;\n")

    by_file = run(home, "-f", str(tmp_path / "question.sql"), "--csv")
    by_pipe = run(home, "--csv", given="SELECT count(*) AS n FROM meetings")
    by_dash = run(home, "-", "--csv", given="SELECT count(*) AS n FROM meetings")
    assert by_file.stdout == by_pipe.stdout == by_dash.stdout == "n\n4\n"


def test_no_rows_are_still_an_answer(home: Path) -> None:
    """The columns are told."""
    asked = "SELECT meeting_id, date FROM meetings WHERE false"

    assert run(home, asked, "--csv").stdout == "meeting_id,date\n"
    assert json.loads(run(home, asked, "--json").stdout) == []


def test_a_row_of_many_columns_is_a_paragraph(home: Path) -> None:
    """As a table nobody could read it; what is empty in it is left out."""
    told = run(home, "SELECT * FROM meetings WHERE meeting_id = 'long'").stdout

    assert "meeting_id      long\n" in told
    assert "sentences       405\n" in told
    assert "page" not in told


def test_a_cut_is_told_apart_from_the_answer(home: Path) -> None:
    """On standard error, so that a script's CSV stays CSV."""
    told = run(home, "FROM sentences", "--rows", "3", "--csv")

    assert len(list(csv.DictReader(io.StringIO(told.stdout)))) == 3
    assert "cut at --rows 3; there are more" in told.stderr


def test_parquet_is_written_whole_and_never_over_a_file(home: Path, tmp_path: Path) -> None:
    """Types are kept; columns of one name are numbered."""
    target = tmp_path / "out.parquet"
    asked = "SELECT date, count(*) AS n, sum(words) AS n FROM utterances GROUP BY 1 ORDER BY 1"

    first, second = (run(home, asked, "--parquet", str(target)) for _ in range(2))
    assert first.exit_code == 0
    assert pq.read_table(target).schema.names == ["date", "n", "n_2"]
    assert pq.read_table(target).num_rows == 4
    assert (second.exit_code, "is there already" in second.output) == (1, True)
    assert [p.name for p in tmp_path.iterdir()] == ["out.parquet"]


def test_the_views_are_listed_with_units_and_meanings(home: Path) -> None:
    """As words and as JSON, from the same source."""
    words, listed = run(home, "--views"), json.loads(run(home, "--views", "--json").stdout)

    assert list(dict.fromkeys(c["view"] for c in listed)) == list(VIEWS)
    assert all(c["meaning"] and c["type"] for c in listed)
    units = {(c["view"], c["column"]): c["unit"] for c in listed}
    assert units["utterances", "start_s"] == "seconds"
    assert units["coverage", "share_named"] == "share, 0 to 1"
    assert units["register", "response_due"] == "day, as 2026-06-30; or empty"
    assert "start_s                double, seconds: Where it begins" in words.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["DROP VIEW meetings"], "only a SELECT over the public views may be asked"),
        (["FROM store.person"], "none of the public views"),
        (["SELECT nothing FROM meetings"], "nothing"),
        (["SELECT 1", "-f", __file__], "not both"),
        (["SELECT 1", "--rows", "0"], "--rows"),
        (["SELECT 1", "--seconds", "0"], "--seconds"),
        ([""], "no statement"),
    ],
)
def test_a_fault_is_said_without_a_traceback(home: Path, arguments: list[str], said: str) -> None:
    """And nothing stands on standard output."""
    told = run(home, *arguments)

    assert told.exit_code
    assert said in told.stderr
    assert told.stdout == ""
    assert "Traceback" not in told.output


def test_a_value_that_looks_like_markup_or_a_formula_stays_what_it_is(home: Path) -> None:
    """In a table and in a spreadsheet."""
    table = run(home, "SELECT '[red]x[/]' AS \"[b]\", '=1+1' AS f")

    assert "[red]x[/]" in table.stdout
    assert "[b]" in table.stdout
    assert run(home, "SELECT '=1+1' AS f", "--csv").stdout == "f\n'=1+1\n"
    assert json.loads(run(home, "SELECT 'nan'::DOUBLE AS f", "--json").stdout) == [{"f": None}]


def test_numbers_in_csv_are_not_rounded(home: Path) -> None:
    """A table is for the eye; what a program reads has every digit, as JSON has."""
    asked = "SELECT 0.123456789::DOUBLE AS a, [0.125::DOUBLE] AS b"

    assert run(home, asked, "--csv").stdout == "a,b\n0.123456789,0.125\n"
    assert "0.12 " in run(home, asked).stdout


def test_json_holds_no_number_that_json_does_not_know(home: Path) -> None:
    """Nor inside lists and structs."""
    asked = "SELECT ['nan'::FLOAT, 1] AS a, {'x': 'inf'::DOUBLE} AS b"

    read = json.loads(run(home, asked, "--json").stdout, parse_constant=pytest.fail)
    assert read == [{"a": [None, 1.0], "b": {"x": None}}]


def test_what_parquet_cannot_hold_is_told(home: Path, tmp_path: Path) -> None:
    """With what to write instead; no half a file is left."""
    file = tmp_path / "x.parquet"
    told = run(home, "SELECT INTERVAL 1 MONTH AS a", "--parquet", str(file))

    assert (told.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "CAST(column AS VARCHAR)" in told.output
