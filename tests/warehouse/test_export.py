"""Exports are complete, say what they are, and are the same for the same archive."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from matters_arising.errors import BadInputError, UnknownValueError
from tests.warehouse import builders as b
from warehouse import store
from warehouse.export import WRITERS, export
from warehouse.migrate import VIEWS
from warehouse.reader import open_reader


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one meeting with a sentence that a spreadsheet would run."""
    made = tmp_path_factory.mktemp("home")
    lines = (*b.LINES, ("V1", "7", "=SUM(A1) is what she said, and “quoted”."))
    store.load(made, [b.one_transcript(b.transcript("june", lines))])
    return made


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_every_view_is_a_file_with_a_manifest_that_counts_it(
    home: Path, tmp_path: Path, format: str
) -> None:
    """And says that it is machine-made."""
    counts = export(home, tmp_path / "out", format)

    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert sorted(p.stem for p in (tmp_path / "out").glob(f"*.{format}")) == sorted(VIEWS)
    assert manifest["rows"] == counts
    assert manifest["meetings"] == ["june"]
    assert "the minutes are the formal record" in manifest["note"]
    assert not [p for p in tmp_path.iterdir() if p.name != "out"]


def test_all_formats_hold_the_same_rows(home: Path, tmp_path: Path) -> None:
    """What differs is a formula's guard in CSV."""
    for format in WRITERS:
        export(home, tmp_path / format, format)
    with (tmp_path / "csv" / "sentences.csv").open(newline="", encoding="utf-8") as file:
        as_csv = [row["text"] for row in csv.DictReader(file)]
    lines = (tmp_path / "jsonl" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    as_json = [json.loads(line)["text"] for line in lines]
    table = pq.read_table(tmp_path / "parquet" / "sentences.parquet")
    assert table.column("text").to_pylist() == as_json
    assert [t.removeprefix("'") for t in as_csv] == as_json
    assert as_csv[-1].startswith("'=SUM")


def test_the_same_archive_gives_the_same_bytes(home: Path, tmp_path: Path) -> None:
    """An export can be compared with an earlier one."""
    for format in WRITERS:
        export(home, tmp_path / f"one-{format}", format)
        export(home, tmp_path / f"two-{format}", format)
        for path in (tmp_path / f"one-{format}").iterdir():
            assert path.read_bytes() == (tmp_path / f"two-{format}" / path.name).read_bytes()


def test_the_dictionary_travels_along(home: Path, tmp_path: Path) -> None:
    """Every column of every view, with what it holds."""
    export(home, tmp_path / "out", "jsonl")
    lines = (tmp_path / "out" / "data_dictionary.jsonl").read_text().splitlines()
    with open_reader(home) as reader:
        columns = sum(len(reader.con.view(v).columns) for v in VIEWS)
    assert len(lines) == columns
    assert all(json.loads(line)["description"] for line in lines)


def test_a_folder_that_is_there_is_not_touched(home: Path, tmp_path: Path) -> None:
    """Nor is an unknown format begun."""
    with pytest.raises(BadInputError, match="is there already"):
        export(home, tmp_path, "csv")
    with pytest.raises(UnknownValueError, match="parquet"):
        export(home, tmp_path / "out", "xml")
    assert list(tmp_path.iterdir()) == []
