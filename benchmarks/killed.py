"""Claim: killed at any moment, the same command completes, loses nothing and repeats nothing.

    python benchmarks/killed.py [TIMES] [RECORDINGS]

Processes the recordings once undisturbed. Then, in another archive, starts the same command and
ends it by ``kill -9`` (the whole process group) at a random moment, TIMES times (10), and lets the
last one run to its end. Compares every view of the two archives, and checks that no stage that
had been finished by a killed run was done again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "aldermere"
MATTERS = Path(sys.executable).with_name("matters")


def main() -> None:
    """Prints one JSON object."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    recordings = Path(sys.argv[2]) if len(sys.argv) > 2 else SAMPLES
    with tempfile.TemporaryDirectory() as folder:
        calm, rough = Path(folder) / "calm", Path(folder) / "rough"
        started = time.monotonic()
        run(calm, recordings)
        length = time.monotonic() - started
        killed = [killed_run(rough, recordings, random.uniform(0, length)) for _ in range(times)]
        before = finished_stages(rough)
        run(rough, recordings)
        after = finished_stages(rough)
        print(
            json.dumps(
                {
                    "undisturbed_s": round(length, 1),
                    "killed": sum(killed),
                    "ended_before_the_kill": times - sum(killed),
                    "stages": len(after),
                    "stages_done_twice": sum(after[k] != v for k, v in before.items()),
                    "views_equal": views(calm) == views(rough),
                    "orphans": orphans(rough),
                }
            )
        )


def command(home: Path, recordings: Path) -> list[str]:
    """The command under test."""
    return [str(MATTERS), "--home", str(home), "process", str(recordings), "--engine", "sphinx"]


def run(home: Path, recordings: Path) -> None:
    """Runs to the end; any failure ends the measurement."""
    subprocess.run(command(home, recordings), check=True, stdout=subprocess.DEVNULL)


def killed_run(home: Path, recordings: Path, after_s: float) -> bool:
    """Starts a run and kills it after so long; whether it was still running."""
    process = subprocess.Popen(
        command(home, recordings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(timeout=after_s)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def finished_stages(home: Path) -> dict[str, int]:
    """Every kept result and when it was written; a result written again has a later time."""
    return {
        p.name: p.stat().st_mtime_ns
        for p in (home / "cache").glob("*")
        if "-" in p.name[1:]
    }


def views(home: Path) -> dict[str, bytes]:
    """Every public view as it is exported."""
    out = home / "views"
    subprocess.run(
        [str(MATTERS), "--home", str(home), "export", str(out), "--format", "jsonl"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return {p.name: p.read_bytes() for p in sorted(out.glob("*.jsonl"))}


def orphans(home: Path) -> int:
    """Processes that still work on this archive a moment after their parent's death."""
    time.sleep(2.0)
    found = subprocess.run(["pgrep", "-f", f"{home}"], capture_output=True, text=True, check=False)
    return len(found.stdout.split())


if __name__ == "__main__":
    main()
