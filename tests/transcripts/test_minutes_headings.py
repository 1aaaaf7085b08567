"""Headings of minutes that nothing sets off but the number before them."""

from __future__ import annotations

import pytest

from transcripts.minutes_from.document import read_document

LINES = """Minutes of the meeting of the Safer Communities Scrutiny Committee held on 11 June 2026

31 Apologies for absence

Apologies were received from Councillor Penrose.

32 Live facial recognition

The committee considered the report.
{between}
RESOLVED: That the police give all councillors seven days' notice.

33 Damp and mould repairs

RECOMMENDED: That Cabinet publish the repair times each quarter.
"""


def headings(text: str) -> list[tuple[str, str]]:
    read = read_document(text.encode(), "minutes.txt")
    return [(s.minute_no, s.title) for s in read.sections if s.title]


HELD = [
    ("31", "Apologies for absence"),
    ("32", "Live facial recognition"),
    ("33", "Damp and mould repairs"),
]


def test_bare_numbers_that_count_on_make_headings() -> None:
    assert headings(LINES.format(between="")) == HELD


@pytest.mark.parametrize(
    "line",
    ["24 Hour hostels", "7 July 2026", "33 That nobody is moved", "40 Cameras in one street"],
)
def test_a_line_that_begins_with_a_number_is_no_heading_by_that(line: str) -> None:
    assert headings(LINES.format(between=f"\n{line}\n")) == HELD


def test_two_numbers_in_a_row_are_too_few() -> None:
    text = LINES.format(between="").replace("31 Apologies", "Apologies")

    assert headings(text) == []
