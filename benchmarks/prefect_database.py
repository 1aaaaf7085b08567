"""Measures what Prefect's database costs a batch: SQLite in the home folder, and Postgres.

    python benchmarks/prefect_database.py [MEETINGS [ROUNDS]]

Starts a Postgres of its own (Debian's package, as an unprivileged user), and processes MEETINGS
short meetings with captions (12) with each database in turn, ROUNDS times (2), each time in a new
archive. Gives seconds by the clock, seconds of processor of the command and all that it started,
those of every Postgres of that user, and the size of the file. Checks that both make the same
record. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import tiny_meetings  # noqa: E402
from tests.flows.postgres_support import UNPRIVILEGED, postgres, why_not  # noqa: E402
from transcripts.record import Record  # noqa: E402

MATTERS = Path(sys.executable).with_name("matters")
TICK = os.sysconf("SC_CLK_TCK")


def main(meetings: int, rounds: int) -> None:
    """Runs both in turn and prints the figures."""
    if why := why_not():
        raise SystemExit(why)
    with tempfile.TemporaryDirectory(prefix="matters-database-") as folder, postgres() as address:
        place = Path(folder)
        for number in range(meetings):
            tiny_meetings.make(place / "inbox", number, sayings=4)
        told: dict[str, list[dict[str, float]]] = {"sqlite": [], "postgres": []}
        made = set()
        for turn in range(rounds):
            for kind in told:
                home = place / f"{kind}-{turn}"
                told[kind].append(one(place / "inbox", home, address if kind == "postgres" else ""))
                made.add(versions(home))
    figures = {
        kind: {name: round(median(run[name] for run in runs), 1) for name in runs[0]}
        for kind, runs in told.items()
    }
    print(json.dumps({"meetings": meetings, "rounds": rounds, **figures, "same": len(made) == 1}))
    if len(made) != 1:
        raise SystemExit("the two databases gave different records")


def one(inbox: Path, home: Path, address: str) -> dict[str, float]:
    """One batch in a new archive."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environment |= {"MATTERS_PREFECT_DATABASE": address} if address else {}
    before, served, started = spent(), of_postgres(), time.monotonic()
    subprocess.run(
        [MATTERS, "--home", home, "process", inbox, "--engine", "captions"],
        env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return {
        "clock_s": time.monotonic() - started,
        "processor_s": spent() - before,
        "postgres_processor_s": of_postgres() - served,
        "sqlite_mb": sum(p.stat().st_size for p in (home / "prefect").glob("prefect.db*")) / 1e6,
    }


def spent() -> float:
    """Seconds of processor of everything that was started here and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def of_postgres() -> float:
    """Seconds of processor of the processes of Postgres that are there, and of their children."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if path.owner() == UNPRIVILEGED:
                fields = (path / "stat").read_text().rsplit(")", 1)[1].split()
                ticks += sum(map(int, fields[11:15]))
        except (OSError, KeyError):
            continue
    return ticks / TICK


def versions(home: Path) -> str:
    """What identifies the words, findings and vectors of every meeting."""
    record = Record(home)
    return str([(m, [str(p) for p in record.run(m).parts]) for m in record.meeting_ids()])


if __name__ == "__main__":
    main(*(int(n) for n in (*sys.argv[1:], *("12", "2")[len(sys.argv) - 1 :])))
