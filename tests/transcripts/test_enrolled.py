"""A voice is kept in one private file, whole or not at all, and all of it goes when it goes."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matters_arising.errors import BusyError, StoreError
from transcripts import enrolled
from transcripts.enrolled import Enrolled, EnrolledVoices, packed
from transcripts.meeting import Engine

VECTOR = np.random.default_rng(3).normal(size=256).astype(np.float32)
KEPT = Enrolled(
    person="Cllr Ida Rudge", council="Brackwell", meeting_id="m1", recording_sha256="ab",
    voice="V2", seconds=61.2, held_by="evidence of 8.0",
    engine=Engine("known voices", "mean-vector", "1"),
    when="2026-06-11T18:00:00+01:00", until=date(2027, 6, 11), who="A. Clerk", reason="consent",
    line="0123456789ab", packed=packed(VECTOR),
)  # fmt: skip


@pytest.fixture
def voices(tmp_path: Path) -> EnrolledVoices:
    made = EnrolledVoices(tmp_path)
    made.save(KEPT)
    return made


def test_a_voice_comes_back_as_it_was(voices: EnrolledVoices) -> None:
    (found,) = voices.all()

    assert found == KEPT
    assert np.array_equal(found.vector, VECTOR)


def test_nobody_but_the_owner_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        EnrolledVoices(tmp_path).save(KEPT)
    finally:
        os.umask(before)

    folder = tmp_path / "voices"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}


def test_a_listing_of_the_folder_tells_nobodys_name(voices: EnrolledVoices) -> None:
    assert not any("udge" in p.name for p in voices.folder.iterdir())


def test_one_file_a_person_and_the_same_name_in_another_council_is_another(
    voices: EnrolledVoices,
) -> None:
    voices.save(replace(KEPT, meeting_id="m2"))
    voices.save(replace(KEPT, council="Hollin"))

    assert [(e.council, e.meeting_id) for e in voices.all()] == [
        ("Brackwell", "m2"), ("Hollin", "m1"),
    ]  # fmt: skip


def test_bytes_are_overwritten_before_the_file_goes(voices: EnrolledVoices) -> None:
    """Read through another name of the same file, which outlives it."""
    (path,) = voices.folder.glob("*.json")
    other = voices.folder.parent / "other"
    os.link(path, other)

    voices.remove(KEPT)

    assert not path.exists()
    assert set(other.read_bytes()) == {0}


def test_an_earlier_voice_of_the_same_person_is_overwritten_too(voices: EnrolledVoices) -> None:
    (path,) = voices.folder.glob("*.json")
    other = voices.folder.parent / "other"
    os.link(path, other)

    voices.save(replace(KEPT, meeting_id="m2"))

    assert set(other.read_bytes()) == {0}


def test_what_a_killed_writer_left_is_found_and_goes(voices: EnrolledVoices) -> None:
    half = voices.folder / ".0011223344556677.json.4711"
    half.write_text('{"packed": "AAAA')

    assert [e.person for e in voices.all()] == [KEPT.person]
    voices.tidy()

    assert not half.exists()
    assert [e.person for e in voices.all()] == [KEPT.person]


def test_clearing_leaves_no_folder_and_counts_what_cannot_be_read(voices: EnrolledVoices) -> None:
    (voices.folder / "feedfeedfeedfeed.json").write_text("not a voice")

    with pytest.raises(StoreError, match=r"feedfeedfeedfeed.*matters voices purge"):
        voices.all()
    assert voices.clear() == 2
    assert not voices.folder.exists()
    assert voices.clear() == 0


def test_a_vector_cut_short_is_refused_not_compared(voices: EnrolledVoices) -> None:
    voices.save(replace(KEPT, packed=packed(VECTOR[:100])))

    with pytest.raises(StoreError, match="100 numbers where 256 are"):
        voices.all()


def test_a_writer_that_waits_for_another_says_so(
    voices: EnrolledVoices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrolled, "WAIT_S", 0.1)
    from filelock import FileLock

    with (
        FileLock(voices.folder / enrolled.LOCK),
        pytest.raises(BusyError, match="another process has held"),
    ):
        voices.save(KEPT)
