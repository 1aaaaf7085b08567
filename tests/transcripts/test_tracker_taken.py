"""What is taken of a tracker's row: all that was told of it, and no day that nobody gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.transcripts.lives_support import COMMITTEE, MADE, REFERENCE, life, line
from transcripts.ledger import Decision
from transcripts.life import Entry, Life
from transcripts.tracker import agenda
from transcripts.tracker.compare import ADDS, CONFLICT, DOUBTFUL, NEW, SAME, compare
from transcripts.tracker.incoming import Line
from transcripts.tracker.taken import decisions, of_one_import

TODAY = date(2026, 12, 1)
WHEN = "2026-12-01T10:00:00+00:00"
HELD = life(today=TODAY).entry


def taken(values: dict[str, str], *entries: Entry, take: bool = False) -> list[Decision]:
    (found,) = compare([Line(2, values)], entries)
    made = decisions(found, who="Ada", when=WHEN, source="a.csv", take=take)
    return [replace(d, id=f"line{n}") for n, d in enumerate(made)]


def brought(**values: str) -> Life:
    """A recommendation that is in a tracker alone."""
    given = {"committee": COMMITTEE, "meeting_date": "2023-03-02", "text_minuted": "Mend the weir."}
    made = taken({"reference": "W/1"} | given | values)
    return life(MADE, *made, today=TODAY, reference="W/1")


def added(*before: Decision, **values: str) -> Life:
    """The recommendation of the archive, with a row about it."""
    held = life(MADE, *before, today=TODAY).entry
    made = taken({"reference": REFERENCE} | values, held)
    return life(MADE, *before, *made, today=TODAY)


@pytest.mark.parametrize("bring", [brought, added])
def test_an_answer_that_the_tracker_does_not_date_has_no_day(bring: Callable[..., Life]) -> None:
    found = bring(response="accepted")
    step = next(e for e in found.events if e.state == "accepted")

    assert (found.entry.response, found.entry.response_date) == ("accepted", "")
    assert (step.day, step.evidence.who) == (found.entry.meeting_date, "the tracker a.csv")
    assert "undated in the tracker" in step.note
    assert not agenda.answered([found.entry], "", TODAY).items


def test_a_day_that_the_tracker_gives_is_the_day_of_the_answer() -> None:
    found = added(response="accepted", response_date="2026-07-16", response_reason="It is cheap.")

    assert (found.entry.response_date, found.entry.response_reason) == (
        "2026-07-16",
        "It is cheap.",
    )
    assert agenda.answered([found.entry], "2026-07-01", TODAY).items


def test_complete_is_the_trackers_word_and_not_that_of_who_brought_it_in() -> None:
    found = brought(status="complete", progress="The weir holds.")

    assert found.entry.progress == (
        "Complete according to the tracker a.csv (undated in the tracker); no other evidence is "
        "held. It says: The weir holds."
    )


def test_a_close_without_a_day_has_none() -> None:
    found = brought(status="closed_no_action")

    assert (found.entry.open, found.entry.closed_on) == (False, "")


COLUMNS = {
    "progress": "The van moved on 3 August.",
    "response_date": "2026-07-16",
    "response_reason": "It is cheap.",
    "response_text": "Yes.",
    "response_body": "Cabinet",
    "received_on": "2026-06-20",
    "cabinet_member": "Councillor Lowe",
    "minute_no": "31",
    "text_minuted": "That people be told of the van.",
    "response_due": "2026-09-01",
    "note": "Raise it again.",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_cell_that_is_told_as_new_is_in_the_register_then(column: str) -> None:
    values = {"reference": REFERENCE, column: COLUMNS[column]}
    made = taken(values, replace(HELD, text_spoken=""))
    after = life(MADE, *made, today=TODAY).entry

    assert getattr(after, column) == COLUMNS[column]


def test_an_answer_of_later_goes_before_a_day_that_came_without_one() -> None:
    early = added(response_date="2026-07-16")
    (first,) = taken({"reference": REFERENCE, "response_date": "2026-07-16"}, HELD)
    later = line("respond", "rejected", "2026-09-01", id="later")

    assert early.entry.response == "none_found"
    assert life(MADE, first, later, today=TODAY).entry.response_date == "2026-09-01"


def test_pages_that_the_tracker_knows_are_added_to_ours() -> None:
    ours = line("progress", "in_progress", "2026-07-01", url="https://a.example/1")
    found = added(ours, evidence_urls="https://a.example/2; https://a.example/1")

    assert found.entry.evidence_urls == ("https://a.example/1", "https://a.example/2")


def test_a_row_is_the_same_when_it_comes_again() -> None:
    values = {
        "reference": "W/1",
        "committee": COMMITTEE,
        "meeting_date": "2023-03-02",
        "text_minuted": "Mend the weir.",
        "response": "accepted",
        "response_reason": "It leaks.",
        "status": "complete",
        "progress": "The weir holds.",
        "note": "See the report.",
        "lead_officer": "The Engineer",
        "rag": "Green",
    }
    entry = life(MADE, *taken(values), today=TODAY, reference="W/1").entry

    assert entry.note == "See the report."
    assert [f.verdict for f in compare([Line(2, values)], [entry])] == [SAME]


@pytest.mark.parametrize("day", ["2020-01-01", "2999-01-01"])
@pytest.mark.parametrize("reference", [REFERENCE, "W/1"])
def test_a_day_that_cannot_be_is_a_fault_of_its_row(reference: str, day: str) -> None:
    day_made = HELD.meeting_date
    values = {"reference": reference, "response": "accepted", "response_date": day}
    if reference != REFERENCE:
        values |= {"text_minuted": "Mend the weir.", "meeting_date": day_made}
    (found,) = compare([Line(2, values)], [HELD])

    assert found.verdict in (NEW, ADDS)
    assert found.line.faults[0].startswith(f"response_date: {day} ")
    assert day not in str(decisions(found, who="Ada", when=WHEN, source="a.csv"))


def test_a_reference_of_its_own_is_entered_whatever_it_is_worded_like() -> None:
    weir = replace(HELD, text_spoken="That the council mend the weir by the mill.")
    rows = [
        Line(2, {"reference": "W/1", "text_minuted": "the council"}),
        Line(3, {"reference": "W/2", "text_minuted": "That the council mend the weir by the Mill"}),
        Line(4, {"text_minuted": "That the council mend the weir by the mill"}),
    ]

    found = compare(rows, [weir])

    assert [(f.verdict, f.like) for f in found] == [(NEW, ""), (NEW, REFERENCE), (DOUBTFUL, "")]


def test_what_is_believed_over_the_register_holds() -> None:
    ours = line("respond", "rejected", "2026-09-01")
    held = life(MADE, ours, today=TODAY).entry
    made = taken({"reference": REFERENCE, "response": "accepted"}, held, take=True)

    assert life(MADE, ours, *made, today=TODAY).entry.response == "accepted"


def test_an_estimate_that_was_exported_does_not_come_back_as_a_day_that_binds() -> None:
    values = {"reference": REFERENCE, "response_due": "2026-08-12", "due_kind": "estimated"}

    assert [f.verdict for f in compare([Line(2, values)], [HELD])] == [SAME]
    values |= {"due_kind": "stated by committee"}
    entry = replace(HELD, response_due="2026-09-01", due_kind="stated by committee")
    assert [f.verdict for f in compare([Line(2, values)], [entry])] == [CONFLICT]


def test_the_lines_of_an_import_are_found_by_any_of_them() -> None:
    made = taken({"reference": REFERENCE, "response": "accepted", "note": "See May."}, HELD)
    other = line("note", "by hand", id="mine")

    assert of_one_import([*made, other], made[1].id) == made
    assert of_one_import([*made, other], "mine") == []
