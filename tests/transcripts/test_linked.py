"""A turn that says one thing in many sentences is proposed once."""

from __future__ import annotations

from datetime import date

import numpy as np

from transcripts.claim import CERTAIN, PROPOSED, Claim, Link
from transcripts.linked import Spoken, one_a_turn


def spoken(name: str, turn: str, status: str, score: float) -> Spoken:
    claim = Claim(name, status, f"quote of {name}", name, turn, "V1", 0.0, 1.0, score=score)
    return Spoken(claim, "m", "c", "k", date(2026, 7, 16), (), np.zeros((0, 3), np.float32))


def link(claim: str, finding: str, score: float, standing: str = PROPOSED) -> Link:
    return Link(claim, finding, score, standing, ("a reason",))


SAID = [
    spoken("first", "t1", "accepted", 0.2),
    spoken("second", "t1", "accepted", 0.9),
    spoken("third", "t1", "rejected", 0.1),
    spoken("fourth", "t2", "accepted", 0.3),
]


def test_the_surest_sentence_of_a_turn_is_left_for_each_state_and_recommendation() -> None:
    links = [
        link("first", "F", 0.9),
        link("second", "F", 0.8),
        link("third", "F", 0.7),
        link("fourth", "F", 0.6),
        link("first", "G", 0.5),
    ]

    kept = one_a_turn(links, SAID)

    assert [(k.claim_id, k.finding_id) for k in kept] == [
        ("second", "F"), ("third", "F"), ("fourth", "F"), ("first", "G"),
    ]  # fmt: skip


def test_what_was_named_is_never_left_out() -> None:
    links = [link("first", "F", 1.0, CERTAIN), link("second", "F", 1.0, CERTAIN)]

    assert one_a_turn(links, SAID) == links
