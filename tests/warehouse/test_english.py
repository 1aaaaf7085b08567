"""An English word that nobody said is not taken for a slip of another."""

from __future__ import annotations

import pytest

from warehouse import english

HEARD = {
    "stabbing": "standing", "grooming": "growing", "thursday": "tuesday", "computing": "complying",
    "shareholder": "stakeholder", "cladding": "claiming", "fostering": "festering",
    "neighbours": "neighbourly",
}  # fmt: skip
SLIPS = {
    "enviromental": "environmental", "reccomend": "recommend", "hosuing": "housing",
    "goverment": "government", "recomendation": "recommendation", "begining": "beginning",
    "superintendant": "superintendent", "occured": "occurred", "houseing": "housing",
}  # fmt: skip


@pytest.mark.parametrize("word", HEARD)
def test_a_word_is_left_alone(word: str) -> None:
    """In any of its forms, and as the British spell it."""
    assert english.slip(word, [HEARD[word]]) == ()


@pytest.mark.parametrize("word", SLIPS)
def test_a_slip_is_none(word: str) -> None:
    """Nor is a misspelling that was often printed, or a form that no word has."""
    assert english.slip(word, [SLIPS[word]]) == (SLIPS[word],)


def test_without_the_list_every_guess_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where pocketsphinx is not installed."""
    monkeypatch.setattr(english, "_list", lambda: b"")
    assert english.slip("stabbing", ["standing"]) == ("standing",)
