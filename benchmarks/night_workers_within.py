"""Faults of workers and of what lies between them, within each stage of a meeting."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.night_kit import MAY_NOT, STAGES, Told, ended, small_disk
from benchmarks.night_within import fill, left_by

if TYPE_CHECKING:
    from benchmarks.night_workers import Shift

BREAK_S = 4.0  # for which the store is away
PREFECT_AWAY_S = 150.0  # longer than a server that was killed takes to be back
SMALL = 48 * 2**20  # bytes


def workers_killed_in_stages(night: Shift) -> Told:
    """Whichever worker has just left the result of a stage is killed, and another begins.

    Two a batch: a meeting that has cost three workers is given up, with a sentence.
    """
    kills: list[str] = []
    ends = []
    for some in (STAGES[:2], STAGES[2:4], STAGES[4:6], STAGES[6:]):
        night.more()
        batch, since = night.started(), time.time()
        for stage in some:
            while batch.poll() is None:
                at = [n for n in (1, 2) if left_by(night.folder / f"worker-{n}", stage, since)()]
                if at:
                    night.replace(at[0])
                    kills.append(stage)
                    break
                time.sleep(0.02)
        ends.append(ended(night.told(batch)))
    return f"a worker killed after {', '.join(kills)}; then {', '.join(ends)}", ended(night.run())


def store_away_in_stages(night: Shift) -> Told:
    """The line to the store is cut after each stage, for some seconds."""
    night.more()
    batch, since, cuts = night.started(), time.time(), []
    for stage in STAGES:
        while batch.poll() is None:
            if any(left_by(night.folder / f"worker-{n}", stage, since)() for n in (1, 2)):
                night.server.line.cut()
                time.sleep(BREAK_S)
                night.server.line.mend()
                cuts.append(stage)
                break
            time.sleep(0.02)
    return f"the store away after {', '.join(cuts)}", ended(night.told(batch))


def worker_disk_full(night: Shift) -> Told:
    """The disk of one worker fills up while it is at work; the other is there."""
    night.more()
    with small_disk(night.folder, SMALL) as small:
        if small is None:
            return MAY_NOT, ended(night.run())
        night.workers[0].kill()
        night.workers[0].wait()
        night.workers[0] = night.worker(1, small / "home")
        batch, since = night.started(), time.time()
        night.until(lambda: left_by(small / "home", "*", since)() or batch.poll() is not None)
        at_work, stopped = batch.poll() is None, threading.Event()
        filler = threading.Thread(target=_keep_full, args=(small / "balloon", stopped))
        filler.start()
        told = ended(night.told(batch))
        by_itself = night.workers[0].poll() is not None
        stopped.set()
        filler.join()
        night.replace(1)
    return f"full while at work: {at_work}; the worker ended by itself: {by_itself}", told


def _keep_full(balloon: Path, stopped: threading.Event) -> None:
    while not stopped.wait(0.05):
        fill(balloon)


def prefect_away(night: Shift) -> Told:
    """Nobody gets an answer from Prefect for longer than anybody waits; then it is back."""
    night.more()
    batch = night.started()
    night.until(lambda: night.jobs("claim-") or batch.poll() is not None)
    time.sleep(random.uniform(0.5, 2.0))
    server = night.prefect.process.pid
    os.kill(server, signal.SIGSTOP)
    time.sleep(PREFECT_AWAY_S)
    os.kill(server, signal.SIGCONT)
    out, _ = batch.communicate()
    report = json.loads(out) if out else {"failed": -1}
    failed = [m["message"] for m in report.get("meetings", []) if m["outcome"] == "failed"]
    named = f", {len(failed)} named: “{failed[0][:90]}…”" if failed else ""
    night.revive()
    return f"no answer for {PREFECT_AWAY_S:.0f} s{named}", ended(night.run())
