"""A meeting's claims are read together: in the order of the recommendations, and by enumeration."""

from __future__ import annotations

import itertools
from datetime import date

import numpy as np
import pytest

from models.following.chain import NEVER, STEPS, Gap, chances, possible, step_features
from models.following.linking import reviewing
from transcripts.claim import Claim
from transcripts.linked import Spoken

APART = Gap(same_turn=False, same_item=True, far=False)
WITHIN = Gap(same_turn=True, same_item=True, far=False)
REVIEW = Gap(same_turn=False, same_item=True, far=False, review=True)
PLAIN = dict.fromkeys(STEPS, 0.0)


def enumerated(likely: np.ndarray, gaps: list[Gap], weights: dict[str, float]) -> np.ndarray:
    """The chances by adding up every way through, which is slow and plain."""
    claims, many = likely.shape
    row = np.array([weights[name] for name in STEPS])
    told = np.concatenate([likely, np.zeros((claims, many + 1))], axis=1)
    whole, found = 0.0, np.zeros((claims, many))
    for way in itertools.product(range(2 * many + 1), repeat=claims):
        begun = way[0] < many or way[0] == 2 * many
        steps = list(itertools.pairwise(way))
        if not begun or not all(possible(many)[a, b] for a, b in steps):
            continue
        odds = weights["begins"] if way[0] < many else weights["away"]
        odds += sum(told[t, state] for t, state in enumerate(way))
        odds += sum(
            float(step_features(many, gap)[a, b] @ row)
            for (a, b), gap in zip(steps, gaps, strict=True)
        )
        whole += np.exp(odds)
        for t, state in enumerate(way):
            if state < many:
                found[t, state] += np.exp(odds)
    return found / whole


@pytest.mark.parametrize(
    "gaps", [[APART, WITHIN], [Gap(False, False, True), APART], [REVIEW, APART]]
)
def test_chances_are_those_of_every_way_through_the_meeting(gaps: list[Gap]) -> None:
    rng = np.random.default_rng(5)
    likely = rng.normal(size=(3, 2)).astype(np.float32)
    weights = {name: float(w) for name, w in zip(STEPS, rng.normal(size=len(STEPS)), strict=True)}

    told = chances(likely, gaps, weights)

    np.testing.assert_allclose(told, enumerated(likely, gaps, weights), atol=1e-4)


def test_what_is_said_next_is_about_what_was_made_next() -> None:
    likely = np.array([[3, -3, -3], [-1, -1, -1]], dtype=np.float32)

    told = chances(likely, [APART], PLAIN | {"next": 2.0})

    assert told[1].argmax() == 1


def test_what_is_said_within_one_turn_stays_with_the_matter() -> None:
    likely = np.array([[3, -3, -3], [-1, -1, -1]], dtype=np.float32)

    told = chances(likely, [WITHIN], PLAIN | {"same_turn": 4.0, "next": 2.0})

    assert told[1].argmax() == 0


def test_what_cannot_be_meant_is_never_likely() -> None:
    likely = np.array([[NEVER, 1.0]], dtype=np.float32)

    assert chances(likely, [], PLAIN)[0, 0] == pytest.approx(0.0, abs=1e-9)


def test_an_item_that_goes_through_matters_goes_on_to_the_next_where_talk_elsewhere_does_not() -> (
    None
):
    likely = np.array([[3, -3, -3], [-1, -1, -1]], dtype=np.float32)
    weights = PLAIN | {"away": 2.0, "ends": 2.0, "next_review": 5.0}

    elsewhere, reviewed = (chances(likely, [gap], weights)[1, 1] for gap in (APART, REVIEW))

    assert elsewhere < 0.2 < 0.8 < reviewed


def said(item: str, title: str, *scores: float) -> list[Spoken]:
    """Claims of one item, as sure as the scores say."""
    return [
        Spoken(
            Claim(f"{item}{n}", "complete", "It is done.", "s", "u", "V1", n, n + 1, item, score=s),
            "m",
            "Aldermere",
            "Scrutiny",
            date(2026, 7, 16),
            ("It is done.",),
            np.ones((1, 2), dtype=np.float32),
            title,
        )
        for n, s in enumerate(scores)
    ]


def test_an_item_looks_back_by_its_title_or_by_what_is_said_under_it() -> None:
    """A committee may call the item that goes through its recommendations anything."""
    spoken = [
        *said("1", "Matters arising", 0.1),
        *said("2", "Our wishes", 0.9, 0.8, 0.9, 0.7),
        *said("3", "Street trees", 0.9),
        *said("4", "Budget", 0.1, 0.2, 0.1, 0.6),
    ]

    assert reviewing(spoken) == {"1", "2"}
