"""What an executive's printed words answer, and which recommendation they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from models.following.published import answers
from models.minutes.answers import answer_of
from transcripts.claim import CERTAIN, PROPOSED
from transcripts.linked import Published, Wanted

LINES = (Path(__file__).parents[1] / "minutes" / "answers.tsv").read_text(encoding="utf-8")
SCRUTINY = "Safer Communities Scrutiny Committee"


def wanted(name: str, text: str, **more: object) -> Wanted:
    known: dict[str, object] = {
        "committee": SCRUTINY,
        "day": date(2026, 6, 2),
        "item_title": "Live facial recognition",
        "outcome": "agreed",
        "keys": (f"SCSC/2026-27/{name}",),
        "meeting_id": "june",
    }
    return Wanted(
        finding_id=name, council="A", texts=(text,), vectors=np.zeros((1, 2)), **known | more
    )  # type: ignore[arg-type]


SCHEDULE = wanted("01", "the Cabinet publishes a schedule before any deployment")
TREES = wanted(
    "02", "the council plants two hundred lime trees along Harbour Road", item_title="Trees"
)
POINT = Published(
    "p",
    "cabinet",
    "A",
    "Cabinet",
    date(2026, 9, 15),
    "That the recommendation be accepted.",
    "Matters raised by scrutiny.",
)


@pytest.mark.parametrize("line", LINES.splitlines())
def test_an_answer_is_told_by_its_words(line: str) -> None:
    state, heading, wording = line.split("\t")

    assert answer_of(wording, heading, "", "Cabinet") == state


@pytest.mark.parametrize("committee", [SCRUTINY, "Audit Committee"])
def test_only_a_body_that_decides_answers(committee: str) -> None:
    wording = "That the recommendation of the Housing Scrutiny Panel be accepted."

    assert answer_of(wording, "RESOLVED", "", committee) == ""


def test_an_item_from_scrutiny_tells_whose_recommendation_is_accepted() -> None:
    around = "Referral from the Safer Communities Scrutiny Committee"

    assert answer_of("accept the recommendation", "RESOLVED", around, "Cabinet") == "accepted"
    assert answer_of("accept the tender", "RESOLVED", around, "Cabinet") == ""


def test_a_reference_decides() -> None:
    point = replace(POINT, text="That scsc/2026-27/02 be accepted.".upper())

    (link,) = answers([SCHEDULE, TREES], [point])

    assert (link.finding_id, link.standing) == ("02", CERTAIN)
    assert link.reasons == ("SCSC/2026-27/02 is named",)


def test_a_minute_number_decides_only_with_its_committee() -> None:
    made = replace(TREES, keys=("minute 42",))
    alone = replace(POINT, about="Minute 42, lime trees along Harbour Road.")
    named = replace(POINT, about=f"Minute 42 of the {SCRUTINY}.")

    assert [k.standing for k in answers([SCHEDULE, made], [named])] == [CERTAIN]
    assert [k.standing for k in answers([SCHEDULE, made], [alone])] == [PROPOSED]


def test_a_minute_number_of_two_years_is_told_apart_by_the_day() -> None:
    old = replace(TREES, finding_id="old", meeting_id="old", day=date(2025, 6, 3))
    both = [replace(w, keys=("minute 42",)) for w in (old, TREES)]
    point = replace(POINT, about=f"Minute 42 of the {SCRUTINY} of 2 June 2026.")

    assert [k.finding_id for k in answers(both, [point])] == ["02"]


def test_words_only_propose_and_the_likeliest_stands_first() -> None:
    about = f"The {SCRUTINY} had asked on 2 June 2026 that a schedule stand before any deployment."
    point = replace(POINT, about=about)

    links = answers([TREES, SCHEDULE], [point])

    assert [(k.finding_id, k.standing) for k in links] == [("01", PROPOSED)]
    assert links[0].reasons[:2] == ("names its committee", "names the day it was made")


@pytest.mark.parametrize(
    "changed",
    [
        {"day": date(2026, 9, 15)},
        {"committee": "Cabinet"},
        {"council": "B"},
        {"outcome": "not_agreed"},
    ],
)
def test_what_cannot_be_meant_is_not_proposed(changed: dict[str, object]) -> None:
    point = replace(POINT, text="That SCSC/2026-27/01, a schedule before deployment, be accepted.")

    assert answers([replace(SCHEDULE, **changed)], [point]) == []  # type: ignore[arg-type]
    assert answers([SCHEDULE], [point]) != []


def test_words_that_share_nothing_with_any_propose_nothing() -> None:
    assert answers([SCHEDULE, TREES], [replace(POINT, about="The price of ice cream.")]) == []
