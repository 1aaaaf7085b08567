"""An archive made anew reads every meeting once, and one that cannot be read costs no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.load import Rebuilt, decide, rebuild, release
from matters_arising.cli import main
from matters_arising.errors import StoreError
from tests.warehouse import builders as b
from transcripts.ledger import Decision, Ledger, now
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from warehouse.reader import open_reader


def test_references_are_given_by_day_and_no_meeting_is_read_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The meeting whose id comes first was the later one."""
    record = Record(tmp_path)
    record.save(b.done("a", day=date(2026, 9, 1)), key="k1")
    record.save(b.done("b", day=date(2026, 6, 2)), key="k2")
    read: list[str] = []
    whole = Record.read

    def noted(self: Record, meeting_id: str) -> ProcessedMeeting:
        read.append(meeting_id)
        return whole(self, meeting_id)

    monkeypatch.setattr(Record, "read", noted)

    assert rebuild(tmp_path) == Rebuilt(2)
    assert sorted(read) == ["a", "b"]
    given = [(d.meeting_id, d.verdict) for d in Ledger(tmp_path).standing()]
    assert given == [("b", "SCSC/2026-27/01"), ("a", "SCSC/2026-27/02")]
    assert rebuild(tmp_path) == Rebuilt(2)
    assert len(Ledger(tmp_path).standing()) == 2
    with open_reader(tmp_path) as reader:
        held = reader.con.execute("SELECT reference FROM recommendations ORDER BY 1").fetchall()
    assert held == [("SCSC/2026-27/01",), ("SCSC/2026-27/02",)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of three meetings."""
    for meeting_id in ("a", "b", "c"):
        Record(tmp_path).save(b.done(meeting_id), key=meeting_id)
    rebuild(tmp_path)
    return tmp_path


def held(home: Path) -> list[str]:
    with open_reader(home) as reader:
        return sorted({str(m) for (m,) in reader.con.execute("SELECT meeting_id FROM sentences")
                       .fetchall()})  # fmt: skip


def torn(home: Path) -> None:
    (home / "record" / "b" / "current.json").write_text("")


def half(home: Path) -> None:
    path = next((home / "record" / "b").glob("transcript-*"))
    path.write_bytes(path.read_bytes()[:-100])


def another_word(home: Path) -> None:
    """It can be read, and what was found quotes what nobody said."""
    path = next((home / "record" / "b").glob("findings-*"))
    path.write_bytes(path.read_bytes().replace(b"a schedule", b"a s0hedule"))


@pytest.mark.parametrize("damage", [torn, half, another_word])
def test_a_meeting_that_cannot_be_read_is_named_and_the_others_are_loaded(
    home: Path, damage: Callable[[Path], None]
) -> None:
    damage(home)

    done = CliRunner().invoke(main, ["--home", str(home), "rebuild"])
    seen = CliRunner().invoke(main, ["--home", str(home), "doctor"])

    assert done.exit_code == 1
    assert "from 2 meetings, without b: matters doctor" in done.output
    assert held(home) == ["a", "c"]
    assert seen.exit_code == 1
    assert "b is not in the warehouse" in seen.output


def test_one_whose_day_has_come_waits_for_none_that_cannot_be_read(home: Path) -> None:
    torn(home)
    rebuild(home)
    Record(home).save(b.done("d"), key="d")

    with pytest.raises(StoreError, match=r"/b/current.json cannot be read"):
        release(home)

    assert held(home) == ["a", "c", "d"]


def test_a_name_that_is_withheld_does_not_stay_in_a_meeting_that_cannot_be_read(home: Path) -> None:
    """It could be taken out of the others only, so that meeting goes until it is mended."""
    half(home)

    decide(home, [Decision("withhold", "withheld", "A. Clerk", now(), name="Tom Petty")])

    assert held(home) == ["a", "c"]
