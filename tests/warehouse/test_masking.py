"""Hidden names go, everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.meeting import Person
from warehouse.masking import MASK, Masker, name_key, plain_name

MASKER = Masker([Person("Mrs Joan Petty", kind="public"), Person("Will", kind="public")])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Joan Petty asked.", f"{MASK} asked."),
        ("So JOAN   PETTY’s question", f"So {MASK}’s question"),
        ("Thank you, Mrs Petty.", f"Thank you, {MASK}."),
        ("J. Petty and Ms. Petty", f"{MASK} and {MASK}"),
        ("It is a petty matter, Joan.", "It is a petty matter, Joan."),
        ("We will ask Will.", f"We will ask {MASK}."),
        ("Councillor Pettyfer spoke.", "Councillor Pettyfer spoke."),
    ],
)
def test_a_hidden_name_goes_in_every_form(said: str, shown: str) -> None:
    """Full, with a title, with an initial; a plain word of the same letters stays."""
    assert MASKER.text(said) == shown


def test_a_quote_that_begins_within_a_name_hides_all_of_it() -> None:
    """Otherwise the surname would be left."""
    said = "I think Joan Petty is right"
    assert MASKER.part(said, said.index("Petty"), len(said)) == f"{MASK} is right"
    assert MASKER.part(said, 0, said.index(" Petty")) == f"I think {MASK}"


def test_accents_and_titles_do_not_make_another_person() -> None:
    """Nor does the way an accent is written."""
    forms = ("Zoë Pike", "zoe  pike", "Mrs ZOE PIKE", "Zoe\u0308 Pike")
    assert len({(plain_name(f), name_key(f)) for f in forms}) == 1


def test_an_accent_written_apart_hides_the_whole_sentence() -> None:
    """Better too much than the name."""
    masker = Masker([Person("Zoë Pike", kind="public")])
    assert masker.text("It was Zoe\u0308 Pike.") == MASK


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_the_name_never_survives_between_spaces(before: str, after: str) -> None:
    """Whatever stands around it."""
    shown = MASKER.text(f"{before} Joan Petty {after}")
    assert "Joan Petty" not in shown


@given(st.text(max_size=60))
def test_a_text_without_the_name_stays_as_it_is(text: str) -> None:
    """Character for character."""
    if not any(word in text.casefold() for word in ("petty", "will")):
        assert MASKER.text(text) == text
