"""A phrase is found where a quoted phrase of a search finds it, and shown to the letter."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matters_arising.errors import BadInputError
from warehouse import tokens
from warehouse.phrases import count_in, phrase_of, places_in

SAID = st.text(alphabet="ab’'é ½ﬁß_-.0Å\u0301", max_size=24)


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Fly-tipping, FLY tipping and flytipping.", "fly tipping", ["Fly-tipping", "FLY tipping"]),
        ("The tenants’ café.", "tenants cafe", ["tenants’ café"]),
        ("A tenant’s café, Tenant's Cafe.", "tenant's cafe", ["tenant’s café", "Tenant's Cafe"]),
        ("A tenant’s café.", "tenant", []),
        ("no no no no no", "no no", ["no no", "no no"]),
        ("It cost £½m, or ½ of it.", "1", ["£½", "½"]),
        ("Recommended", "recommend", []),
    ],
)  # fmt: skip
def test_the_very_words_are_found_with_case_and_accents_folded(
    text: str, phrase: str, found: list[str]
) -> None:
    """And cut out as they were written."""
    looked_for = phrase_of(phrase)

    assert [text[a:b] for a, b in places_in(text, looked_for)] == found
    assert count_in(text, looked_for) == len(found)


@given(SAID, SAID)
@example("½ ½", "2 1")
def test_a_phrase_is_found_exactly_where_double_quotes_find_it(text: str, asked: str) -> None:
    """Whatever was said; and what is cut out folds to the phrase."""
    if not tokens.words(asked):
        return
    phrase = phrase_of(asked)

    places = places_in(text, phrase)

    assert bool(places) == tokens.holds_phrase(text, phrase.words)
    assert all(tokens.holds_phrase(text[a:b], phrase.words) for a, b in places)


def test_a_phrase_without_a_word_is_refused() -> None:
    """It would be found everywhere."""
    with pytest.raises(BadInputError, match=r"'\?!' holds no word to look for"):
        phrase_of("?!")
