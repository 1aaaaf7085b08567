"""A member of the public who is on no roster is withheld by the name that was said aloud."""

from __future__ import annotations

import pytest

from warehouse.masking import Masker


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("thank you mister carter you have two", "thank you [name withheld] you have two"),
        ("Thank you, Mister Cotter.", "Thank you, [name withheld]."),
        ("I will send Carter a copy", "I will send [name withheld] a copy"),
        ("Councillor Cartwright", "Councillor Cartwright"),
    ],
)
def test_a_name_said_aloud_is_hidden_wherever_it_is_said(said: str, shown: str) -> None:
    """With its title in any case; by itself with its capital."""
    masker = Masker((), (), (said,), ("carter", "cotter"))

    assert masker.text(said) == shown


def test_a_name_that_is_also_a_word_is_hidden_with_its_title_only() -> None:
    """Mister Green is not the green bin."""
    masker = Masker((), (), ("the green bin",), ("green",))

    assert masker.text("Mister Green has a green bin. Green bins.") == (
        "[name withheld] has a green bin. Green bins."
    )


def test_a_whole_name_is_hidden_as_one_on_the_roster_is() -> None:
    """With an initial, a title, or by its surname; first names stay."""
    text = "My name is John Carter. Thank you, J. Carter, Mr Carter, Carter. John spoke well."
    masker = Masker((), (), (text,), ("john carter",))

    assert masker.text(text) == (
        "My name is [name withheld]. Thank you, [name withheld], [name withheld], "
        "[name withheld]. John spoke well."
    )
    assert {words for _, words, whole, _ in masker.forms if whole} == {2}
