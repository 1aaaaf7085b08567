"""What a number that was said names: one recommendation, several perhaps, or nothing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from models.following.claims import keys
from models.following.linking import LikenessLinker
from transcripts.claim import CERTAIN, PROPOSED, Claim
from transcripts.linked import Spoken, Wanted

OWN, OTHER = "Safer Communities Scrutiny", "Housing Scrutiny"


def wanted(name: str, committee: str, day: date, number: int = 31) -> Wanted:
    return Wanted(
        name, f"m-{name}", "Aldermere", committee, day, (f"we recommend {name}",), vectors(1),
        keys=(f"minute {number}",), outcome="agreed",
    )  # fmt: skip


def said(text: str, *found: str) -> Spoken:
    claim = Claim(
        "c", "accepted", text, "s", "u", "V1", 10.0, 15.0, about=("s",),
        keys=found or keys(text), score=0.9,
    )  # fmt: skip
    return Spoken(claim, "now", "Aldermere", OWN, date(2026, 3, 3), (text,), vectors(1))


def vectors(many: int) -> np.ndarray:
    return np.eye(many, 8, dtype=np.float32)


def named(text: str, *made: Wanted, keys_held: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    links = LikenessLinker().link(made, [said(text, *keys_held)])
    return {(k.finding_id, k.standing) for k in links if "minute" in k.reasons[0]}


CAMERAS = wanted("cameras", OWN, date(2026, 1, 13))
BOILERS = wanted("boilers", OTHER, date(2026, 2, 3))
TEXT = "On minute 31 the cabinet has accepted that in full."


def test_a_minute_number_is_that_of_the_committee_that_speaks() -> None:
    assert named(TEXT, BOILERS, CAMERAS) == {("cameras", CERTAIN)}
    assert named(TEXT, BOILERS) == set()


def test_a_committee_that_is_named_is_the_one_that_is_meant() -> None:
    text = f"{TEXT} That was minute 31 of {OTHER}."

    assert named(text, BOILERS, CAMERAS) == {("boilers", CERTAIN)}


def test_a_number_of_an_earlier_meeting_only_proposes() -> None:
    later = wanted("later", OWN, date(2026, 2, 10), number=44)

    assert named(TEXT, CAMERAS, later) == {("cameras", PROPOSED)}


def test_a_number_of_a_day_that_is_named_decides() -> None:
    later = wanted("later", OWN, date(2026, 2, 10), number=44)
    text = "Minute 31 of 13 January 2026 has been accepted by the cabinet."

    assert named(text, CAMERAS, later) == {("cameras", CERTAIN)}


def test_two_recommendations_of_one_minute_are_only_proposed() -> None:
    both = [CAMERAS, wanted("vans", OWN, date(2026, 1, 13))]

    assert named(TEXT, *both) == {("cameras", PROPOSED), ("vans", PROPOSED)}


@pytest.mark.parametrize(
    "text",
    [
        "It took him 5 minutes 31 seconds.",
        "The bus comes every minute 31 times a day.",
        "It lasted one minute 31.",
        "Within minutes 31 calls came in.",
        "It starts at minute 31 seconds in.",
    ],
)
def test_a_span_of_time_is_no_minute(text: str) -> None:
    assert keys(text) == ()
    assert named(text, CAMERAS, keys_held=("minute 31",)) == set()


@pytest.mark.parametrize("text", ["minute 31", "Minute number 31", "minute no. 31 stands"])
def test_the_number_of_a_minute_is_a_key(text: str) -> None:
    assert keys(text) == ("minute 31",)
