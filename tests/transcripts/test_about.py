"""Two people who decide of the same thing notice each other, and of two things do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from transcripts.about import StaleError, Thing, lines_about, mark_of, unless_decided
from transcripts.ledger import Decision, Ledger

REF = Thing(references=frozenset(("scsc/2026-27/01",)), finding_id="f1")


def line(kind: str, verdict: str = "x", **about: object) -> Decision:
    return Decision(kind=kind, verdict=verdict, who="A", when="2026-07-01", **about)  # type: ignore[arg-type]


LINES = [
    line("note", id="1", reference="SCSC/2026-27/01"),
    line("note", id="2", reference="SCSC/2026-27/02"),
    line("reference", "SCSC/2026-27/01", id="3", finding_id="f1"),
    line("finding", "rejected", id="4", finding_id="f1"),
    line("merge", "SCSC/2026-27/01", id="5", reference="SCSC/2026-27/02"),
    line("split", id="6", reference="SCSC/2026-27/09", others=("SCSC/2026-27/01",)),
    line("link", "accepted", id="7", reference="SCSC/2026-27/01", claim_id="c1"),
    line("minuted", "accepted", id="8", reference="SCSC/2026-27/01", point_id="p1"),
    line("speaker", "Ann", id="9", recording_sha256="ab", voice="V1"),
    line("undo", "7", id="10"),
    line("undo", "10", id="11"),
    line("undo", "9", id="12"),
]


@pytest.mark.parametrize(
    ("thing", "ids"),
    [
        (REF, "1 3 4 5 6 7 8 10 11"),
        (Thing(references=REF.references, claim_id="c1"), "7 10 11"),
        (Thing(references=REF.references, point_id="p1"), "8"),
        (Thing(references=frozenset(("scsc/2026-27/02",)), claim_id="c1"), ""),
        (Thing(finding_id="f1"), "3 4"),
        (Thing(recording_sha256="ab", voice="V1"), "9 12"),
        (Thing(recording_sha256="cd", voice="V1"), ""),
        (Thing(line_id="7"), "7 10 11"),
    ],
)
def test_the_lines_about_a_thing_come_with_their_undoings(thing: Thing, ids: str) -> None:
    assert [found.id for found in lines_about(LINES, thing)] == ids.split()


def test_a_mark_changes_with_each_line_and_with_no_other() -> None:
    marks = [mark_of(lines_about(LINES[:n], REF)) for n in range(len(LINES) + 1)]

    assert len(set(marks)) == 10  # none, and one for each of the nine lines about it


def test_a_stale_answer_is_refused_before_it_is_written_and_names_what_came_between(
    tmp_path: Path,
) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(LINES[:1])
    seen = mark_of(lines_about(ledger.all_lines(), REF))
    ledger.append(LINES[1:3])

    with pytest.raises(StaleError) as stale:
        ledger.append([line("close", reference="SCSC/2026-27/01")], given=unless_decided(REF, seen))
    ledger.append(
        [line("close", id="z")], given=unless_decided(Thing(finding_id="f9"), mark_of([]))
    )

    assert [found.id for found in stale.value.lines] == ["3"]
    assert [found.id for found in ledger.all_lines()] == ["1", "2", "3", "z"]


def test_nobody_else_can_write_between_the_check_and_the_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    free: list[bool] = []

    def given(_: list[Decision]) -> None:
        try:
            with FileLock(str(ledger.path) + ".lock", timeout=0):
                free.append(True)
        except Timeout:
            free.append(False)

    ledger.append(LINES[:1], given=given)

    assert free == [False]
