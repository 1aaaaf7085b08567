"""The record on a store: versions first, what names them last, every hash checked."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError, MattersArisingError, StoreError, TransientError
from tests.s3_server import Line
from tests.transcripts.test_record import processed
from transcripts.integrity import record_faults
from transcripts.ledger import Decision, Ledger, now
from transcripts.objects import mirror
from transcripts.objects.store import ObjectStore
from transcripts.record import Record

POINTER = "record/june/newest.json"


def transcript_of(store: ObjectStore) -> str:
    return next(n for n in store.names("record") if "/transcript-" in n)


def kept(home: Path) -> dict[str, bytes]:
    """Every file that the newest run of the meeting consists of."""
    folder = home / "record" / "june"
    return {name: (folder / name).read_bytes() for name in Record(home).files_of("june")}


def test_a_new_machine_has_the_same_record_and_ledger(
    store: ObjectStore, home: Path, tmp_path: Path
) -> None:
    Ledger(home).append([Decision("hold", "held", "A. Clerk", now(), meeting_id="june",
                                  day="2099-01-01")])  # fmt: skip
    pushed = mirror.push_all(home, store)

    pulled = mirror.pull_all(tmp_path / "new", store)

    assert (pushed.put, pushed.ledger_lines, pulled) == (("june",), 1, ["june"])
    assert kept(tmp_path / "new") == kept(home)
    assert Ledger(tmp_path / "new").all_lines() == Ledger(home).all_lines()
    assert record_faults(tmp_path / "new") == mirror.check_all(store) == []


def test_the_store_holds_the_newest_run_and_nothing_earlier(store: ObjectStore, home: Path) -> None:
    mirror.push_all(home, store)

    names = {n.rpartition("/")[2] for n in store.names("record")}

    small = {"meeting.json", "current.json"}
    assert names == {*Record(home).files_of("june") - small, "newest.json"}
    assert mirror.push_all(home, store).same == ("june",)  # a second delivery does nothing


def test_what_was_redacted_is_gone_with_the_next_push(store: ObjectStore, home: Path) -> None:
    mirror.push_all(home, store)
    Record(home).save(processed("told ██████"), "third")

    mirror.push_all(home, store)

    words = b"".join(store.get_many(list(store.names("record"))).values())
    assert b"before" not in words
    assert "██████".encode() in words


def test_what_was_purged_is_taken_out_and_nothing_else(store: ObjectStore, home: Path) -> None:
    other = replace(processed(), meeting=replace(processed().meeting, id="july"))
    Record(home).save(other, "july")
    mirror.push_all(home, store)
    shutil.rmtree(home / "record" / "july")  # lost, not purged: nobody decided that
    Record(home).forget("june")
    Ledger(home).append([Decision("purge", "purged", "A. Clerk", now(), meeting_id="june")])

    pushed = mirror.push_all(home, store)

    assert pushed.taken_out == ("june",)
    assert list(mirror.held(store)) == ["july"]


def test_a_damaged_object_is_named_not_taken_and_put_anew(
    store: ObjectStore, home: Path, tmp_path: Path
) -> None:
    mirror.push_all(home, store)
    name = transcript_of(store)
    data = store.get(name) or b""
    store.put(name, data.replace(b"told", b"gold"))

    faults = mirror.check_all(store)
    with pytest.raises(StoreError, match=f"{name} is not what was written, and was not taken"):
        mirror.pull_all(tmp_path / "new", store)
    believed = mirror.push_all(home, store)
    checked = mirror.push_all(home, store, check=True)

    assert [name in fault for fault in faults] == [True]
    assert not (tmp_path / "new/record/june/current.json").exists()
    assert (believed.same, checked.put) == (("june",), ("june",))
    assert store.get(name) == data
    assert mirror.pull_all(tmp_path / "new", store) == ["june"]  # goes on where it stopped


def test_a_version_that_is_gone_is_named(store: ObjectStore, home: Path) -> None:
    mirror.push_all(home, store)
    name = transcript_of(store)
    store.remove([name])

    (fault,) = mirror.check_all(store)

    assert f"{name} is gone" in fault


def test_a_version_damaged_at_home_takes_no_good_copys_place(
    store: ObjectStore, home: Path
) -> None:
    Record(home).note_sums("june")
    mirror.push_all(home, store)
    good = store.get(transcript_of(store))
    path = home / transcript_of(store)
    path.write_bytes(path.read_bytes().replace(b"told", b"gold"))

    pushed = mirror.push_all(home, store, check=True)

    assert store.get(transcript_of(store)) == good
    assert pushed.faults == ()  # the store holds what was written; the disk is the doctor's


def test_a_push_that_is_cut_at_any_byte_leaves_the_version_of_before_or_the_new_one(
    bucket: str, line: Line, home: Path, tmp_path: Path
) -> None:
    """And the same push again brings it to the new one."""
    store = ObjectStore(bucket, patience_s=0.2)
    mirror.push_all(home, store)
    before, seen = kept(home), []
    for bytes_sent in (2_000, 8_000, 14_000, 60_000):
        Record(home).save(processed(f"told after {bytes_sent}"), f"run {bytes_sent}")
        after = kept(home)
        line.cut_after = bytes_sent
        with suppress(MattersArisingError):
            mirror.push_all(home, store)
        if line.cut_after is not None and line.cut_after <= 0:
            line.mend()
        line.cut_after = None
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
        mirror.pull_all(tmp_path / "new", store)
        there = kept(tmp_path / "new")
        assert there in (before, after)
        seen.append(there == after)
        mirror.push_all(home, store)
        before = after

    assert set(seen) == {True, False}  # both were met
    assert mirror.check_all(store) == []


def test_a_slow_store_is_waited_for(bucket: str, line: Line, home: Path) -> None:
    line.slow_s = 0.05

    assert mirror.push_all(home, ObjectStore(bucket)).put == ("june",)


def test_a_store_that_is_away_costs_no_meeting_at_home(bucket: str, line: Line, home: Path) -> None:
    before = kept(home)
    line.cut()

    with pytest.raises(TransientError):
        mirror.push_all(home, ObjectStore(bucket, patience_s=0.2))
    assert kept(home) == before


def test_another_archive_cannot_take_a_stores_place(
    store: ObjectStore, home: Path, tmp_path: Path
) -> None:
    Ledger(home).append([Decision("hold", "held", "A. Clerk", now(), meeting_id="june",
                                  day="2099-01-01")])  # fmt: skip
    mirror.push_all(home, store)
    Record(tmp_path / "other").save(processed("something else"), "x")

    with pytest.raises(BadInputError, match=r"holds a ledger of 1 lines, and .* one of 0"):
        mirror.push_all(tmp_path / "other", store)
    with pytest.raises(BadInputError, match="has a record or a ledger of its own"):
        mirror.pull_all(tmp_path / "other", store)
    assert mirror.check_all(store) == []


def test_a_prefix_of_something_else_is_not_written_to(store: ObjectStore, home: Path) -> None:
    store.put("store.json", b"not ours")

    with pytest.raises(StoreError, match="none of this program's"):
        mirror.push_all(home, store)
    assert list(store.names("")) == ["store.json"]


def test_a_store_of_a_newer_program_is_refused(store: ObjectStore, home: Path) -> None:
    store.put("store.json", json.dumps({"format": 99}).encode())

    with pytest.raises(StoreError, match="newer version of this program"):
        mirror.push_all(home, store)


def test_a_store_cannot_write_outside_a_meetings_folder(
    store: ObjectStore, home: Path, tmp_path: Path
) -> None:
    mirror.push_all(home, store)
    told = json.loads(store.get(POINTER) or b"")
    told["sums"]["../../../evil.json"] = "0" * 64
    store.put(POINTER, json.dumps(told).encode())

    with pytest.raises(StoreError, match="no name of one"):
        mirror.pull_all(tmp_path / "new", store)
