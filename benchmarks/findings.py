"""Claim: findings are made at 300 sentences a second or more on two cores, whatever the length.

    python benchmarks/findings.py [--sentences 1000 4000 16000]

Takes the invented meetings that come with the project, over and over, as one long meeting of each
size, and measures each in a process of its own: sentences a second from text to filled findings,
and peak resident memory. The named peer is sentence-transformers encoding the first thousand of
the same sentences with as many threads, in the same process. Prints one JSON object; fails where
the largest size is slower than 300 a second on a processor with bfloat16, or where a sentence
costs more than 1.3 times what it does in the smallest.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WANTED = 300.0  # sentences a second
GROWTH = 1.3
PEER = 1000  # sentences
THREADS = 2


def main() -> None:
    """Measure every size in its own process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, nargs="+", default=[1000, 4000, 16000])
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return
    rows = [_in_own_process(n) for n in options.sentences]
    growth = rows[0]["per_second"] / rows[-1]["per_second"]
    print(json.dumps({"sizes": rows, "growth": round(growth, 3)}, indent=1))
    if rows[-1]["precision"] == "bfloat16" and rows[-1]["per_second"] < WANTED:
        raise SystemExit(f"{rows[-1]['per_second']} sentences a second, {WANTED} are wanted")
    if growth > GROWTH:
        raise SystemExit(f"a sentence of the longest costs {growth:.2f} times one of the shortest")


def measure(count: int) -> dict[str, Any]:
    """Sentences a second and peak memory in MB for one size, and the peer's speed."""
    sys.path.insert(0, str(ROOT))
    import numpy as np
    import torch

    from models.findings import SentenceFindings
    from models.findings.precision import precision
    from models.vectors import MiniLM

    sentences = list(itertools.islice(meeting(), count))
    minilm = MiniLM()
    torch.set_num_threads(THREADS)
    minilm.encode([s.text for s in sentences[:32]])
    began = time.perf_counter()
    first = minilm.encode([s.text for s in sentences[:PEER]])
    peer = min(PEER, count) / (time.perf_counter() - began)
    vectors = np.resize(first, (count, first.shape[1]))
    finder = SentenceFindings()
    finder.find("warm", sentences[:64], vectors[:64])
    began = time.perf_counter()
    found = finder.find("sound", sentences, vectors)
    took = time.perf_counter() - began
    return {
        "sentences": count,
        "findings": len(found),
        "per_second": round(count / took, 1),
        "peer_per_second": round(peer, 1),
        "times_the_peer": round(count / took / peer, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "precision": precision(),
        "threads": THREADS,
    }


def meeting() -> Iterator[Any]:
    """Sentences of the invented meetings, one after another and again from the start."""
    from models.training.corpora import invented
    from transcripts.words import Sentence

    read = list(invented(ROOT / "models" / "training" / "invented"))
    for number, s in enumerate(itertools.cycle(read)):
        turn = f"u{number // len(read)}-{s.place.meeting}-{s.place.turn}"
        item = f"{number // len(read)}-{s.place.meeting}"
        yield Sentence(f"s{number}", turn, s.place.voice, s.text, float(number), number + 1.0, item)


def _in_own_process(count: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--measure", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row


if __name__ == "__main__":
    main()
