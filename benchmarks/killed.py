"""Claim: killed at any moment, the same command completes, loses nothing and repeats nothing.

    python benchmarks/killed.py [TIMES] [RECORDINGS]

Processes the recordings once undisturbed. Then, in another archive, starts the same command and
ends it by ``kill -9`` at a random moment, again and again until it has been killed TIMES times
(10); where a run ends before its kill, a fresh archive is begun. Each archive is then completed:
its views are compared with the undisturbed ones, and no stage that a killed run had finished may
have been done again.
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
        calm = Path(folder) / "calm"
        started = time.monotonic()
        run(calm, recordings)
        length = time.monotonic() - started
        wanted, kills, archives = views(calm), 0, []
        while kills < times:
            home = Path(folder) / f"rough-{len(archives)}"
            killed = killed_until_done(home, recordings, length, times - kills)
            kills += killed
            archives.append(completed(home, recordings, wanted) | {"kills": killed})
        print(json.dumps({"undisturbed_s": round(length, 1), "kills": kills, "archives": archives}))


def killed_until_done(home: Path, recordings: Path, length_s: float, most: int) -> int:
    """Kills runs at random moments until one ends by itself; how many were killed."""
    kills = 0
    while kills < most and killed_run(home, recordings, random.uniform(0, length_s)):
        kills += 1
    return kills


def completed(home: Path, recordings: Path, wanted: dict[str, bytes]) -> dict[str, object]:
    """Runs to the end and compares with an undisturbed archive."""
    before = finished_stages(home)
    run(home, recordings)
    after = finished_stages(home)
    return {
        "stages_finished_before": len(before),
        "stages_done_twice": sum(after[name] != when for name, when in before.items()),
        "views_equal": views(home) == wanted,
        "orphans": orphans(home),
    }


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
    kept = (home / "cache").glob("*/*-*")
    return {p.name: p.stat().st_mtime_ns for p in kept if not p.name.startswith(".")}


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
