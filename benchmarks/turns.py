"""Claim: voices of a four-hour meeting are told apart at 30 times real time, below 2 GB.

    python benchmarks/turns.py [--minutes 30 60 240] [--peer-minutes 30 60] [--repeat FILE]

Writes recordings of these lengths by repeating one (by default the first sample meeting), and in
a process of its own finds speech and turns in each, on what processors there are: seconds by the
clock, times faster than the sound lasts, peak memory. The peer is what one would write with the
same vectors and scikit-learn: all windows of the recording in one average-linkage clustering,
whose memory grows with the square of the length, so it is given shorter ones. Prints one JSON
object.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Measure every length in its own process."""
    options = _options()
    if options.measure:
        print(json.dumps(measure(Path(options.measure), peer=options.peer)))
        return
    ours = [_in_own_process(options.repeat, minutes) for minutes in options.minutes]
    peer = [_in_own_process(options.repeat, minutes, "--peer") for minutes in options.peer_minutes]
    print(json.dumps({"ours": ours, "in one clustering": peer}, indent=1))


def measure(path: Path, *, peer: bool) -> dict[str, Any]:
    """Seconds, times real time and peak MB of one recording, from decoded sound to turns."""
    from models.regions import SileroRegions
    from models.turns import EmbeddedTurns, TurnSettings
    from transcripts.sound import PcmSound, decode

    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        decoded = decode(path, Path(folder) / "sound.pcm")
        sound = PcmSound(decoded.path)
        settings = TurnSettings(block=sys.maxsize) if peer else TurnSettings()
        detector, teller = SileroRegions(), EmbeddedTurns(settings)
        began, cpu = time.perf_counter(), time.process_time()
        regions = detector.find(sound)
        at_regions = time.perf_counter()
        turns = teller.find(sound, regions)
        ended = time.perf_counter()
    return {
        "minutes": round(decoded.duration_s / 60, 1),
        "regions_s": round(at_regions - began, 1),
        "turns_s": round(ended - at_regions, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
        "times_real_time": round(decoded.duration_s / (ended - began), 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "voices": len({t.voice for t in turns}),
        "turns": len(turns),
    }


def _in_own_process(repeat: str, minutes: float, *more: str) -> dict[str, Any]:
    from memory import write

    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / f"{minutes:g}-minutes.opus", Path(repeat), minutes)
        command = [sys.executable, __file__, "--measure", str(path), *more]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    row: dict[str, Any] = json.loads(done.stdout)
    print(row, file=sys.stderr)
    return row


def _options() -> argparse.Namespace:
    from memory import SAMPLE

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, nargs="+", default=[30.0, 60.0, 240.0])
    parser.add_argument("--peer-minutes", type=float, nargs="+", default=[30.0, 60.0])
    parser.add_argument("--repeat", default=str(SAMPLE))
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
