"""What a night under faults is made of: an archive, an inbox that fills, and ways to break it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MATTERS = Path(sys.executable).with_name("matters")
PAGE = 4096  # bytes
MAY_NOT = "passed over: this user may not mount"
STAGES = ("decode", "regions", "turns", "piece", "transcript", "vectors", "findings")
ENGINE = "sphinx"  # of those with sound; what has captions alone is read
Told = tuple[str, str]  # what happened, and whether it is right


class Night:
    """One archive under faults; ``step`` more meetings lie in the inbox for each fault."""

    def __init__(self, folder: Path, meetings: int, faults: int) -> None:
        self.folder, self.inbox, self.home = folder, folder / "inbox", folder / "home"
        self.all = folder / "all"
        self.step = max(1, meetings // faults)

    def more(self) -> list[str]:
        """Delivers the next meetings; gives their ids."""
        waiting = [p for p in sorted(self.all.iterdir()) if not (self.inbox / p.name).exists()]
        for path in waiting[: self.step]:
            shutil.copytree(path, self.inbox / path.name)
        return [p.name for p in waiting[: self.step]]

    def run(self, *, home: Path | None = None) -> dict[str, object]:
        """Runs to the end; the report."""
        done = subprocess.run(self.command(home), check=False, capture_output=True, text=True)
        try:
            return dict(json.loads(done.stdout))
        except ValueError:
            return {"failed": -1, "told": done.stderr.strip().splitlines()[-1:]}

    def command(self, home: Path | None = None) -> list[str]:
        """The command under test."""
        return [str(MATTERS), "--home", str(home or self.home), "process", str(self.inbox),
                "--engine", ENGINE, "--json"]  # fmt: skip

    def killed(self, when: Callable[[], bool], *, most_s: float = 120.0) -> bool:
        """Starts a run and kills it when something is so; whether it was killed at work."""
        process = subprocess.Popen(
            self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + most_s
        while process.poll() is None and not when() and time.monotonic() < deadline:
            time.sleep(0.01)
        at_work = process.poll() is None
        process.kill()
        process.wait()
        return at_work

    def finished(self) -> int:
        """How many meetings have a finished run."""
        return sum(1 for _ in self.home.glob("record/*/current.json"))


def on_small_disk(night: Night, size: str, then: Callable[[Path], None]) -> Told:
    """Runs with the archive on a file system of its own; afterwards it is moved back."""
    used = room_of(night.home)
    with small_disk(night.folder, int(used * 1.02) if size == "size=90%" else used * 4) as small:
        if small is None:
            return MAY_NOT, ended(night.run())
        shutil.copytree(night.home, small / "home")
        then(small)
        told = night.run(home=small / "home")
        with suppress(OSError):
            mount("-o", "remount,rw", str(small))
        kept = small_is_whole(small / "home")
    failed = [m for m in told.get("meetings", []) if m["outcome"] == "failed"]  # type: ignore[attr-defined]
    why = str(failed[0]["message"])[:90] if failed else str(told.get("told", ""))[:120]
    return f"{told['failed']} named: “{why}…”; what was there is whole: {kept}", ended(night.run())


@contextmanager
def small_disk(folder: Path, room: int) -> Iterator[Path | None]:
    """A file system of memory of so many bytes; None where this user may not mount one."""
    small = folder / "small"
    small.mkdir()
    mounted = mount("-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(small))
    try:
        yield small if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(small)], check=False)
        small.rmdir()


def room_of(home: Path) -> int:
    """The bytes that an archive takes on a disk of memory.

    A file takes whole pages of it, and an archive holds many small ones.
    """
    return sum(-(-p.stat().st_size // PAGE) * PAGE for p in home.rglob("*"))


def small_is_whole(home: Path) -> bool:
    """Whether every version and line is as it was written."""
    looked = subprocess.run(
        [str(MATTERS), "--home", str(home), "doctor", "--deep", "--json"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    try:
        faults = json.loads(looked.stdout)["deep"]["faults"]
    except (ValueError, KeyError):
        return False
    return not [f for f in faults if "is not what was written" in f or "cannot be read" in f]


def ended(report: dict[str, object]) -> str:
    """How the run after a fault ended."""
    failed = report["failed"]
    return "all right" if failed == 0 else f"{failed} failed: {report.get('meetings')}"[:200]


def views(home: Path, out: Path) -> dict[str, bytes]:
    """Every public view, without where on this machine the files lie and when lines were made."""
    subprocess.run(
        [str(MATTERS), "--home", str(home), "export", str(out), "--format", "jsonl"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return {p.name: p.read_bytes() for p in sorted(out.glob("*.jsonl"))}


def written(path: Path) -> float:
    """When a file was written; never, where it is gone between two looks."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def children(pid: int, words: str) -> list[int]:
    """The processes that a process started whose command holds these words."""
    found = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in found]
    return [int(r[0]) for r in rows if r[1] == str(pid) and words in r[2]]


def mount(*arguments: str) -> bool:
    """Whether it could be mounted."""
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0
