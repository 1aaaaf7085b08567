"""Claim: a backlog runs unattended, can be stopped and resumed, and nothing of it is done twice.

    python benchmarks/backlog.py [MEETINGS] [STOPS]

Makes so many short meetings with captions (300), processes them with one command, and ends that
command STOPS times (3) by ``kill -9`` on the way; then looks whether each was done once. Prints one
JSON object; seconds are of the wall, CPU seconds are the command's with its children.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import tiny_meetings  # noqa: E402

MATTERS = Path(sys.executable).with_name("matters")


def main() -> None:
    """Prints one JSON object."""
    meetings = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    stops = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        inbox, home = Path(folder) / "inbox", Path(folder) / "home"
        for n in range(meetings):
            tiny_meetings.make(inbox, n)
        started, before = time.monotonic(), cpu_s()
        killed_at = []
        for n in range(1, stops + 1):
            killed_at.append(run_until(home, inbox, meetings * n // (stops + 1)))
        kept = versions(home)
        resumed = time.monotonic()
        last = subprocess.run(command(home, inbox), check=False, capture_output=True, text=True)
        report = json.loads(last.stdout)
        taken = time.monotonic() - started
        nothing = time.monotonic()
        again = subprocess.run(command(home, inbox), check=False, capture_output=True, text=True)
        told = {
            "meetings": meetings,
            "stopped_at": killed_at,
            "seconds": round(taken, 1),
            "cpu_s": round(cpu_s() - before, 1),
            "seconds_a_meeting": round(taken / meetings, 2),
            "resumed": {k: report[k] for k in ("done", "up to date", "failed")},
            "resumed_in_s": round(time.monotonic() - resumed, 1),
            "done_twice": sum(versions(home)[name] != when for name, when in kept.items()),
            "nothing_new_in_s": round(time.monotonic() - nothing, 1),
            "up_to_date": json.loads(again.stdout)["up to date"],
            "most_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
            "home_mb": round(sum(p.stat().st_size for p in home.rglob("*") if p.is_file()) / 1e6),
        }
        print(json.dumps(told, indent=1))


def command(home: Path, inbox: Path) -> list[str]:
    """The command under test."""
    return [str(MATTERS), "--home", str(home), "process", str(inbox), "--engine", "captions",
            "--json"]  # fmt: skip


def run_until(home: Path, inbox: Path, done: int) -> int:
    """Starts the command and kills it when so many meetings are done; how many then were."""
    process = subprocess.Popen(command(home, inbox), stdout=subprocess.DEVNULL)
    while process.poll() is None and finished(home) < done:
        time.sleep(0.5)
    process.kill()
    process.wait()
    return finished(home)


def finished(home: Path) -> int:
    """How many meetings have a finished run."""
    return sum(1 for _ in home.glob("record/*/current.json"))


def versions(home: Path) -> dict[str, int]:
    """Every version of the record and when it was written."""
    return {str(p): p.stat().st_mtime_ns for p in home.glob("record/*/*-*.json")}


def cpu_s() -> float:
    """CPU seconds of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
