"""A yes with a condition is never told as a plain one."""

from __future__ import annotations

import pytest

from models.following.claims import Claims
from models.vectors import MiniLM
from transcripts.words import Sentence


def told(text: str) -> str:
    said = [Sentence("s0", "u0", "V1", text, 0.0, 5.0, "1")]
    (claim,) = Claims().find("ab" * 32, said, MiniLM().encode([text]), [0.9])
    return claim.status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The cabinet member has accepted the whole of it.", "accepted"),
        (
            "He says that the police accept this recommendation in principle, and that they will "
            "give notice if it is possible.",
            "accepted_in_principle",
        ),
        ("The trust has accepted that recommendation in principle.", "accepted_in_principle"),
        ("The board accepted that recommendation in part.", "accepted_in_part"),
    ],
)
def test_acceptance_in_principle_or_in_part_is_no_acceptance(text: str, status: str) -> None:
    assert told(text) == status
