"""Claim: whatever breaks in a night, all of it ends right or named, and the archive is the same.

    python benchmarks/night.py [MEETINGS]

Processes MEETINGS short meetings (40), every other one with sound that is recognised and the rest
with captions, undisturbed. Then, in another archive, the same ones under faults, one after the
other: killed runs, runs killed within each stage, a server killed once and within each stage, a
killed recogniser, a killed loader, a disk that is full, one that fills up within each stage and one
that can only be read (a small file system of memory; passed over where this user may not mount),
two operators at once, deliveries made twice, files of other times and a clock 400 days ahead
(passed over without faketime), an archive as an earlier program left it, and of a newer program.
At the end one plain command, and every public view is compared with those of the undisturbed
archive; then a recording is replaced, and a decision about it followed.
Prints a table and one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.night_kit import (  # noqa: E402
    ENGINE,
    MATTERS,
    Night,
    Told,
    children,
    ended,
    mount,
    on_small_disk,
    small_is_whole,
    views,
)
from benchmarks.night_within import (  # noqa: E402
    clock_ahead,
    disk_full_in_stages,
    killed_servers,
    killed_stages,
)
from tests import tiny_meetings  # noqa: E402
from transcripts.ledger import Decision, Ledger, now  # noqa: E402
from transcripts.record import Record  # noqa: E402


def killed_runs(night: Night) -> Told:
    """Three times, at a random moment each."""
    kills = 0
    for _ in range(3):
        night.more()
        until = time.monotonic() + random.uniform(2.0, 25.0)
        kills += night.killed(lambda until=until: time.monotonic() > until)  # type: ignore[misc]
    return f"{kills} runs killed, {night.finished()} meetings done by then", ended(night.run())


def killed_server(night: Night) -> Told:
    """Once the first meeting of the run is done."""
    night.more()
    before = night.finished()
    process = subprocess.Popen(
        night.command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    while process.poll() is None and night.finished() == before:
        time.sleep(0.1)
    servers = children(process.pid, "flows.server")
    for pid in servers:
        os.kill(pid, 9)
    out, _ = process.communicate()
    return f"{len(servers)} server killed", ended(json.loads(out))


def killed_recogniser(night: Night) -> Told:
    """As a system does that is out of memory: the process that hears, not the one that waits."""
    night.more()
    batch = subprocess.Popen(
        night.command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    killed: list[int] = []
    while batch.poll() is None and not killed:
        killed = children(batch.pid, "spawn_main")
        time.sleep(0.1)
    time.sleep(2.0)
    for pid in killed:
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
    out, _ = batch.communicate()
    failed = [m["message"] for m in json.loads(out)["meetings"] if m["outcome"] == "failed"]
    told = f"{len(killed)} killed, {len(failed)} named: “{failed[0][:90] if failed else ''}…”"
    return told, ended(night.run())


def killed_loader(night: Night) -> Told:
    """While the private copy of the warehouse is there."""
    night.more()
    live = (night.home / "matters.duckdb").stat().st_ino
    kills = night.killed((night.home / ".matters-loading.duckdb").exists)
    same = (night.home / "matters.duckdb").stat().st_ino == live
    return f"killed while loading: {kills}; the warehouse before stayed: {same}", ended(night.run())


def full_disk(night: Night) -> Told:
    """The archive moves to a file system with room for less than a load, then has room again."""
    night.more()
    return on_small_disk(night, "size=90%", lambda small: None)


def read_only(night: Night) -> Told:
    """The archive's file system can only be read for one run."""
    night.more()
    return on_small_disk(
        night, "size=400%", lambda small: mount("-o", "remount,ro", str(small)) and None
    )


def two_operators(night: Night) -> Told:
    """Both start the same batch at once."""
    ids = night.more()
    both = [subprocess.Popen(night.command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             text=True) for _ in range(2)]  # fmt: skip
    told = [json.loads(p.communicate()[0])["meetings"] for p in both]
    done = [m["meeting_id"] for report in told for m in report if m["outcome"] == "done"]
    held = sum(m["outcome"] == "in work" for report in told for m in report)
    once = sorted(done) == sorted(ids)
    return f"each of {len(ids)} done once: {once}; {held} times told who has it", ended(night.run())


def delivered_twice(night: Night) -> Told:
    """The same meetings again, in folders of another name."""
    ids = night.more()
    for name in ids:
        shutil.copytree(night.inbox / name, night.inbox / f"again-{name}")
    told = night.run()
    failed = [m for m in told["meetings"] if m["outcome"] == "failed"]  # type: ignore[attr-defined]
    named = all("has the same id" in m["message"] for m in failed)
    for name in ids:
        shutil.rmtree(night.inbox / f"again-{name}")
    return f"{len(failed)} of {len(ids)} second deliveries named: {named}", ended(night.run())


