"""Windows: every sentence is judged exactly once, with talk around it, however a meeting falls."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from models.findings.features import Place
from models.findings.pieces import MOST
from models.findings.windows import LONGEST, MARGIN, stretches, windows

LENGTHS = st.lists(
    st.integers(min_value=0, max_value=MOST) | st.just(MOST), min_size=1, max_size=60
)


def places(*turns: int, meeting: str = "m") -> list[Place]:
    return [Place(meeting, t, "V1") for t in turns]


@given(LENGTHS, st.integers(min_value=0, max_value=4))
def test_every_sentence_is_judged_in_exactly_one_window(lengths: list[int], margin: int) -> None:
    cut = windows(lengths, range(len(lengths)), margin=margin)

    judged = [r for w in cut for r in range(w.judged_from, w.judged_to)]
    assert judged == list(range(len(lengths)))


@given(LENGTHS)
def test_no_window_is_longer_than_a_network_reads(lengths: list[int]) -> None:
    cut = windows(lengths, range(len(lengths)))

    for window in cut:
        told = 1 + sum(lengths[r] + 1 for r in window.rows)
        assert told <= LONGEST


def test_sentences_at_a_windows_ends_are_only_read() -> None:
    lengths = [30] * 40

    first, second = windows(lengths, range(40))[:2]

    assert first.judged_to == first.end - MARGIN
    assert second.first == second.judged_from - MARGIN


def test_a_gap_in_the_turns_or_another_meeting_ends_a_stretch() -> None:
    talk = [*places(1, 1, 2, 4, 8, 9), *places(9, 10, meeting="n")]

    assert stretches(talk) == [range(0, 4), range(4, 6), range(6, 8)]


def test_no_sentences_make_no_stretches() -> None:
    assert stretches([]) == []


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=40))
def test_stretches_hold_all_sentences_in_order(turns: list[int]) -> None:
    found = stretches(places(*turns))

    assert list(itertools.chain(*found)) == list(range(len(turns)))
