"""Where two voices speak at once, told from their turns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcripts.overlap import overlapped, overlaps
from transcripts.words import Turn, Word

TURNS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 60), st.integers(1, 4)), max_size=12
).map(lambda drawn: [Turn(f"V{v}", float(a), float(a + n)) for a, n, v in drawn])


def test_two_voices_overlap_and_one_voice_on_two_microphones_does_not() -> None:
    """Also three voices are one stretch."""
    turns = [
        *(Turn("V1", 0, 10), Turn("V1", 5, 12), Turn("V2", 9, 20)),
        *(Turn("V3", 11, 14), Turn("V1", 30, 31)),
    ]

    assert overlaps(turns) == [(9, 14)]
    assert overlaps([Turn("V1", 0, 5), Turn("V2", 5, 9)]) == []


def test_a_word_is_marked_where_most_of_it_lies_in_an_overlap() -> None:
    """Words without length, as captions have them, by where they stand."""
    words = [Word("a", 8.0, 9.4), Word("b", 8.9, 9.5), Word("c", 13.9, 15.0), Word("d", 11.0, 11.0)]

    assert overlapped(words, [(9.0, 14.0)]) == [False, True, False, True]
    assert overlapped(words, []) == [False] * 4


@given(TURNS)
def test_each_second_is_marked_just_where_two_voices_cover_it(turns: list[Turn]) -> None:
    """Against counting second by second."""
    seconds = [Word("s", float(n), n + 1.0) for n in range(270)]
    at_once = [len({t.voice for t in turns if t.start_s <= n and t.end_s >= n + 1}) for n in
               range(270)]  # fmt: skip

    assert overlapped(seconds, overlaps(turns)) == [n >= 2 for n in at_once]
