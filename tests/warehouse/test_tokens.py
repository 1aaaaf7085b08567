"""Words come out the same however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse import tokens


@pytest.mark.parametrize(
    "same",
    [
        ("£3,500", "£ 3500", "3,500 pounds", "3500 pounds"),
        ("£3.5m", "£3.5 million", "3.5 million pounds"),
        ("50%", "50 %", "50 per cent", "50 percent"),
        ("the tenants’ café", "The Tenants' CAFE"),
    ],
)
def test_sums_and_shares_are_one_however_they_are_written(same: tuple[str, ...]) -> None:
    """In a question and in what was said."""
    assert len({tuple(tokens.words(text)) for text in same}) == 1


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("We co-operate", [("cooperate", 1)]),
        ("Mr O'Brien's e-scooter", [("escooter", 2)]),
        ("O'Brien don't", [("obrien", 0), ("dont", 1)]),
        ("a well-to-do area", [("welltodo", 1)]),
        ("this - that", []),
    ],
)
def test_compounds_are_found_in_one_word_too(text: str, also: list[tuple[str, int]]) -> None:
    """At the place where they begin."""
    assert tokens.indexed(text)[1] == also


@given(st.text(alphabet="abé£%’'-,. 0123456789mkMKßﬃ½", max_size=40))
def test_every_word_has_its_span_in_the_text(text: str) -> None:
    """In order, within it, and not empty."""
    spans = tokens.spans(text)
    assert [w for w, _, _ in spans] == tokens.words(text)
    assert all(0 <= start < end <= len(text) for _, start, end in spans)
    assert [s for _, s, _ in spans] == sorted(s for _, s, _ in spans)


@given(st.text(alphabet="abZé'’ 15.,£%_\n-ﬁ") | st.text())
def test_the_quick_way_through_plain_texts_gives_the_same(text: str) -> None:
    """A hyphen that ties nothing adds no word, and has a text taken the long way."""
    assert tokens.indexed(text) == tokens.indexed(f"{text} - ")
