"""A phrase is found where a quoted phrase of a search finds it, and shown to the letter."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matters_arising.errors import BadInputError
from warehouse import tokens
from warehouse.phrases import count_in, counter, phrase_of, places_in

SAID = st.text(alphabet="ab’'é ½ﬁß_-.0Å\u0301", max_size=24)
SIGNS = st.text(alphabet="ab’' é_-.,0£%½\n", max_size=24)


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


@given(SIGNS, st.text(alphabet="ab' -0%", min_size=1, max_size=6))
@example("a b'a b''a b_a", "a")
@example("12,000a 1.5a 3a £3a a'b 'a' -a-", "a")
@example("b a'b a-b a 'b a\nb", "a b")
@example("5% and 5 per cent", "5 per cent")
def test_many_texts_are_counted_as_one_is(text: str, asked: str) -> None:
    """By a pattern or word for word, the count is the same."""
    if not tokens.words(asked):
        return
    phrase = phrase_of(asked)

    assert counter(phrase)(text) == count_in(text, phrase)


def test_a_phrase_without_a_word_is_refused() -> None:
    """It would be found everywhere."""
    with pytest.raises(BadInputError, match=r"'\?!' holds no word to look for"):
        phrase_of("?!")


@pytest.mark.parametrize(
    "text",
    ["recommend*", "committee:HSC mould", "damp AND mould", "damp NEAR/3 mould", "*mend"],
)
def test_a_question_in_the_language_is_no_phrase(text: str) -> None:
    """Counted as mere words it would be the count of something else."""
    with pytest.raises(BadInputError, match="is not a phrase"):
        phrase_of(text)
