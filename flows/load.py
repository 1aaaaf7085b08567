"""From the record and the ledger into the warehouse: one meeting, or all of them anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flows.plan import Plan
from transcripts.ledger import Decision, Ledger
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from transcripts.references import new_references, references
from warehouse import store


def load_meeting(home: Path, processed: ProcessedMeeting) -> None:
    """Puts one meeting into the warehouse, in place of what was there of it."""
    ledger = Ledger(home)
    ledger.append(new_references(processed, ledger.standing()))
    standing = ledger.standing()
    store.load(home, [processed], references=references(processed, standing), decisions=standing)


def rebuild(home: Path) -> int:
    """Makes the warehouse anew from record and ledger; gives the number of meetings."""
    record, ledger = Record(home), Ledger(home)
    meetings = record.meeting_ids()
    numbers: dict[str, str] = {}
    for processed in _in_order(record, meetings):
        ledger.append(new_references(processed, ledger.standing()))
        numbers |= references(processed, ledger.standing())
    store.rebuild(home, record.read_all(), references=numbers, decisions=ledger.standing())
    return len(meetings)
