"""Two recommendations never become one because somebody gave both the same number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from transcripts.life import Entry
from transcripts.tracker.compare import CONFLICT, NEW, SAME, UNREADABLE, Compared, compare
from transcripts.tracker.incoming import Line
from transcripts.tracker.taken import decisions

DAMP = Entry(
    reference="HP/2025-26/01",
    committee="Housing Panel",
    meeting_date="2025-06-03",
    agenda_item="",
    text_minuted="That the Cabinet fund a damp survey.",
    recommendation="agreed",
    response="accepted",
)


def row(number: int = 2, **values: str) -> Line:
    return Line(number, values)


def health(reference: str, wording: str, response: str) -> Line:
    given = {"committee": "Health Panel", "meeting_date": "2025-06-03"}
    return row(reference=reference, text_minuted=wording, response=response, **given)


def lines(found: Compared) -> list[tuple[str, str, str]]:
    made = decisions(found, who="Ada", when="2026-09-10", source="b.csv", take=True)
    return [(d.kind, d.verdict, d.reference) for d in made]


def test_a_number_that_another_committee_has_too_is_no_match() -> None:
    walk_in = health("1", "That the Cabinet open a walk-in clinic.", "accepted")
    rota = health("2", "That the rota be published.", "rejected")
    found = compare([walk_in, rota], [DAMP])

    assert [(f.verdict, f.reference) for f in found] == [
        (NEW, "HEPA/2025-26/01"),
        (NEW, "HEPA/2025-26/02"),
    ]
    assert lines(found[0]) == [
        ("entry", "That the Cabinet open a walk-in clinic.", "HEPA/2025-26/01")
    ]


def test_a_bare_number_finds_its_own_entry_again() -> None:
    again = row(reference="No. 1", committee="HP", meeting_date="2025-06-03", response="accepted")

    (found,) = compare([again], [DAMP])

    assert (found.verdict, found.reference) == (SAME, DAMP.reference)


def test_a_bare_number_without_committee_and_day_is_refused_with_what_to_do() -> None:
    (found,) = compare([row(reference="7", text_minuted="That the weir be mended.")], [DAMP])

    assert found.verdict == UNREADABLE
    assert "give the committee (a column, or --committee)" in found.line.faults[0]
    assert lines(found) == []


@pytest.mark.parametrize(
    ("column", "theirs"),
    [
        ("committee", "Health Panel"),
        ("meeting_date", "2024-06-03"),
        ("text_minuted", "That the Cabinet fund a walk-in clinic."),
    ],
)
def test_a_reference_whose_row_tells_of_something_else_is_a_conflict(
    column: str, theirs: str
) -> None:
    other = row(**{"reference": DAMP.reference, "status": "paused", column: theirs})
    (found,) = compare([other], [DAMP])

    assert (found.verdict, found.conflicts) == (
        CONFLICT,
        ((column, str(getattr(DAMP, column)), theirs),),
    )
    assert "nothing of the row is taken" in found.refused
    assert lines(found) == []  # also where the tracker is believed


@pytest.mark.parametrize("committee", ["HP", "the Housing Committee", "HOUSING PANEL"])
def test_a_committee_may_be_written_as_code_or_under_its_earlier_name(committee: str) -> None:
    (found,) = compare([row(reference=DAMP.reference, committee=committee)], [DAMP])

    assert found.verdict == SAME


def test_a_second_row_of_a_reference_is_not_blended_with_the_first() -> None:
    parks = row(2, reference="Z/1", text_minuted="That parks be kept.", response="accepted")
    buses = row(3, reference="z/1", text_minuted="That buses run late.", response="rejected")
    found = compare([parks, buses, replace(parks, number=4)], [])

    assert [f.verdict for f in found] == [NEW, CONFLICT, SAME]
    assert found[1].refused.startswith("row 2 ")
    assert [lines(f) for f in found[1:]] == [[], []]


@pytest.mark.parametrize(
    ("held", "theirs"),
    [("accepted_in_principle", "accepted"), ("accepted_in_part", "accepted")],
)
def test_a_state_that_begins_like_another_still_contradicts_it(held: str, theirs: str) -> None:
    entry = replace(DAMP, response=held)
    (found,) = compare([row(reference=DAMP.reference, response=theirs)], [entry])

    assert found.conflicts == (("response", held, theirs),)


def test_whom_it_asks_is_told_apart_from_somebody_of_nearly_the_same_name() -> None:
    entry = replace(DAMP, recipient="Cabinet Member for Housing")
    (found,) = compare([row(reference=DAMP.reference, recipient="Cabinet")], [entry])

    assert found.verdict == CONFLICT
