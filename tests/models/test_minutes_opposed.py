"""Nearly the same words that say something else are for a person to compare."""

from __future__ import annotations

import pytest

from models.minutes.match import OTHERWISE, match_points
from models.minutes.opposed import opposed
from models.minutes.voiced import Voiced
from models.vectors import MiniLM
from transcripts.minutes import MATCHED, PROPOSED, MinutePoint

SAID = "I recommend that the police keep the camera van away from the food bank at all times."


@pytest.mark.parametrize(
    ("said", "minuted"),
    [
        (SAID, "That the police keep the camera van at the food bank at all times."),
        ("give seven days' notice of it", "To give fourteen days' notice of it."),
        ("give seven days' notice of it", "To give 14 days' notice of it."),
        ("report to us in March", "That it be reported in June."),
        ("do not close the library", "That the library be closed."),
        ("we don't want it closed", "That it be closed."),
        ("put it in place before the term begins", "That it be put in place after term begins."),
        ("keep the bus", "That the bus be stopped, and stop it at once."),
        ("at least two officers", "At most two officers."),
    ],
)
def test_what_turns_a_wording_round_is_seen(said: str, minuted: str) -> None:
    assert opposed(minuted, [said])


@pytest.mark.parametrize(
    ("said", "minuted"),
    [
        (SAID, "To recommend that the police keep the van away from the food bank."),
        ("give seven days' notice of it", "To give 7 days' notice of it (SCSC/2026-27/01)."),
        ("by the end of September", "By the end of September 2026."),
        ("publish a schedule before any deployment", "To publish a schedule prior to deployment."),
        ("don't close it", "That it be not closed."),
    ],
)
def test_what_is_only_put_otherwise_is_the_same(said: str, minuted: str) -> None:
    assert not opposed(minuted, [said])


def test_the_opposite_of_what_was_said_is_only_proposed() -> None:
    voiced = [Voiced("f", SAID, (SAID,), "V1", 0.0, "2")]

    def match(text: str) -> tuple[str, bool]:
        point = MinutePoint("p", "recommendation", text, 0, item="2")
        (found,) = match_points([point], voiced, MiniLM())
        return found.standing, found.reasons[-1] == OTHERWISE

    text = "That the police keep the camera van {} the food bank at all times."
    assert match(text.format("away from")) == (MATCHED, False)
    assert match(text.format("at")) == (PROPOSED, True)
