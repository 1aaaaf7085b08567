"""Readers never wait and never see half a load; what is killed leaves yesterday's warehouse."""

from __future__ import annotations

import errno
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from tests.warehouse import builders as b
from warehouse import store
from warehouse.publish import LIVE_NAME, PRIVATE_NAME, clear_leftovers, generations, live_generation
from warehouse.reader import LiveReader, open_reader

ROOT = Path(__file__).resolve().parents[2]
JUNE, JULY = b.done("june", day=date(2026, 6, 2)), b.done("july", day=date(2026, 7, 7))


def meetings_in(home: Path) -> list[str]:
    """The meetings of the live warehouse."""
    with open_reader(home) as reader:
        return [m for (m,) in reader.con.view("meetings").project("meeting_id").fetchall()]


def test_the_newest_generation_is_live_and_two_are_kept(tmp_path: Path) -> None:
    """The live name is the very file of the newest."""
    for _ in range(4):
        store.load(tmp_path, [JUNE])

    assert sorted(generations(tmp_path)) == [3, 4]
    assert live_generation(tmp_path) == generations(tmp_path)[4]
    assert generations(tmp_path)[4].samefile(tmp_path / LIVE_NAME)


def test_a_long_reader_moves_on_where_the_disk_knows_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The live name is a copy then, of one name and another content each time."""

    def no_links(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    store.load(tmp_path, [JUNE])
    live = LiveReader(tmp_path)
    with live.reader() as early:
        store.load(tmp_path, [JULY])
        with live.reader() as late:
            counts = [r.con.sql("SELECT count(*) FROM meetings").fetchone() for r in (early, late)]
    live.close()

    assert counts == [(1,), (2,)]
    assert live_generation(tmp_path) == generations(tmp_path)[2]


def test_a_long_reader_moves_on_and_whoever_reads_the_old_one_may_finish(tmp_path: Path) -> None:
    """Also within the process that loads."""
    store.load(tmp_path, [JUNE])
    live = LiveReader(tmp_path)
    early = live.reader()
    store.load(tmp_path, [JULY])
    store.load(tmp_path, [JULY])
    with live.reader() as late:
        counts = [r.con.sql("SELECT count(*) FROM meetings").fetchone() for r in (early, late)]
    early.close()
    live.close()
    open_files = {str(p.resolve()) for p in Path("/proc/self/fd").iterdir() if p.exists()}

    assert counts == [(1,), (2,)]
    assert not [f for f in open_files if f.startswith(str(tmp_path))]


def test_readers_see_whole_meetings_while_loads_go_on(tmp_path: Path) -> None:
    """Every answer during five loads holds all sentences of each meeting it holds."""
    store.load(tmp_path, [JUNE])
    answers: set[tuple[int, int]] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with open_reader(tmp_path) as reader:
                found = reader.con.sql(
                    "SELECT (SELECT count(*) FROM meetings), (SELECT count(*) FROM sentences)"
                ).fetchone()
            answers.add(found or (0, 0))

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(5):
        store.load(tmp_path, [b.done(f"m{n}")])
    stop.set()
    reader.join()

    assert len(answers) > 1
    assert {sentences / meetings for meetings, sentences in answers} == {10.0}


LOADER = """
import sys
from pathlib import Path
from tests.warehouse import builders as b
from warehouse import store
meetings = [b.done(f"m{n:03d}") for n in range(40)]
print("ready", flush=True)
store.load(Path(sys.argv[1]), meetings)
"""


def test_a_loader_killed_at_any_moment_leaves_the_old_warehouse_or_the_new_one(
    tmp_path: Path,
) -> None:
    """And the next load clears up after it and completes."""
    store.load(tmp_path, [JUNE])
    whole = [["june"], sorted(["june", *(f"m{n:03d}" for n in range(40))])]
    seen = []
    for _ in range(4):
        ran = subprocess.Popen(
            [sys.executable, "-c", LOADER, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert ran.stdout is not None
        ran.stdout.readline()
        time.sleep(random.uniform(0.05, 1.5))
        ran.send_signal(signal.SIGKILL)
        ran.wait()
        ran.stdout.close()
        seen.append(sorted(meetings_in(tmp_path)))
    store.load(tmp_path, [JULY])

    assert all(held in whole for held in seen)
    assert "july" in meetings_in(tmp_path)
    assert not list(tmp_path.glob(f"{PRIVATE_NAME}*"))
    assert store.check(tmp_path) == []


def test_a_generation_that_never_went_live_is_cleared_away(tmp_path: Path) -> None:
    """As a load leaves it that was killed just before the end."""
    store.load(tmp_path, [JUNE])
    (tmp_path / "matters-000002.duckdb").write_bytes(b"whole, but not live")
    (tmp_path / f"{PRIVATE_NAME}.wal").write_bytes(b"")
    clear_leftovers(tmp_path)

    assert sorted(generations(tmp_path)) == [1]
    assert meetings_in(tmp_path) == ["june"]
