"""Files that are whole or not there, and made by one of many who make them at once."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.transcripts.at_once import at_once
from transcripts import whole
from transcripts.whole import unfinished, write_new, write_whole

GONE = 2**22 + 1  # no process has a number as large as this


@pytest.fixture(params=["names", "no second names"])
def disk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder; also on a disk that cannot give a file a second name, as an exFAT one."""

    def refused(source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", str(target))

    if request.param != "names":
        monkeypatch.setattr(os, "link", refused)
    return tmp_path


def test_of_many_at_one_moment_one_makes_the_file(disk: Path) -> None:
    for tried in range(20):
        made: dict[int, bool] = {}
        path = disk / f"claim-{tried}"
        at_once(8, lambda n, path=path, made=made: made.update({n: write_new(path, b"%d" % n)}))  # type: ignore[misc]

        (winner,) = (n for n, was_us in made.items() if was_us)
        assert path.read_bytes() == b"%d" % winner
    assert len(list(disk.iterdir())) == 20


def test_a_file_that_is_there_stays_as_it_is(disk: Path) -> None:
    write_whole(disk / "a", b"before")

    assert not write_new(disk / "a", b"after")
    assert (disk / "a").read_bytes() == b"before"
    assert [path.name for path in disk.iterdir()] == ["a"]


def test_threads_that_write_one_file_do_not_tread_on_each_other(tmp_path: Path) -> None:
    for _ in range(20):
        at_once(8, lambda n: write_whole(tmp_path / "a", b"%d" % n * 1000))

        written = (tmp_path / "a").read_bytes()
        assert written == written[:1] * 1000
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_full_disk_leaves_what_was_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    write_whole(tmp_path / "a", b"before")
    monkeypatch.setattr(whole.os, "fsync", full)
    for write in (write_whole, write_new):
        with pytest.raises(OSError, match="No space"):
            write(tmp_path / "a", b"after")

    assert (tmp_path / "a").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_a_writer_that_is_gone_left_is_found_and_no_other(tmp_path: Path) -> None:
    left = [
        f".2026-07-01.json.{GONE}",
        f".a.{GONE}.139872",
        f".a.pcm.{GONE}.part",
        f".b.{GONE}.wal",
    ]
    for name in [*left, f".a.{os.getpid()}.1", ".gitignore", ".hidden.json", "a.7"]:
        (tmp_path / name).touch()

    assert [path.name for path in unfinished(tmp_path)] == sorted(left)
