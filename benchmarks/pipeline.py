"""Claim: everything but recognition is 60 times faster than real time on two cores, and linear.

    python benchmarks/pipeline.py [--minutes 30 60 120 240]

Writes recordings of these lengths by repeating a sample meeting with its captions, and has the
command itself process each in an archive of its own, with the words of the captions: decoding,
finding speech, telling voices apart, naming, sentences, vectors, findings, loading. Prints one JSON
object: wall and CPU seconds of the meeting, how many times faster than real time that is, what the
command takes beside it (Prefect's server and imports, once a batch), peak memory of one process,
and the exponent of the growth between the first length and the last (1 is linear).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.memory import write  # noqa: E402

MATTERS = Path(sys.executable).with_name("matters")
SAMPLE = ROOT / "samples" / "aldermere" / "2026-07-16"


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, nargs="+", default=[30.0, 60.0, 120.0, 240.0])
    rows = [measured(minutes) for minutes in parser.parse_args().minutes]
    first, last = rows[0], rows[-1]
    told: dict[str, Any] = {"meetings": rows}
    if len(rows) > 1:
        longer = math.log(last["sound_s"] / first["sound_s"])
        told["growth"] = {
            f: round(math.log(last[f] / first[f]) / longer, 2) for f in ("seconds", "cpu_s")
        }
    print(json.dumps(told, indent=1))


def measured(minutes: float) -> dict[str, Any]:
    """What one meeting of this length takes."""
    with tempfile.TemporaryDirectory() as folder:
        inbox, home = Path(folder) / "inbox", Path(folder) / "home"
        make(inbox / "long", minutes)
        command = [str(MATTERS), "--home", str(home), "process",
                   str(inbox), "--engine", "captions", "--json"]  # fmt: skip
        started = time.monotonic()
        with Path(folder, "out").open("w+") as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=ROOT)
            _, status, used = os.wait4(process.pid, 0)
            whole = time.monotonic() - started
            out.seek(0)
            report = json.load(out)
        (meeting,) = report["meetings"]
        if status or meeting["outcome"] != "done":
            raise SystemExit(f"{minutes:g} minutes: {meeting['message']}")
    return {
        "minutes": minutes,
        "sound_s": meeting["sound_s"],
        "words": meeting["words"],
        "findings": meeting["findings"],
        "seconds": meeting["seconds"],
        "times_real_time": round(meeting["sound_s"] / meeting["seconds"], 1),
        "beside_it_s": round(whole - meeting["seconds"], 1),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": used.ru_maxrss // 1024,
    }


def make(folder: Path, minutes: float) -> None:
    """A meeting of this length, with sound and captions."""
    import srt
    import webvtt

    folder.mkdir(parents=True)
    write(folder / "recording.opus", SAMPLE / "recording.opus", minutes)
    once = [
        (srt.srt_timestamp_to_timedelta(c.start), srt.srt_timestamp_to_timedelta(c.end), c.text)
        for c in webvtt.read(SAMPLE / "captions.vtt").captions
    ]
    length, whole = (
        timedelta(seconds=_length_s(SAMPLE / "recording.opus")),
        timedelta(minutes=minutes),
    )
    said = [
        srt.Subtitle(None, start + n * length, end + n * length, text)
        for n in range(math.ceil(whole / length))
        for start, end, text in once
        if end + n * length < whole
    ]
    (folder / "captions.srt").write_text(srt.compose(said), encoding="utf-8")
    (folder / "roster.csv").write_bytes((SAMPLE.parent / "roster.csv").read_bytes())
    about = (SAMPLE / "meeting.toml").read_text(encoding="utf-8")
    for before, now in (("../roster.csv", "roster.csv"), ("captions.vtt", "captions.srt")):
        about = about.replace(before, now)
    (folder / "meeting.toml").write_text(about, encoding="utf-8")


def _length_s(path: Path) -> float:
    import av

    with av.open(str(path)) as source:
        return float(source.duration or 0) / 1e6


if __name__ == "__main__":
    main()
