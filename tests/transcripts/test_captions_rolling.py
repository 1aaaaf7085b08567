"""What a display shows again is read once; what is said again is read as often as it was said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.test_captions import vtt
from transcripts.captions import read_captions
from transcripts.captions_cues import Cue, segments_of

SPOKEN = st.sampled_from(["Aye.", "No, no,", "Agreed.\nAgreed.", ">> Aye.", "<v Ann Clay>Aye."])


def at(second: float, text: str, *, lasts: float = 1.0) -> str:
    return f"00:00:{second:06.3f} --> 00:00:{second + lasts:06.3f}\n{text}"


def read(tmp_path: Path, *cues: str) -> list[tuple[str, str]]:
    return [(s.speaker, s.text) for s in read_captions(vtt(tmp_path, *cues))]


def test_the_same_word_of_another_is_said_again(tmp_path: Path) -> None:
    """A recorded vote: each answer has its name, and adjoins the one before."""
    who = ["Ann Clay", "Bo Ferris", "Cy Ferris", "Cy Ferris"]
    votes = [at(n, f"<v {name}>Aye.") for n, name in enumerate(who, start=2)]

    assert read(tmp_path, at(1, "<v Di Noakes>All in favour?"), *votes)[1:] == [
        (name, "Aye.") for name in who
    ]


@pytest.mark.parametrize("between", [1, 10])
@pytest.mark.parametrize("word", [">> Aye.", "Agreed.", "Agreed.\nAgreed."])
def test_a_cue_that_adds_nothing_is_said_again(tmp_path: Path, word: str, between: int) -> None:
    cues = [at(2 + n * between, word) for n in range(4)]

    told = " ".join(text for _, text in read(tmp_path, at(1, "Is that agreed?"), *cues))

    assert told.count(word.split()[-1]) == 4 * word.count(".")


def test_words_shared_in_the_middle_of_a_line_are_said_again(tmp_path: Path) -> None:
    cues = ["we want to stop", "to stop is wrong", "is wrong to say", "to say so"]

    told = read(tmp_path, *(at(n, text) for n, text in enumerate(cues, start=1)))

    assert [text for _, text in told] == cues


def test_a_line_shown_long_ago_is_said_again(tmp_path: Path) -> None:
    cues = ["Item one.", "Item one.\nThe bins.", "The bins.\nThe lights.", "The lights.\nAny more?"]

    told = read(tmp_path, *(at(n * 10, text) for n, text in enumerate(cues)))

    assert " ".join(text for _, text in told).count("The lights.") == 2


def test_a_rolling_display_keeps_an_answer_given_twice(tmp_path: Path) -> None:
    """Its lines move up by one: the last is new, also where it reads like the one above it."""
    cues = [
        ">> Daly?",
        ">> Daly?\n>> Aye.",
        ">> Aye.\n>> Aye.",
        ">> Aye.\n>> Aye.",
        ">> Aye.\nYes.",
    ]

    told = read(tmp_path, *(at(n, text) for n, text in enumerate(cues, start=1)))

    assert [text for _, text in told] == ["Daly?", "Aye.", "Aye.", "Aye.", "Yes."]


def test_a_display_shown_twice_is_read_once(tmp_path: Path) -> None:
    cues = ["the first line", "the first line\nthe second", "the first line\nthe second",
            "the second\nthe third"]  # fmt: skip

    told = read(tmp_path, *(at(n, text) for n, text in enumerate(cues, start=1)))

    assert " ".join(text for _, text in told) == "the first line the second the third"


@given(texts=st.lists(SPOKEN, min_size=1, max_size=12), break_s=st.sampled_from([0.0, 0.2, 3.0]))
def test_of_what_does_not_roll_no_word_is_lost(texts: list[str], break_s: float) -> None:
    cues = [Cue(n * (1 + break_s), n * (1 + break_s) + 1, text) for n, text in enumerate(texts)]
    put_in = sum(len(t.replace(">>", "").replace("<v Ann Clay>", "").split()) for t in texts)

    assert sum(len(s.words) for s in segments_of(cues)) == put_in
