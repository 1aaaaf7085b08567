"""A voice is enrolled on words: not on whose the device is, and not where two have the name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.enrolling import CONFIRMED, Held, Wish, _of_words, _one_of
from matters_arising.errors import BadInputError
from transcripts.coverage import Coverage
from transcripts.processed import Transcript
from transcripts.words import Attribution, Reason, Turn

WISH = Wish("Councillor Tom Quill", "m", "consent", "A. Clerk", date(2026, 6, 11))
TURNS = (Turn("V1", 0.0, 5.0), Turn("V2", 5.0, 25.0))
HEARD = Transcript(
    "m", "a" * 64, "speech", (), TURNS, (), (), (), Coverage(25.0, 25.0, 25.0, 0, 0, 0, 0, 0)
)


def test_a_tag_and_a_log_are_no_words() -> None:
    said = Reason("invited", "Councillor Quill.", 1.0, 3.4)
    device = (Reason("name tag", "Tom Quill", 0.0, 5.0), Reason("seat-log", "Tom Quill", 0.0, 5.5))
    found = Attribution("V1", WISH.person, "named", WISH.person, 3.0, (*device, said))

    assert _of_words(found) == pytest.approx(3.4)


def test_where_two_voices_have_the_name_neither_is_enrolled_until_somebody_decides() -> None:
    held = [Held(HEARD, "V1", "evidence of 8.0"), Held(HEARD, "V2", "evidence of 6.5")]

    with pytest.raises(BadInputError, match="has more than one voice in m"):
        _one_of(held, WISH)

    heard = [replace(h, by=f"{CONFIRMED} A. Clerk") for h in held]
    assert _one_of(heard, WISH).voice == "V2"
