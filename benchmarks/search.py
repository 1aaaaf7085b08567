"""Claim: searching and adding a meeting hardly cost more as the archive grows tenfold.

    python benchmarks/search.py [--text FILE] [--vectors FILE] [--no-peers] [SENTENCES …]

For each size (10,000, 100,000 and 1,000,000 unless given) makes an archive (``made_archive``) and
measures, each in a process of its own: 50 questions by words, in a tenth of the archive, of one
speaker, by meaning, by both with the question's vector made on the spot; the first search of a
fresh process whose file is out of memory, and the command as people type it; adding one meeting of
550 sentences, by its parts. Beside them, on the same sentences and questions: DuckDB's fts
extension, tantivy, and DuckDB's exact scan of whole vectors, where they are installed. Milliseconds
by the clock, and of processor time, which alone compares on a busy machine. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import peers
from made_archive import FIRST_DAY, SENTENCES, Speech, Varied, meeting, meetings

from models.vectors import query_encoder
from warehouse import nearest, publish, store
from warehouse.query import Filters
from warehouse.reader import open_reader
from warehouse.search import search

QUESTIONS, ADDED, FRESH_RUNS, NEAREST = 50, 7, 3, 20
FRESH = """
import sys, time
started = time.perf_counter()
from pathlib import Path
import warehouse.search
from matters_arising.cli.search import find
from warehouse.query import Filters
loaded = time.perf_counter()
find(Path(sys.argv[1]), sys.argv[2], "words", Filters(), 20)
print((time.perf_counter() - loaded) * 1000)
"""


def main() -> None:
    """Prints one JSON object a size."""
    asked = _arguments()
    if asked.part:
        home = Path(asked.home)
        part = {"search": _searching, "add": _adding, "peers": peers.measured}[asked.part]
        print(json.dumps(part(home, _speech(asked), int(asked.sizes[0]))))
        return
    for size in asked.sizes or [10_000, 100_000, 1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(_measured(asked, int(size), Path(folder))), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--part", default="", help=argparse.SUPPRESS)
    parser.add_argument("--home", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _speech(asked: argparse.Namespace) -> Speech:
    return Varied(asked.text, asked.vectors) if asked.text else Speech()


def _measured(asked: argparse.Namespace, size: int, home: Path) -> dict[str, Any]:
    speech, count = _speech(asked), max(1, size // SENTENCES)
    made = _clocked(lambda: [None for _ in meetings(_speech(asked), min(count, 50))])
    built = _clocked(lambda: store.rebuild(home, meetings(speech, count)))
    bytes_held = (home / publish.LIVE_NAME).stat().st_size
    out: dict[str, Any] = {
        "sentences": count * SENTENCES,
        "rebuild_s": round((built - made * count / min(count, 50)) / 1000, 1),
        "bytes_a_sentence": round(bytes_held / (count * SENTENCES)),
        "fresh_process_ms": _fresh(home, _speech(asked)),
        "command_ms": _command(home, _speech(asked)),
    }
    parts = ["search", "add"] + ([] if asked.no_peers else ["peers"])
    for part in parts:
        flags = [f"--{n}={v}" for n in ("text", "vectors") if (v := getattr(asked, n))]
        command = [sys.executable, __file__, "--part", part, "--home", str(home), *flags, str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            out[part] = {"failed": done.stderr.strip().splitlines()[-1:]}
        else:
            out[part] = json.loads(done.stdout)
    return out


def _clocked(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def _fresh(home: Path, speech: Speech) -> float:
    """The first search of a process, without its imports; the file is dropped from memory."""
    taken = []
    for _ in range(FRESH_RUNS):
        _drop(home)
        command = [sys.executable, "-c", FRESH, str(home), speech.question()]
        taken.append(
            float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        )
    return round(median(taken), 1)


def _command(home: Path, speech: Speech) -> float:
    """``matters search`` by words, as typed, the file out of memory."""
    matters = Path(sys.executable).with_name("matters")
    taken = []
    for _ in range(FRESH_RUNS):
        _drop(home)
        command = [
            str(matters),
            "--home",
            str(home),
            "search",
            "--mode",
            "words",
            speech.question(),
        ]
        taken.append(_clocked(lambda c=command: subprocess.run(c, capture_output=True, check=True)))
    return round(median(taken), 1)


def _drop(home: Path) -> None:
    path = publish.live_generation(home)
    assert path is not None
    handle = os.open(path, os.O_RDONLY)
    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(handle)


def _searching(home: Path, speech: Speech, size: int) -> dict[str, Any]:
    questions = [speech.question() for _ in range(QUESTIONS)]
    encode = query_encoder()
    last = FIRST_DAY + timedelta(days=max(1, size // SENTENCES // 10))
    wanted = [speech.vectors(1)[0] for _ in range(QUESTIONS)]
    vectors = dict(zip(questions, wanted, strict=True))
    out: dict[str, Any] = {}
    with open_reader(home) as reader:

        def ask(**more: Any) -> Callable[[str], object]:
            return lambda q: search(reader, q, k=NEAREST, **more)

        ways = {
            "words": ask(),
            "words, a tenth": ask(filters=Filters(last=last)),
            "words, one speaker": ask(filters=Filters(speaker="Person 12 Of Aldermere")),
            "meaning": ask(mode="meaning", encode=vectors.get),
            "both": ask(mode="both", encode=encode),
        }
        for name, way in ways.items():
            way(questions[0])
            out[name] = _timed(way, questions)
            if name.startswith("words") and name != "words":
                reader.index.allowed.clear()
        out["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        out["recall@20 of meaning"] = _recall(reader, wanted[:20])
    return out


def _timed(way: Callable[[str], object], questions: Sequence[str]) -> dict[str, float]:
    clock, cpu = [], []
    for question in questions:
        before = time.process_time()
        clock.append(_clocked(lambda q=question: way(q)))
        cpu.append((time.process_time() - before) * 1000)
    clock.sort()
    return {
        "p50": round(median(clock), 1),
        "p95": round(clock[int(0.95 * len(clock))], 1),
        "cpu": round(median(cpu), 1),
    }


def _recall(reader: Any, wanted: Sequence[Any]) -> float:
    """How many of the exact nearest twenty the two passes find, all vectors compared."""
    rows = reader.con.execute("SELECT sid, vector FROM store.vector ORDER BY sid").fetchnumpy()
    exact = np.frombuffer(b"".join(rows["vector"]), np.int8).reshape(len(rows["sid"]), -1)
    lengths = np.array(
        [
            np.linalg.norm(some.astype(np.float32), axis=1)
            for some in np.array_split(exact, max(1, len(exact) // 100_000))
        ],
        dtype=object,
    )
    lengths = np.concatenate(list(lengths)).astype(np.float32)
    shares = []
    for vector in wanted:
        dots = np.concatenate(
            [
                s.astype(np.float32) @ vector
                for s in np.array_split(exact, 1 + len(exact) // 100_000)
            ]
        )
        best = set(rows["sid"][np.argsort(-dots / lengths)[:NEAREST]].tolist())
        near = nearest.sentences(reader, vector, None, all_versions=False)
        found = near.sids[np.argsort(-near.scores)[:NEAREST]].tolist()
        shares.append(len(best & set(found)) / NEAREST)
    return round(float(np.mean(shares)), 4)


def _adding(home: Path, speech: Speech, size: int) -> dict[str, float]:
    """One meeting more: indexed and committed; written out whole; copied and published."""
    speech.rng = np.random.default_rng(99)
    first = size // SENTENCES + 1
    parts: dict[str, list[float]] = {}
    names = {"copy": "private_copy", "publish": "publish"}
    kept = {n: getattr(publish, n) for n in names.values()}
    replace, finish = store._replace, store._finish

    def noted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*args, **more)
            finally:
                parts.setdefault(name, []).append((time.perf_counter() - started) * 1000)

        return run

    for name, attribute in names.items():
        setattr(publish, attribute, noted(name, kept[attribute]))
    store._replace, store._finish = noted("index and commit", replace), noted("finish", finish)
    whole = []
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        shutil.copyfile(home / publish.LIVE_NAME, Path(folder) / publish.LIVE_NAME)
        for n in range(ADDED):
            made = meeting(speech, first + n)
            whole.append(_clocked(lambda m=made: store.load(Path(folder), [m])))
    told = {name: round(median(taken), 1) for name, taken in parts.items()}
    return {"load": round(median(whole), 1)} | told


if __name__ == "__main__":
    main()
