"""Kept results are whole files, or not there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from flows.results import WholeFiles


def test_a_result_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """And no file is left beside it."""
    store = WholeFiles(basepath=str(tmp_path))
    store.write_path("decode-1", b"abc")
    asyncio.run(store.awrite_path("decode-2", b"def"))

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "decode-1": b"abc",
        "decode-2": b"def",
    }


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk in the middle of a result costs only that result."""
    store = WholeFiles(basepath=str(tmp_path))
    store.write_path("decode-1", b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.write_path("decode-1", b"new")

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"decode-1": b"old"}
