"""Claim: searching and adding a meeting hardly cost more as the archive grows tenfold.

    python benchmarks/search.py [--text FILE] [--vectors FILE] [--keep FOLDER] [--resume]
                                [--parts NAME,…] [SENTENCES …]

For each size (10,000, 100,000 and 1,000,000 unless given) makes an archive (``made_archive``) and
measures each part (``search_parts``) in a process of its own. With ``--keep`` archives and figures
stay in that folder and the next run takes the archives from there; with ``--resume`` it takes the
figures too and measures only what is missing, as after a run that was stopped. Milliseconds by the
clock, and of processor time, which alone compares on a busy machine. Prints a line of JSON a size,
then the aims of the project with what was measured for each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from made_archive import kept
from search_parts import PARTS

SIZES = (10_000, 100_000, 1_000_000)
HUNDRED, MILLION, TWO = 100_000, 1_000_000, 2_000_000
Figures = dict[int, dict[str, Any]]
# size, what it is, where it stands among the figures, the aim, whether more is better
AIMS: tuple[tuple[int, str, tuple[str, ...], float, bool], ...] = (
    (TWO, "words, p50 ms", ("search", "words", "p50"), 30, False),
    (TWO, "words, p95 ms", ("search", "words", "p95"), 80, False),
    (TWO, "words, first of a process, ms", ("cold", "first_search_ms"), 250, False),
    (MILLION, "meaning, p50 ms", ("search", "meaning", "p50"), 50, False),
    (MILLION, "meaning, recall@20 of the exact scan", ("recall", "recall@20"), 0.98, True),
    (MILLION, "both with the question's vector, p50 ms", ("search", "both", "p50"), 120, False),
    (TWO, "filtered searches short of min(k, matches)", ("filters", "short"), 0, False),
    (MILLION, "trends, slowest of the phrases, ms", ("phrases", "slowest trends"), 400, False),
    (MILLION, "concordance, slowest, ms", ("phrases", "slowest concordance"), 400, False),
    (TWO, "one meeting more, index and commit, ms", ("add", "index and commit"), 75, False),
    (MILLION, "copy and publish, s", ("add", "copy and publish_s"), 1.5, False),
    (MILLION, "bytes a sentence", ("size", "bytes_a_sentence"), 700, False),
    (TWO, "memory of matters serve, MB", ("server", "peak_mb"), 1000, False),
    (MILLION, "rebuilt from the record, s", ("rebuild", "from_record_s"), 90, False),
    (MILLION, "matters search, cold, ms", ("cold", "command_ms"), 2000, False),
)
WORDS_CPU, INDEXED = ("search", "words", "cpu"), ("add", "index and commit")
RATIOS = (
    ("words, processor time, 100,000 to 1,000,000", HUNDRED, MILLION, WORDS_CPU, 2.0),
    ("words, processor time, 10,000 to 100,000", 10_000, HUNDRED, WORDS_CPU, 2.0),
    ("one meeting more, 100,000 to 2,000,000", HUNDRED, TWO, INDEXED, 1.25),
)


def main() -> None:
    """Prints one JSON object a size, and the aims."""
    asked = _arguments()
    if asked.part:
        print(json.dumps(PARTS[asked.part](Path(asked.home), int(asked.sizes[0]), asked)))
        return
    measured: Figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        for size in asked.sizes or SIZES:
            measured[size] = _measured(asked, size, folder)
            print(json.dumps({"sentences": size} | measured[size]), flush=True)
        if asked.keep:
            measured |= {n: f for n, f in _noted(folder).items() if n not in measured}
    print("\n".join(_aims(measured)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--text", type=Path, help="JSON lines of real sentences")
    parser.add_argument("--vectors", type=Path, help="their vectors, .npy")
    parser.add_argument("--keep", type=Path, help="where archives and figures stay")
    parser.add_argument("--resume", action="store_true", help="take the figures that lie there")
    parser.add_argument("--parts", default=",".join(PARTS), help="of " + ", ".join(PARTS))
    parser.add_argument("--part", default="", help=argparse.SUPPRESS)
    parser.add_argument("--home", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := set(asked.parts.split(",")) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return asked


def _measured(asked: argparse.Namespace, size: int, folder: Path) -> dict[str, Any]:
    """Each part's figures; those of a part that failed say so, and the others go on."""
    home = kept(folder, size, asked.text, asked.vectors)
    note = folder / f"figures-{size}.json"
    held: dict[str, Any] = json.loads(note.read_text()) if note.exists() else {}
    for part in asked.parts.split(","):
        if asked.resume and "failed" not in held.get(part, {"failed": ""}):
            continue
        print(f"{size}: {part}", file=sys.stderr, flush=True)
        held[part] = _in_a_process(asked, part, home, size)
        note.write_text(json.dumps(held, indent=1) + "\n")
    return held


def _in_a_process(asked: argparse.Namespace, part: str, home: Path, size: int) -> dict[str, Any]:
    flags = [f"--{n}={v}" for n in ("text", "vectors") if (v := getattr(asked, n))]
    command = [sys.executable, __file__, "--part", part, "--home", str(home), *flags, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["killed"])[-1]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _noted(folder: Path) -> Figures:
    """The figures of sizes that were measured before."""
    found = folder.glob("figures-*.json")
    return {int(p.stem.removeprefix("figures-")): json.loads(p.read_text()) for p in found}


def _aims(measured: Figures) -> list[str]:
    """A line an aim: the figure, or that it was not measured."""
    lines = [f"{'sentences':>10}  {'measured':>9}  {'aim':>9}"]
    for size, what, path, aim, more in AIMS:
        value = _at(measured.get(size, {}), path)
        met = value is not None and (value >= aim if more else value <= aim)
        sign = ">=" if more else "<="
        lines.append(_line(f"{size:,}", value, f"{sign} {aim:g}", what, met))
    for what, small, large, path, aim in RATIOS:
        one, other = (_at(measured.get(n, {}), path) for n in (small, large))
        ratio = round(other / one, 2) if one and other else None
        lines.append(_line("ratio", ratio, f"<= {aim:g}", what, ratio is not None and ratio <= aim))
    return lines


def _line(size: str, value: float | None, aim: str, what: str, met: bool) -> str:
    told = "-" if value is None else f"{value:g}"
    verdict = "not measured" if value is None else ("met" if met else "MISSED")
    return f"{size:>10}  {told:>9}  {aim:>9}  {what}: {verdict}"


def _at(figures: Any, path: tuple[str, ...]) -> float | None:
    for key in path:
        figures = figures.get(key) if isinstance(figures, dict) else None
    return None if figures is None else float(figures)


if __name__ == "__main__":
    main()
