"""How late a log is, told by the voices of the sound, whatever they are called."""

from __future__ import annotations

import random

from transcripts.seat_log_lag import lag_of, moved
from transcripts.words import Turn


def talk(seed: int, *, end_s: float = 900.0, people: int = 6) -> list[Turn]:
    """Turns of two to sixty seconds, each of whoever is drawn."""
    drawn, turns, at = random.Random(seed), [], 0.0
    while at < end_s:
        length = drawn.choice([2.0, 4.0, 8.0, 15.0, 30.0, 60.0])
        turns.append(Turn(f"P{drawn.randint(1, people)}", at, at + length))
        at += length + 0.5
    return turns


def test_the_lag_is_found_though_the_sound_merges_people_and_errs() -> None:
    """Two voices where there are six, every fifth turn given to a wrong one."""
    log, drawn = talk(1), random.Random(2)
    heard = [
        Turn(f"V{(int(t.voice[1:]) if drawn.random() > 0.2 else drawn.randint(1, 6)) % 2}",
             t.start_s + 3.0, t.end_s + 3.0)
        for t in log
    ]  # fmt: skip

    lag = lag_of(log, heard)

    assert lag is not None
    assert lag.clear
    assert lag.matters
    assert abs(lag.seconds + 3.0) < 0.3


def test_the_log_of_another_meeting_agrees_at_no_shift_more_than_at_others() -> None:
    """Chance is nowhere taken for a lag, over many pairs of meetings."""
    lags = [lag_of(talk(n), talk(n + 100, people=5)) for n in range(12)]

    assert sum(lag is not None and lag.clear for lag in lags) <= 1


def test_nothing_is_said_where_the_sound_tells_nobody_apart_or_the_log_is_short() -> None:
    """A guess would be worse than none."""
    assert lag_of(talk(1), [Turn("V1", 0.0, 900.0)]) is None
    assert lag_of(talk(1, end_s=60.0), talk(1)) is None
    assert lag_of([], []) is None


def test_what_is_moved_before_the_beginning_is_cut() -> None:
    """Seconds within the recording are never below nought."""
    turns = [Turn("V1", 1.0, 2.0), Turn("V2", 2.0, 6.0), Turn("V1", 6.0, 9.0)]

    assert moved(turns, 3.0) == [Turn("V2", 0.0, 3.0), Turn("V1", 3.0, 6.0)]
