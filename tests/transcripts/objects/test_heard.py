"""What was heard comes back as it was, whole, and goes with the job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.transcripts.objects.test_jobs import job_of
from transcripts.objects import heard
from transcripts.objects.jobs import hand_out, sweep, take_back, take_back_all
from transcripts.objects.store import ObjectStore
from transcripts.processed import Gap
from transcripts.sound import Decoded
from transcripts.words import Segment, Turn, Word

SHA = "a1" * 32
FOLDER = SHA[:32]
SAID = Segment((Word("Lights", 0.1, 0.30000000000000004, 0.5),), ">>", True)
HEARD = {
    f"{FOLDER}/decode-0a": Decoded(Path("a.pcm"), 61.37, (Gap(1.0, 2.0, "torn"),), "ogg", "opus"),
    f"{FOLDER}/regions-0b": [(0.1, 1 / 3)],
    f"{FOLDER}/turns-0c": [Turn("V1", 0.1, 1 / 3)],
    f"{FOLDER}/piece-0d": ([SAID], [Gap(0.0, 0.1, "looping")]),
}


def test_what_was_heard_comes_back_equal(store: ObjectStore) -> None:
    for key, value in HEARD.items():
        heard.put(store, key, value)

    assert heard.read(store, SHA) == HEARD
    assert heard.read(store, "b2" * 32) == {}
    assert set(heard.read(store, SHA, but=[f"{FOLDER}/piece-0d"])) == set(HEARD) - {
        f"{FOLDER}/piece-0d"
    }
    assert heard.missing(store, [*HEARD, f"{FOLDER}/piece-0e", f"{FOLDER}/vectors-0f"], SHA) == [
        f"{FOLDER}/piece-0e"
    ]


def test_where_it_was_decoded_is_told_to_nobody(store: ObjectStore) -> None:
    key = f"{FOLDER}/decode-0a"
    heard.put(store, key, replace(HEARD[key], path=Path("/srv/secret/a.pcm")))  # type: ignore[type-var]

    assert b"secret" not in (store.get(heard.place(key)) or b"")
    assert heard.read(store, SHA) == {key: HEARD[key]}


@pytest.mark.parametrize("spoil", [lambda d: d[:-2] + b"x]", lambda d: d[:70], lambda _: b""])
def test_what_is_damaged_is_made_again(store: ObjectStore, spoil: object) -> None:
    for key, value in HEARD.items():
        heard.put(store, key, value)
    name = heard.place(f"{FOLDER}/piece-0d")
    store.put(name, spoil(store.get(name) or b""))  # type: ignore[operator]

    assert set(heard.read(store, SHA)) == set(HEARD) - {f"{FOLDER}/piece-0d"}


@pytest.mark.parametrize("name", ["transcript-0a", "piece-../0a", "deeper/piece-0a", "other"])
def test_what_is_no_stage_that_is_handed_in_is_not_taken(store: ObjectStore, name: str) -> None:
    store.put(f"heard/{FOLDER}/{name}.json", b"x")

    assert heard.read(store, SHA) == {}


def test_it_goes_with_the_last_job_of_its_sound(store: ObjectStore, tmp_path: Path) -> None:
    for meeting_id in ("june", "july"):
        job, files = job_of(tmp_path / "in", meeting_id=meeting_id)
        hand_out(store, job, files)  # type: ignore[arg-type]
    sha = job.inputs[0].sha256
    heard.put(store, f"{sha[:32]}/turns-0c", HEARD[f"{FOLDER}/turns-0c"])

    take_back(store, "june", "k1")
    still = len(heard.read(store, sha))
    take_back_all(store, "july")

    assert (still, store.names("")) == (1, {})


def test_what_a_late_worker_heard_is_swept_away(store: ObjectStore, tmp_path: Path) -> None:
    job, files = job_of(tmp_path / "in")
    hand_out(store, job, files)  # type: ignore[arg-type]
    sha = job.inputs[0].sha256
    for of in (sha, SHA):
        heard.put(store, f"{of[:32]}/turns-0c", HEARD[f"{FOLDER}/turns-0c"])

    assert sweep(store) == 1
    assert (len(heard.read(store, sha)), heard.read(store, SHA)) == (1, {})
