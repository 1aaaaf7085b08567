"""Marked words: one stretch of the sentence, whole words, verbatim."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.findings.marked import best_stretch, marked_words, whole_words
from models.findings.pieces import in_pieces
from models.findings.quotes import quoted

TEXT = "I would urge the council to publish the figures every month."


def logits_for(*marked: str) -> np.ndarray:
    """One mark, high on the pieces inside these words."""
    (pieces,) = in_pieces([TEXT])
    inside = [(TEXT.index(m), TEXT.index(m) + len(m)) for m in marked]
    rows = [
        4.0 if any(a <= start and end <= b for a, b in inside) else -4.0
        for start, end in pieces.ends
    ]
    return np.array(rows, dtype=np.float32)[:, None]


def test_the_marked_words_are_the_stretch_the_network_is_sure_of() -> None:
    (pieces,) = in_pieces([TEXT])

    found = marked_words(logits_for("publish the figures"), pieces, ("R",), TEXT)["R"]

    assert TEXT[found.start : found.end] == "publish the figures"


def test_a_slot_nothing_speaks_for_is_not_given() -> None:
    (pieces,) = in_pieces([TEXT])

    assert marked_words(np.full((len(pieces), 1), -1.0), pieces, ("by",), TEXT) == {}


def test_a_short_gap_does_not_break_a_stretch() -> None:
    assert best_stretch([-3.0, 2.0, 2.0, -0.5, 2.0, -3.0]) == (1, 5)


@given(st.lists(st.floats(min_value=-9, max_value=9), min_size=1, max_size=30))
def test_no_stretch_sums_to_more_than_the_best(scores: list[float]) -> None:
    begin, end = best_stretch(scores)
    most = max(sum(scores[a:b]) for a in range(len(scores)) for b in range(a + 1, len(scores) + 1))

    assert sum(scores[begin:end]) == pytest.approx(most, abs=1e-9)


def test_half_a_word_is_widened_to_the_whole() -> None:
    start, end = whole_words("the committee's advice", 6, 9)

    assert "the committee's advice"[start:end] == "committee's"


def test_a_quotation_too_short_to_say_anything_falls_back_on_the_rules() -> None:
    (pieces,) = in_pieces([TEXT])
    short = marked_words(logits_for("month"), pieces, ("R",), TEXT)

    assert quoted("R", TEXT, [], short) == TEXT.rstrip(".")
