"""A decision is in the register as soon as it is in the ledger, whether it is loaded yet or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.warehouse import builders as b
from tests.warehouse import register_builders as r
from transcripts.ledger import Decision, Ledger
from transcripts.life import Entry, Life
from warehouse.reader import open_reader
from warehouse.register import life, proposals, register

TODAY = date(2026, 7, 20)
ANSWER = r.line("respond", "accepted", day="2026-07-15", words="We accept it.", id="answer")
PROGRESS = r.line("progress", "in_progress", day="2026-07-16", words="Begun.", id="progress")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of both meetings, with one answer."""
    r.load(tmp_path, [r.june(), r.july()], r.NUMBERED, ANSWER, linker=r.Likeness())
    return tmp_path


def read(home: Path) -> tuple[list[Entry], Life]:
    """The register and the life of the recommendation that was agreed."""
    with open_reader(home) as reader:
        return register(reader, today=TODAY), life(reader, r.REFERENCE, today=TODAY)


CASES: dict[str, list[Decision]] = {
    "progress": [PROGRESS],
    "undo of what was loaded": [r.line("undo", "answer", reference="")],
    "undo of what was not": [PROGRESS, r.line("undo", "progress", reference="")],
    "undo of an undoing": [
        r.line("undo", "answer", reference="", id="taken back"),
        r.line("undo", "taken back", reference=""),
    ],
    "merge": [r.line("merge", r.REFERENCE, reference=r.FELL.id)],
    "merge and undo": [
        r.line("merge", r.REFERENCE, reference=r.FELL.id, id="merge"),
        r.line("undo", "merge", reference=""),
    ],
    "split": [r.line("split", others=("SCSC/2026-27/08", "SCSC/2026-27/09"))],
    "link": [r.line("link", "accepted", claim_id=r.DONE.id)],
    "link by seconds": [
        r.line(
            "link",
            "accepted",
            claim_id="of an earlier run",
            recording_sha256=b.sha_of("july"),
            start_s=r.DONE.start_s,
            end_s=r.DONE.end_s,
        )
    ],
    "note on a finding": [r.line("note", "see the plan", reference="", finding_id=r.ASKED.id)],
    "tracker": [r.line("entry", "That damp be reported.", reference="HP/2025-26/04")],
    "nothing about the register": [r.line("withhold", "shown", reference="", name="Nobody")],
}


@pytest.mark.parametrize("written", CASES.values(), ids=CASES.keys())
def test_what_is_written_since_the_load_shows_as_if_it_had_been_loaded(
    home: Path, written: list[Decision]
) -> None:
    Ledger(home).append(written)
    before = read(home)
    r.load(home, [])

    assert read(home) == before


def test_an_undoing_of_before_the_load_may_be_undone_after_it(home: Path) -> None:
    r.load(home, [], r.line("undo", "answer", reference="", id="taken back"))
    assert read(home)[1].entry.response == "none_found"
    Ledger(home).append([r.line("undo", "taken back", reference="")])

    assert read(home)[1].entry.response == "accepted"


def test_a_ledger_put_back_from_a_backup_is_compared_whole(home: Path) -> None:
    """It is shorter, or other, than the one the warehouse was loaded with."""
    path = Ledger(home).path
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0])

    assert read(home)[1].entry.response == "none_found"
    path.unlink()
    assert read(home)[1].entry.response == "none_found"


def test_half_a_line_left_by_a_killed_writer_is_no_decision(home: Path) -> None:
    before = read(home)
    with Ledger(home).path.open("ab") as file:
        file.write(b'{"kind": "respond", "verd')
    assert read(home) == before
    Ledger(home).append([PROGRESS])

    assert read(home)[1].entry.status == "in_progress"


def test_a_link_decided_since_the_load_waits_no_longer(home: Path) -> None:
    Ledger(home).append([r.line("link", "rejected", claim_id=r.DONE.id)])

    with open_reader(home) as reader:
        assert proposals(reader) == []


def test_a_name_withheld_since_the_load_is_not_shown(home: Path) -> None:
    """Nor in what people wrote since."""
    note = r.line("note", "Tom Petty asked; Cllr Petty-Smith and Joan Petty-Smith agree.")
    Ledger(home).append([note, r.line("withhold", "withheld", reference="", name="Tom Petty")])
    entries, one = read(home)

    assert "Petty" not in str(entries) + str(one)
    assert "[name withheld] asked" in one.entry.note


def test_a_warehouse_whose_decisions_came_from_elsewhere_looks_at_no_ledger(home: Path) -> None:
    from warehouse import store

    store.load(home, [], decisions=Ledger(home).standing())
    before = read(home)
    Ledger(home).append([PROGRESS])

    assert read(home) == before
