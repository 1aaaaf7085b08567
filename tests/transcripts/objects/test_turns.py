"""Whose turn it is: one holder at a time, known to be alive by what it writes."""

from __future__ import annotations

import json
import threading

import pytest

from matters_arising.errors import BusyError
from transcripts.objects.store import ObjectStore
from transcripts.objects.turns import Claim, Watched, newest, own_turn

JOB = "jobs/june/k"
LEASE_S = 0.6


def test_a_holder_that_lives_is_left_alone(store: ObjectStore) -> None:
    with (
        own_turn(store, JOB, lease_s=LEASE_S),
        pytest.raises(BusyError, match=r"process .* is at june"),
        own_turn(store, JOB, lease_s=LEASE_S),
    ):
        raise AssertionError("both hold it")

    assert newest(store, JOB) == Claim()  # let go of


def test_a_holder_that_was_killed_is_followed(store: ObjectStore) -> None:
    store.create(f"{JOB}/claim-1.json", json.dumps({"host": "gone", "pid": 1}).encode())

    with own_turn(store, JOB, lease_s=LEASE_S) as turn:
        held = newest(store, JOB)
        assert (turn.number, held.number, turn.is_ours()) == (2, 2, True)

    assert store.names(JOB) == {}


def test_one_of_many_follows_a_holder_that_was_killed(store: ObjectStore) -> None:
    store.create(f"{JOB}/claim-1.json", b"{}")
    got: list[str] = []
    done = threading.Event()

    def take() -> None:
        try:
            with own_turn(store, JOB, lease_s=LEASE_S):
                got.append("held")
                done.wait(20)
        except BusyError:
            got.append("busy")
            if got.count("busy") == 3:
                done.set()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == ["busy"] * 3 + ["held"]


def test_one_that_was_given_up_and_comes_back_knows_it(store: ObjectStore) -> None:
    with own_turn(store, JOB, lease_s=LEASE_S) as late:
        store.create(f"{JOB}/claim-2.json", b"{}")

        assert not late.is_ours()
    assert newest(store, JOB).number == 2  # the other's stays


def test_how_long_a_claim_is_quiet_is_told_by_ones_own_clock() -> None:
    now = [100.0]
    watched = Watched(clock=lambda: now[0])
    quiet = [watched.quiet_s(Claim(1, b"a"))]
    for step, claim in ((5.0, b"a"), (5.0, b"b"), (3.0, b"b")):
        now[0] += step
        quiet.append(watched.quiet_s(Claim(1, claim)))

    assert quiet == [0.0, 5.0, 0.0, 3.0]