def jumping_clock(night: Night) -> Told:
    """Files from a year ahead and from 1971, in the inbox and in the archive."""
    night.more()
    some = [*night.inbox.rglob("*.vtt"), *night.home.rglob("record/*/*.json")]
    for n, path in enumerate(some):
        when = time.time() + 3e7 if n % 2 else 4e7
        os.utime(path, (when, when))
    return f"{len(some)} files in another time", ended(night.run())


def earlier_program(night: Night) -> Told:
    """The home folder as it was before there were sums, and results by recording."""
    night.more()
    (night.home / "home.json").unlink()
    for sums in night.home.rglob("SHA256SUMS"):
        sums.unlink()
    (night.home / "cache" / "piece-0123456789abcdef").write_text("{}")
    told = ended(night.run())
    back = len(list(night.home.rglob("SHA256SUMS"))) == night.finished()
    return f"brought forward: {back}", told


def newer_program(night: Night) -> Told:
    """The home folder of a program that does not exist yet is refused."""
    path = night.home / "home.json"
    kept = path.read_bytes()
    path.write_text('{"format": 99}')
    refused = subprocess.run(night.command(), check=False, capture_output=True, text=True)
    path.write_bytes(kept)
    named = "newer version of this program" in refused.stderr
    return f"refused in one sentence: {named}", ended(night.run())


def replaced_recording(night: Night) -> Told:
    """A new cut under the same address, and a decision about the old one."""
    name = tiny_meetings.meeting_id(0)
    (part,) = Record(night.home).read(name).transcripts
    said = part.transcript.sentences[5]
    line = Decision("speaker", "Councillor Joan Fletcher", "A. Clerk", now(), meeting_id=name,
                    recording_sha256=part.transcript.recording_sha256, start_s=said.start_s,
                    end_s=said.end_s, words=said.text)  # fmt: skip
    Ledger(night.home).append([line])
    lines = [("Councillor Helen Penrose", "A word before we begin."), *tiny_meetings.said(0, 12)]
    (night.inbox / name / "captions.vtt").write_text(tiny_meetings.captions(lines))
    told = night.run()
    (message,) = [m["message"] for m in told["meetings"] if m["meeting_id"] == name]  # type: ignore[attr-defined]
    carried = [d for d in Ledger(night.home).standing() if "carried over" in d.why]
    moved = [round((d.start_s or 0) - said.start_s) for d in carried if d.kind == "speaker"]
    return f"“{message[:110]}…”; decision moved by {moved} s (6 is right)", ended(told)


FAULTS = (
    killed_runs, killed_stages, killed_server, killed_servers, killed_recogniser, killed_loader,
    full_disk, disk_full_in_stages, read_only, two_operators, delivered_twice, jumping_clock,
    clock_ahead, earlier_program, newer_program,
)  # fmt: skip


def main() -> None:
    """Prints the table, then one JSON object."""
    meetings = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    random.seed(8)
    with tempfile.TemporaryDirectory() as folder:
        night = Night(Path(folder), meetings, len(FAULTS) + 2)
        night.inbox.mkdir()
        for n in range(meetings):
            tiny_meetings.make(night.all, n, sound=n % 2 == 1)
        started = time.monotonic()
        calm = Path(folder) / "calm"
        subprocess.run(
            [str(MATTERS), "--home", str(calm), "process", str(night.all), "--engine", ENGINE],
            check=True, capture_output=True,
        )  # fmt: skip
        calm_s = time.monotonic() - started
        wanted = views(calm, Path(folder) / "calm-views")
        rows = [("fault", "what happened", "then", "s"), ("---",) * 4]
        night.more()
        night.run()
        started = time.monotonic()
        for fault in FAULTS:
            at = time.monotonic()
            happened, then = fault(night)
            rows.append((fault.__name__.replace("_", " "), happened, then,
                         f"{time.monotonic() - at:.0f}"))  # fmt: skip
            print("| " + " | ".join(rows[-1]) + " |", file=sys.stderr, flush=True)
        night.step = meetings
        night.more()
        last = ended(night.run())
        got = views(night.home, Path(folder) / "views")
        differ = sorted(name for name in wanted if got.get(name) != wanted[name])
        at = time.monotonic()
        happened, then = replaced_recording(night)
        rows.append(("recording replaced", happened, then, f"{time.monotonic() - at:.0f}"))
        print("\n".join("| " + " | ".join(row) + " |" for row in rows))
        told = {
            "meetings": meetings,
            "undisturbed_s": round(calm_s),
            "with_faults_s": round(time.monotonic() - started),
            "last_run": last,
            "views": len(wanted),
            "views_that_differ": differ,
            "everything_is_whole": small_is_whole(night.home),
        }
        print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
