"""Claim: readers never fail, never read half a load and never hold the writer up.

    python benchmarks/readers.py [READERS] [MEETINGS] [KILLS]

READERS processes (20) search without pause while MEETINGS (50) are loaded and published one after
another. Every published state is known: after n loads each word of the n-th meeting, and no later
one, is found, and a search for the word that all meetings say finds exactly n. An answer that
matches no state is a wrong read. Then a loader of the same archive is killed by ``kill -9`` at
KILLS random moments (200), half of them while a checkpoint is being written; after each the archive
must hold some published state, and in the end all meetings once. Prints one JSON object.
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
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
READ = """
import json, sys, time
from pathlib import Path
from warehouse.reader import LiveReader
from warehouse.search import search
home, stop = Path(sys.argv[1]), Path(sys.argv[2])
live, told, last = LiveReader(home), {"reads": 0, "wrong": [], "failed": [], "ms": []}, 0
print("ready", flush=True)
while not stop.exists():
    started = time.perf_counter()
    try:
        with live.reader() as reader:
            hits = search(reader, "everywhere", k=500).hits
            held = sorted(h.meeting_id for h in hits)
            count = len(held)
            newest = search(reader, f"only{count - 1}th", k=5).hits
            next_one = search(reader, f"only{count}th", k=5).hits
    except Exception as fault:
        told["failed"].append(repr(fault)[:300])
        continue
    told["ms"].append((time.perf_counter() - started) * 1000)
    told["reads"] += 1
    whole = held == [f"m{n:03d}" for n in range(count)]
    if not whole or len(newest) != 1 or next_one or count < last:
        told["wrong"].append([count, last, len(newest), len(next_one)])
    last = count
told["ms"] = sorted(told["ms"])[len(told["ms"]) // 2] if told["ms"] else None
told["last"] = last
print(json.dumps(told))
"""
LOAD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from readers import a_meeting
from warehouse import store
from warehouse.reader import open_reader
import duckdb
home, wanted = Path(sys.argv[1]), int(sys.argv[2])
connect = duckdb.connect

class Told:
    def __init__(self, con): self.con = con
    def __getattr__(self, name): return getattr(self.con, name)
    def execute(self, statement, *args):
        if str(statement).startswith("CHECKPOINT"):
            print("checkpoint", flush=True)
        return self.con.execute(statement, *args)

if len(sys.argv) > 4:
    noted = staticmethod(lambda *a, **m: Told(connect(*a, **m)))
    store.duckdb = type("d", (), {**vars(duckdb), "connect": noted})
print("ready", flush=True)
while True:
    try:
        with open_reader(home) as reader:
            held = reader.con.execute("SELECT count(*) FROM store.meeting").fetchone()[0]
    except Exception:
        held = 0
    if held >= wanted:
        break
    store.load(home, [a_meeting(held)])
    print("loaded", held + 1, flush=True)
"""


def a_meeting(number: int) -> Any:
    """A meeting that says one word that all say, and one that no other says."""
    sys.path.insert(0, str(ROOT))
    from tests.warehouse import builders as b

    lines = [("V1", "1", f"We heard it everywhere and only{number}th here.")]
    lines += [("V2", "1", f"Filler sentence number {n} about nothing at all.") for n in range(200)]
    return b.one_transcript(b.transcript(f"m{number:03d}", lines))


def main() -> None:
    """Prints the figures of both parts."""
    given = [int(a) for a in sys.argv[1:]]
    readers, meetings, kills = (given + [20, 50, 200][len(given) :])[:3]
    with tempfile.TemporaryDirectory() as folder:
        told = {"reading": _reading(Path(folder) / "read", readers, meetings)}
        told["killing"] = _killing(Path(folder) / "kill", kills)
    print(json.dumps(told, indent=1))


def _process(code: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def _reading(home: Path, readers: int, meetings: int) -> dict[str, Any]:
    home.mkdir()
    from warehouse import store

    store.load(home, [a_meeting(0)])
    stop = home / "stop"
    running = [_process(READ, home, stop) for _ in range(readers)]
    for process in running:
        assert process.stdout
        process.stdout.readline()
    taken = []
    for n in range(1, meetings + 1):
        started = time.perf_counter()
        store.load(home, [a_meeting(n)])
        taken.append(time.perf_counter() - started)
    time.sleep(1.0)
    stop.touch()
    told = [json.loads(p.communicate()[0].splitlines()[-1]) for p in running]
    return {
        "readers": readers,
        "meetings loaded": meetings,
        "reads": sum(t["reads"] for t in told),
        "failed": [f for t in told for f in t["failed"]][:5],
        "wrong": [w for t in told for w in t["wrong"]][:5],
        "all saw the last": all(t["last"] == meetings + 1 for t in told),
        "load_s": {"median": round(median(taken), 2), "longest": round(max(taken), 2)},
        "three searches_ms": round(median(t["ms"] for t in told if t["ms"])),
    }


def _killing(home: Path, kills: int) -> dict[str, Any]:
    home.mkdir()
    from warehouse import store
    from warehouse.reader import open_reader

    wanted, told = kills, {"kills": 0, "in checkpoints": 0, "bad states": []}
    store.load(home, [a_meeting(0)])
    started = time.perf_counter()
    store.load(home, [a_meeting(1)])
    one_load = time.perf_counter() - started
    rng, held = random.Random(5), 2
    while told["kills"] < kills:
        at_checkpoint = told["kills"] % 2 == 1
        loader = _process(
            LOAD, home, wanted + 10, Path(__file__).parent, *(["told"] * at_checkpoint)
        )
        assert loader.stdout
        mark = "checkpoint" if at_checkpoint else "ready"
        for _ in range(rng.randint(1, 4) if at_checkpoint else 1):
            while mark not in loader.stdout.readline():
                pass
        time.sleep(rng.uniform(0, 0.012 if at_checkpoint else 2 * one_load))
        loader.send_signal(signal.SIGKILL)
        loader.wait()
        told["kills"] += 1
        told["in checkpoints"] += at_checkpoint
        with open_reader(home) as reader:
            ids = [
                m
                for (m,) in reader.con.execute(
                    "SELECT meeting_id FROM store.meeting ORDER BY 1"
                ).fetchall()
            ]
            counts = reader.con.execute(
                "SELECT count(*) FROM store.sentence GROUP BY tid"
            ).fetchall()
        whole = ids == [f"m{n:03d}" for n in range(len(ids))] and {c for (c,) in counts} == {201}
        if not whole or len(ids) < held or store.check(home):
            told["bad states"].append([len(ids), held])
        held = len(ids)
    told["meetings at the end"] = held
    store.load(home, [a_meeting(held)])
    told["loads after it"] = store.check(home) == []
    return told


if __name__ == "__main__":
    main()
