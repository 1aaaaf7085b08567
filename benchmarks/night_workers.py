"""Claim: two workers and object storage, whatever breaks, leave the archive of one calm machine.

    python benchmarks/night_workers.py [MEETINGS]

Processes MEETINGS short meetings (40), every other one with sound that is recognised and the rest
with captions, undisturbed on one machine. Then, in another archive, the same ones by two workers
with folders of their own, through an S3 server over HTTP, under faults, one after the other:
workers killed at work and within each stage, a worker's disk that fills up, the store away for a
while, within each stage and in the middle of what is sent, the batch killed while it gathers, two
operators at once, deliveries made twice, Prefect's server killed, and away for longer than anybody
waits, an object damaged. At the end one plain
command; every public view is compared with those of the calm archive, and so are those of a new
machine that pulls the store. Prints a table and one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.night import delivered_twice, two_operators  # noqa: E402
from benchmarks.night_kit import ENGINE, MATTERS, Night, Told, ended, views  # noqa: E402
from benchmarks.night_workers_within import (  # noqa: E402
    prefect_away,
    store_away_in_stages,
    worker_disk_full,
    workers_killed_in_stages,
)
from flows.idle import LOOK_S  # noqa: E402
from flows.server import TemporaryServer, prepare_environment  # noqa: E402
from tests import tiny_meetings  # noqa: E402
from tests.s3_server import S3, s3  # noqa: E402
from transcripts.objects.jobs import DONE, INPUTS, JOBS  # noqa: E402
from transcripts.objects.mirror import RECORD  # noqa: E402
from transcripts.objects.store import ObjectStore  # noqa: E402

POOL = "heavy"
LEASE_S = 10.0
AWAY_S = 30.0


class Shift(Night):
    """The night of an archive whose meetings are made by two workers."""

    def __init__(self, folder: Path, meetings: int, faults: int, server: S3, store: str) -> None:
        super().__init__(folder, meetings, faults)
        self.server, self.store = server, ObjectStore(store)
        self.prefect = TemporaryServer(folder / "prefect")
        os.environ["PREFECT_API_URL"] = self.prefect.api_url
        self.prefect.wait()
        self.workers = [self.worker(n) for n in (1, 2)]
        self.runs: list[dict[str, object]] = []

    def command(self, home: Path | None = None) -> list[str]:
        return [*super().command(home), "--workers", POOL]

    def run(self, *, home: Path | None = None) -> dict[str, object]:
        told = super().run(home=home)
        self.runs.append(told)
        return told

    def replace(self, number: int) -> None:
        """Kills a worker and starts another with the same folder."""
        self.workers[number - 1].kill()
        self.workers[number - 1].wait()
        self.workers[number - 1] = self.worker(number)

    def revive(self) -> None:
        """Starts workers that have ended, as a service does."""
        for number, each in enumerate(self.workers, 1):
            if each.poll() is not None:
                self.workers[number - 1] = self.worker(number)

    def worker(self, number: int, home: Path | None = None) -> subprocess.Popen[bytes]:
        """Starts a worker with a folder of its own."""
        home = home or self.folder / f"worker-{number}"
        with (self.folder / f"worker-{number}.log").open("ab") as log:
            return subprocess.Popen(
                [str(MATTERS), "--home", str(home), "worker", POOL], stdout=log, stderr=log
            )

    def started(self) -> subprocess.Popen[str]:
        """A batch that runs beside what is done to it."""
        return subprocess.Popen(
            self.command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def told(self, batch: subprocess.Popen[str]) -> dict[str, object]:
        """The report of such a batch, when it has ended."""
        out, _ = batch.communicate()
        try:
            self.runs.append(dict(json.loads(out)))
        except ValueError:
            return {"failed": -1}
        return self.runs[-1]

    def jobs(self, ending: str) -> list[str]:
        """The jobs on the store that have an object of this name."""
        return [n for n in self.store.names(JOBS) if ending in n.rpartition("/")[2]]

    def until(self, so: Callable[[], object], *, most_s: float = 180.0) -> bool:
        """Waits for something; whether it came."""
        deadline = time.monotonic() + most_s
        while time.monotonic() < deadline:
            if so():
                return True
            time.sleep(0.2)
        return False

    def close(self) -> None:
        """Ends workers and server."""
        for each in self.workers:
            each.kill()
            each.wait()
        self.prefect.stop()


def killed_worker(night: Shift) -> Told:
    """Both workers one after the other, each once a job is claimed; the first does not come back
    before the batch has ended."""
    night.more()
    batch = night.started()
    for number in (0, 1):
        night.until(lambda: night.jobs("claim-") or batch.poll() is not None)
        time.sleep(random.uniform(0.5, 4.0))
        night.workers[number].kill()
        night.workers[number].wait()
        if number:
            night.workers[1] = night.worker(2)
    told = ended(night.told(batch))
    night.workers[0] = night.worker(1)
    return "two workers killed at work", told


def store_away(night: Shift) -> Told:
    """Once a job is claimed; workers, claims and the batch wait for it."""
    night.more()
    batch = night.started()
    night.until(lambda: night.jobs("claim-") or batch.poll() is not None)
    night.server.line.cut()
    time.sleep(AWAY_S)
    night.server.line.mend()
    return f"nobody could reach the store for {AWAY_S:.0f} s", ended(night.told(batch))


def store_dies_in_a_push(night: Shift) -> Told:
    """The line breaks in the middle of what a worker sends, three times."""
    night.more()
    batch = night.started()
    cuts = 0
    for _ in range(3):
        night.until(lambda: night.jobs("claim-") or batch.poll() is not None)
        night.server.line.cut_after = random.randint(2_000, 60_000)
        cuts += night.until(lambda: (night.server.line.cut_after or 0) < 0, most_s=60.0)
        time.sleep(2.0)
        if (night.server.line.cut_after or 0) < 0:
            night.server.line.mend()
        night.server.line.cut_after = None
    return f"{cuts} lines broken within what was sent", ended(night.told(batch))


def killed_batch(night: Shift) -> Told:
    """As soon as a worker has put the first meeting; then the same command again."""
    ids = night.more()
    batch = night.started()
    night.until(lambda: night.jobs(DONE) or batch.poll() is not None)
    batch.kill()
    batch.wait()
    told = night.run()
    done = [m["meeting_id"] for m in told["meetings"] if m["outcome"] == "done"]  # type: ignore[attr-defined]
    return f"the next gathered or made {len(done)} of {len(ids)}", ended(told)


def killed_prefect(night: Shift) -> Told:
    """Prefect's server, while jobs are at work; it is started again, as a service would be."""
    night.more()
    batch = night.started()
    night.until(lambda: night.jobs("claim-") or batch.poll() is not None)
    night.prefect.process.kill()
    return "the server killed", ended(night.told(batch))


