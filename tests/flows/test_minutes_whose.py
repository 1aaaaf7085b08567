"""Minutes of another committee of the same evening are not taken as this meeting's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.minutes_whose import bodies, check_body
from matters_arising.errors import BadInputError
from tests.warehouse.builders import meeting

OURS = replace(
    meeting("june"),
    council="Aldermere Borough Council",
    committee="Safer Communities Scrutiny Committee",
    committee_code="SCSC",
)


@pytest.mark.parametrize(
    "head",
    [
        "MINUTES OF THE SAFER COMMUNITIES SCRUTINY COMMITTEE held on 11 June 2026",
        "Minutes of the Safer Communities Scrutiny Sub-Committee",
        "SCSC minutes of 11 June. The chair of the Planning Committee came as a guest",
        "Minutes of the meeting of the Scrutiny Committee",  # does not say which
        "Aldermere Borough Council Scrutiny Committee",
        "Minutes of 11 June 2026",
        "The Committee met in the Chamber. Apologies from the chair of the Safer Communities Panel",
    ],
)
def test_what_may_be_this_meetings_is_taken(head: str) -> None:
    check_body(head, OURS, "minutes.docx")


@pytest.mark.parametrize(
    ("head", "whose"),
    [
        ("MINUTES of the meeting of the PLANNING COMMITTEE held on 11 June", "Planning Committee"),
        ("Aldermere Health and Wellbeing Board", "Aldermere Health and Wellbeing Board"),
        ("Minutes of the Housing Scrutiny Committee", "Housing Scrutiny Committee"),
    ],
)
def test_what_names_another_committee_is_refused_with_its_name(head: str, whose: str) -> None:
    with pytest.raises(BadInputError, match=f"minutes.docx is of the {whose}, and the meeting"):
        check_body(head, OURS, "minutes.docx")


def test_names_are_found_also_in_capitals() -> None:
    assert bodies("MINUTES OF THE RESOURCES SCRUTINY SUB-COMMITTEE AND OTHERS") == [
        "Resources Scrutiny Sub-Committee"
    ]
