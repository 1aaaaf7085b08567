"""Sentences: verbatim, whole, cut at stops or at pauses."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from models.sentences import LONGEST, sentences
from transcripts.words import Utterance, Word


def utterance(text: str, pauses: Sequence[int] = ()) -> Utterance:
    """Words of 0.3 s with hardly a gap, and half a second before each of ``pauses``."""
    words, at = [], 0.0
    for i, part in enumerate(text.split()):
        at += 0.5 if i in pauses else 0.02
        words.append(Word(part, at, at + 0.3))
        at += 0.3
    return Utterance("u", "V1", tuple(words))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("yes no Cllr. Mr. 3.5 end. really? well, (a) …".split()), min_size=1),
    st.sets(st.integers(0, 30)),
)
def test_every_word_is_in_exactly_one_sentence(texts: list[str], pauses: set[int]) -> None:
    said = utterance(" ".join(texts), sorted(pauses))

    found = sentences([said])

    assert " ".join(s.text for s in found) == said.text
    assert len({s.id for s in found}) == len(found)


def test_abbreviations_do_not_end_a_sentence() -> None:
    said = utterance("Thank you, Cllr. Varley. Mr. Quill asked about para. 3.2 of it. Did he?")

    assert [s.text for s in sentences([said])] == [
        "Thank you, Cllr. Varley.",
        "Mr. Quill asked about para. 3.2 of it.",
        "Did he?",
    ]


def test_speech_without_punctuation_is_cut_where_the_speaker_pauses() -> None:
    said = utterance("we asked for notice we got none and nobody said why", [4, 7])

    assert [s.text for s in sentences([said])] == [
        "we asked for notice",
        "we got none",
        "and nobody said why",
    ]


def test_speech_without_pauses_is_still_cut_to_a_length() -> None:
    found = sentences([utterance(" ".join(["word"] * 100))])

    assert max(len(s.text.split()) for s in found) <= LONGEST
    assert sum(len(s.text.split()) for s in found) == 100


def test_times_are_those_of_the_first_and_last_word() -> None:
    first, second = sentences([utterance("It fell. It rose.")])

    assert (round(first.start_s, 2), round(second.end_s, 2)) == (0.02, 1.28)