def damaged_object(night: Shift) -> Told:
    """A byte of the record on the store; it is named, and put anew."""
    name = next(n for n in sorted(night.store.names(RECORD)) if "/transcript-" in n)
    data = night.store.get(name) or b""
    night.store.put(name, data[:100] + b"?" + data[101:])
    named = name in matters("store", "check").stdout
    mended = matters("--home", str(night.home), "store", "push", "--check").returncode == 0
    whole = matters("store", "check").returncode == 0
    return f"named: {named}; put anew: {mended and whole}", ended(night.run())


FAULTS = (
    killed_worker, workers_killed_in_stages, worker_disk_full, store_away, store_away_in_stages,
    store_dies_in_a_push, killed_batch, two_operators, delivered_twice, killed_prefect,
    prefect_away, damaged_object,
)  # fmt: skip


def matters(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command."""
    return subprocess.run([str(MATTERS), *arguments], check=False, capture_output=True, text=True)


@contextmanager
def shift(folder: Path, meetings: int) -> Iterator[Shift]:
    """Server, store and workers for as long as the block runs."""
    with s3() as server:
        store = server.make_bucket()
        os.environ |= server.settings
        os.environ |= {"MATTERS_STORE": store, "MATTERS_STORE_LEASE_S": str(LEASE_S)}
        prepare_environment(folder / "prefect")
        night = Shift(folder, meetings, len(FAULTS) + 1, server, store)
        os.environ.pop("PREFECT_LOCAL_STORAGE_PATH")  # each home keeps its own
        try:
            yield night
        finally:
            night.close()


def main() -> None:
    """Prints the table, then one JSON object."""
    meetings = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    random.seed(8)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(meetings):
            tiny_meetings.make(folder / "all", n, sound=n % 2 == 1)
        started = time.monotonic()
        calm = folder / "calm"
        subprocess.run(
            [str(MATTERS), "--home", str(calm), "process", str(folder / "all"), "--engine",
             ENGINE], check=True, capture_output=True,
        )  # fmt: skip
        calm_s = time.monotonic() - started
        wanted = views(calm, folder / "calm-views")
        with shift(folder, meetings) as night:
            night.inbox.mkdir()
            rows, took = through_the_night(night)
            night.step = meetings
            night.more()
            last = ended(night.run())
            told = figures(night, wanted) | {"last_run": last}
        print("\n".join("| " + " | ".join(row) + " |" for row in rows))
        print(json.dumps({"meetings": meetings, "calm_on_one_machine_s": round(calm_s),
                          "faults_s": round(took)} | told, indent=1))  # fmt: skip


def through_the_night(night: Shift) -> tuple[list[tuple[str, ...]], float]:
    """Every fault after the other; the rows of the table and the seconds of all."""
    rows: list[tuple[str, ...]] = [("fault", "what happened", "then", "s"), ("---",) * 4]
    started = time.monotonic()
    for fault in FAULTS:
        at = time.monotonic()
        happened, then = fault(night)  # type: ignore[arg-type]
        rows.append((fault.__name__.replace("_", " "), happened, then,
                     f"{time.monotonic() - at:.0f}"))  # fmt: skip
        print("| " + " | ".join(rows[-1]) + " |", file=sys.stderr, flush=True)
    return rows, time.monotonic() - started


def figures(night: Shift, wanted: dict[str, bytes]) -> dict[str, object]:
    """What is to be seen at the end of it."""
    got = views(night.home, night.folder / "views")
    new = night.folder / "new-machine"
    pulled = matters("--home", str(new), "store", "pull").returncode == 0
    again = views(new, night.folder / "new-views") if pulled else {}
    night.until(lambda: not left_on_workers(night), most_s=2 * LOOK_S)  # idle, they look and clear
    return {
        "views": len(wanted),
        "views_that_differ": sorted(n for n in wanted if got.get(n) != wanted[n]),
        "views_that_differ_on_a_new_machine": sorted(n for n in got if again.get(n) != got[n]),
        "faults_on_the_store": matters("store", "check").returncode,
        "jobs_left": len(night.store.names(JOBS)),
        "inputs_left": len(night.store.names(INPUTS)),
        "files_left_on_workers": len(left_on_workers(night)),
    }


def left_on_workers(night: Shift) -> list[Path]:
    """Files of meetings in the folders of the workers."""
    return [
        path
        for n in (1, 2)
        for folder in (INPUTS, "cache", "work")
        for path in (night.folder / f"worker-{n}" / folder).rglob("*")
        if path.is_file()
    ]


if __name__ == "__main__":
    main()
