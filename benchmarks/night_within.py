"""Faults within each stage of a run: a stage has just left its result, so the next is at work."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.night_kit import (
    MAY_NOT,
    STAGES,
    Night,
    Told,
    children,
    ended,
    room_of,
    small_disk,
    small_is_whole,
    written,
)

FROM_THEN_S = "+400d"  # how far the clock of a run is ahead
MOST_RESTARTS = 4  # of one run's server; a further one ends it


def left_by(home: Path, stage: str, since: float) -> Callable[[], bool]:
    """Tells whether a stage has left a result since then."""
    return lambda: any(written(p) >= since for p in home.glob(f"cache/*/{stage}-*"))


def killed_stages(night: Night) -> Told:
    """A run is killed after each stage; all in turn."""
    night.more()
    kills = [s for s in STAGES if night.killed(left_by(night.home, s, time.time()), most_s=60.0)]
    return f"killed after {', '.join(kills)}", ended(night.run())


def killed_servers(night: Night) -> Told:
    """Prefect's server is killed after each stage, and the run goes on with the next one."""
    kills: list[str] = []
    ends = []
    for some in (STAGES[:MOST_RESTARTS], STAGES[MOST_RESTARTS:]):
        night.more()
        ends.append(_with_servers_killed(night, some, kills))
    told = f"killed after {', '.join(kills)}; the runs ended {', '.join(ends)}"
    return told, ended(night.run())


def _with_servers_killed(night: Night, stages: Sequence[str], kills: list[str]) -> str:
    since = time.time()
    with running(night.command()) as batch:
        for stage in stages:
            left = left_by(night.home, stage, since)
            while batch.poll() is None and not left():
                time.sleep(0.02)
            for pid in children(batch.pid, "flows.server"):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    kills.append(stage)
        out, _ = batch.communicate()
    return ended(json.loads(out)) if out else "without a report"


def disk_full_in_stages(night: Night) -> Told:
    """The archive's disk fills up after each stage, and is emptied when the run has ended."""
    night.more()
    with small_disk(night.folder, 4 * room_of(night.home)) as small:
        if small is None:
            return MAY_NOT, ended(night.run())
        shutil.copytree(night.home, small / "home")
        filled = [stage for stage in STAGES if _filled_after(night, small, stage)]
        last = ended(night.run(home=small / "home"))
        whole = small_is_whole(small / "home")
    told = f"full after {', '.join(filled)}; with room again {last}; all is whole: {whole}"
    return told, ended(night.run())


def _filled_after(night: Night, small: Path, stage: str) -> bool:
    """Whether the disk filled up while the run was at work; the run has ended by itself."""
    left, balloon = left_by(small / "home", stage, time.time()), small / "balloon"
    with running(night.command(small / "home")) as batch:
        while batch.poll() is None and not left():
            time.sleep(0.02)
        at_work = batch.poll() is None
        while batch.poll() is None:  # what the run lets go is taken as well
            fill(balloon)
            time.sleep(0.05)
    balloon.unlink(missing_ok=True)
    return at_work


def fill(balloon: Path) -> None:
    """Takes all room of the disk that a file is on."""
    with suppress(OSError), balloon.open("ab") as file:
        file.write(b"\0" * shutil.disk_usage(balloon.parent).free)


def clock_ahead(night: Night) -> Told:
    """One run whose machine is 400 days ahead, then one whose clock is right again."""
    ids = night.more()
    if shutil.which("faketime") is None:
        return "passed over: faketime is not here", ended(night.run())
    done = subprocess.run(
        ["faketime", "-f", FROM_THEN_S, *night.command()],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    then = ended(json.loads(done.stdout)) if done.stdout else done.stderr.strip()[-120:]
    held = sum((night.home / "record" / name / "current.json").exists() for name in ids)
    return f"{held} of {len(ids)} made then ({then})", ended(night.run())


@contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A run beside what is done to it; killed if it is left at work."""
    batch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield batch
    finally:
        if batch.poll() is None:
            batch.kill()
        batch.wait()
