"""What is broken on purpose is found and named by ``matters doctor --deep``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from matters_arising.cli.deep import look_deep
from tests.sample_home import JULY, JUNE
from transcripts.home import FORMAT, NAME, bring_forward
from transcripts.record import SUMS


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    made = Path(shutil.copytree(sample_home, tmp_path / "home"))
    bring_forward(made)
    return made


def doctor(home: Path) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "doctor", "--deep"])


def test_a_sound_archive_has_no_fault(home: Path) -> None:
    told = doctor(home)

    assert told.exit_code == 0, told.output
    assert "every version is what was written" in told.output
    assert "MB for each of 0.3 hours of meetings" in told.output
    assert "last backup: none was made" in told.output


def test_one_flipped_byte_is_found(home: Path) -> None:
    path = next((home / "record" / JULY).glob("vectors-*"))
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)

    told = doctor(home)

    assert told.exit_code == 1
    assert f"{path} is not what was written: restore it from a backup" in told.output


def test_a_version_that_is_gone_or_unknown_is_found(home: Path) -> None:
    gone = next((home / "record" / JULY).glob("findings-*"))
    gone.unlink()
    (home / "record" / JUNE / SUMS).unlink()

    faults = look_deep(home)["faults"]

    assert any(f"{gone} is gone" in f for f in faults)
    assert any(f"versions in {home / 'record' / JUNE} have no sum" in f for f in faults)


def test_lines_of_the_ledger_that_cannot_be_read_are_counted(home: Path) -> None:
    with (home / "ledger.jsonl").open("ab") as file:
        file.write(b'{"kind": "unheard of"}\n{"kind": "no')
    lines = (home / "ledger.jsonl").read_bytes().count(b"\n")

    (fault,) = look_deep(home)["faults"]

    assert f"2 lines cannot be read ({lines}, {lines + 1})" in fault


def test_a_warehouse_of_other_versions_is_found(home: Path) -> None:
    current = home / "record" / JULY / "current.json"
    run = json.loads((current.parent / json.loads(current.read_text())["run"]).read_text())
    run["parts"] = []
    (current.parent / "run-0.json").write_text(json.dumps(run))
    current.write_text('{"run": "run-0.json"}')

    faults = look_deep(home)["faults"]

    assert (
        f"the warehouse holds other versions of {JULY} than the record: matters rebuild" in faults
    )


def test_what_nobody_needs_is_counted(home: Path) -> None:
    folder = home / "record" / JULY
    (folder / "transcript-00.json").write_text("earlier")
    (folder / ".transcript-01.json.999999999").write_text("half")
    (home / "record" / "begun").mkdir()
    (home / "record" / "begun" / "transcript-02.json").write_text("x")
    (home / "work").mkdir()
    (home / "work" / "a.pcm").write_bytes(bytes(10))

    found = {u["what"]: (u["files"], u["size"]) for u in look_deep(home)["unneeded"]}

    assert found == {
        "earlier versions of meetings": (1, 7),
        "versions of meetings that no run has finished": (1, 1),
        "half-written files of writers that are gone": (1, 4),
        "decoded sound": (1, 10),
    }


def test_a_home_of_before_is_brought_forward_once(sample_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "old"))
    for sums in home.rglob(SUMS):
        sums.unlink()
    (home / "cache").mkdir()
    (home / "cache" / "piece-0123").write_text("{}")

    told = bring_forward(home)

    assert told == [
        "sums of the versions of 2 meetings were written down",
        "1 results of stages, which no run would find again, were cleared",
    ]
    assert json.loads((home / NAME).read_text()) == {"format": FORMAT}
    assert look_deep(home)["faults"] == []
    assert bring_forward(home) == []


def test_a_home_of_a_newer_program_is_refused_by_every_command(home: Path) -> None:
    (home / NAME).write_text(json.dumps({"format": FORMAT + 1}))
    before = {p: p.stat().st_mtime_ns for p in home.rglob("*")}

    told = CliRunner().invoke(main, ["--home", str(home), "search", "damp"])

    assert told.exit_code == 1
    assert "was written by a newer version of this program" in told.output
    assert {p: p.stat().st_mtime_ns for p in home.rglob("*")} == before
