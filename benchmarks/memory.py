"""Claim: a recording of three hours takes no more memory than one of ten minutes.

    python benchmarks/memory.py [--minutes 10 180] [--pieces 2] [--repeat FILE]

Writes recordings of these lengths by repeating one (by default the first sample meeting), and
measures each in a process of its own: peak resident memory after each stage, and CPU seconds a
second of sound. All of a file is decoded and searched for speech; of its pieces, ``--pieces``
spread over its length are recognised, for what one takes does not depend on how many there are.
Prints one JSON object, and fails where the longest takes more than 1.5 times the first.
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
SAMPLE = ROOT / "samples" / "aldermere" / "2026-06-11" / "recording.opus"
MOST = 1.5  # times the memory of the short recording


def main() -> None:
    """Measure every length in its own process and print the ratio of the peaks."""
    options = _options()
    if options.measure:
        print(json.dumps(measure(Path(options.measure), options.pieces)))
        return
    rows = [_in_own_process(options, minutes) for minutes in options.minutes]
    ratio = rows[-1]["peak_mb"] / rows[0]["peak_mb"]
    print(json.dumps({"recordings": rows, "ratio": round(ratio, 3), "most": MOST}, indent=1))
    if ratio > MOST:
        raise SystemExit(f"a long recording takes {ratio:.2f} times the memory of a short one")


def measure(path: Path, most_pieces: int) -> dict[str, Any]:
    """Peak memory in MB after each stage of one recording, and CPU seconds a second of sound."""
    sys.path.insert(0, str(ROOT))
    from models.regions import SileroRegions, pieces
    from models.sphinx import SphinxSpeech
    from transcripts.sound import PcmSound, decode

    row: dict[str, Any] = {"recording": path.name}
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        began = time.process_time()
        decoded = decode(path, Path(folder) / "sound.pcm")
        _note(row, "decode", began, decoded.duration_s)
        detector, sound = SileroRegions(), PcmSound(decoded.path)
        began = time.process_time()
        regions = detector.find(sound)
        _note(row, "regions", began, decoded.duration_s)
        engine, cut = SphinxSpeech(), pieces(regions)
        began, chosen = time.process_time(), cut[:: max(1, len(cut) // most_pieces)][:most_pieces]
        words = sum(len(s.words) for piece in chosen for s in engine.recognise(sound, piece))
        _note(row, "recognise", began, sum(piece[-1][1] - piece[0][0] for piece in chosen))
    row |= {"minutes": round(decoded.duration_s / 60, 1), "regions": len(regions)}
    return row | {"pieces": len(cut), "words": words, "peak_mb": row["recognise_peak_mb"]}


def _note(row: dict[str, Any], stage: str, began: float, sound_s: float) -> None:
    row[f"{stage}_of_real_time"] = round((time.process_time() - began) / sound_s, 4)
    row[f"{stage}_peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _in_own_process(options: argparse.Namespace, minutes: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / f"{minutes:g}-minutes.opus", Path(options.repeat), minutes)
        command = [sys.executable, __file__, "--measure", str(path)]
        command += ["--pieces", str(options.pieces)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    row: dict[str, Any] = json.loads(done.stdout)
    return row


def write(path: Path, sample: Path, minutes: float) -> Path:
    """A recording of this length: the sample's packets over and over, without encoding anew."""
    import av

    left_s, shift = minutes * 60, 0
    with av.open(str(path), "w") as target:
        stream = None
        while left_s > 0:
            with av.open(str(sample)) as source:
                sound = source.streams.audio[0]
                stream = stream or target.add_stream_from_template(sound)
                packets = [p for p in source.demux(sound) if p.dts is not None]
                base, end = packets[0].dts, packets[-1].pts + packets[-1].duration
                packets = [p for p in packets if (p.dts - base) * sound.time_base < left_s]
                for packet in packets:
                    packet.pts, packet.dts = packet.pts - base + shift, packet.dts - base + shift
                    packet.stream = stream
                    target.mux(packet)
                shift += end - base
                left_s -= float((end - base) * sound.time_base)
    return path


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, nargs="+", default=[10.0, 180.0])
    parser.add_argument("--pieces", type=int, default=2)
    parser.add_argument("--repeat", default=str(SAMPLE))
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
