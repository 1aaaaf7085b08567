"""An archive made anew reads every meeting once, whatever the order things are numbered in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.load import rebuild
from tests.warehouse import builders as b
from transcripts.ledger import Ledger
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

    assert rebuild(tmp_path) == 2
    assert sorted(read) == ["a", "b"]
    given = [(d.meeting_id, d.verdict) for d in Ledger(tmp_path).standing()]
    assert given == [("b", "SCSC/2026-27/01"), ("a", "SCSC/2026-27/02")]
    assert rebuild(tmp_path) == 2
    assert len(Ledger(tmp_path).standing()) == 2
    with open_reader(tmp_path) as reader:
        held = reader.con.execute("SELECT reference FROM recommendations ORDER BY 1").fetchall()
    assert held == [("SCSC/2026-27/01",), ("SCSC/2026-27/02",)]
