"""Where an answer to scrutiny would be heard is told by what the committee is called."""

from __future__ import annotations

import pytest

from transcripts.executives import is_executive


@pytest.mark.parametrize(
    ("committee", "executive"),
    [
        ("Cabinet", True),
        ("Mayor and Cabinet", True),
        ("EXECUTIVE", True),
        ("Executive Board", True),
        ("Policy and Resources Committee", True),
        ("Policy & Resources Committee", True),
        ("Safer Communities Scrutiny Committee", False),
        ("Cabinet Scrutiny Panel", False),
        ("Cabinet Advisory Group", False),
        ("Overview and Scrutiny Executive", False),
        ("Planning Committee", False),
        ("", False),
    ],
)
def test_the_executive_is_told_from_scrutiny(committee: str, executive: bool) -> None:
    assert is_executive(committee) is executive
