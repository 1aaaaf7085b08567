"""Claim: one more meeting costs about the same however many are held, and few bytes of memory.

    python benchmarks/loading.py [MEETINGS …]

For each size (25, 100 and 400 meetings of an hour unless given, with concerns, recommendations
and claims) loads an archive at once, and then three more meetings, one after the other: each as a
batch does it, with its links, and at the end once with the threads of all. Prints the seconds of
each, what of them the linker took, and peak resident memory; then one JSON object.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.made_archive import Speech  # noqa: E402
from benchmarks.made_register import worked  # noqa: E402
from models.following.linking import LikenessLinker  # noqa: E402
from warehouse import store  # noqa: E402

SIZES = (25, 100, 400)
MORE = 3


class Timed(LikenessLinker):
    """The linker, with how long its two parts took."""

    links_s = threads_s = 0.0

    def link(self, *args: object, **more: object) -> list[object]:
        started = time.perf_counter()
        made = super().link(*args, **more)  # type: ignore[arg-type]
        self.links_s = time.perf_counter() - started
        return made  # type: ignore[return-value]

    def threads(self, worries: object) -> list[object]:
        started = time.perf_counter()
        made = super().threads(worries)  # type: ignore[arg-type]
        self.threads_s = time.perf_counter() - started
        return made  # type: ignore[return-value]


def measured(meetings: int) -> dict[str, object]:
    """What one more meeting costs an archive of so many."""
    speech, linker = Speech(), Timed()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        started = time.perf_counter()
        store.rebuild(home, worked(speech, meetings), linker=linker)
        at_once = time.perf_counter() - started
        alone = []
        for number in range(MORE):
            started = time.perf_counter()
            store.load(home, worked(speech, 1, meetings + number), linker=linker, threads=False)
            alone.append(time.perf_counter() - started)
        started = time.perf_counter()
        store.load(home, [], linker=linker)
        return {
            "meetings": meetings,
            "all_at_once_s": round(at_once, 1),
            "one_more_s": round(median(alone), 2),
            "of_it_links_s": round(linker.links_s, 2),
            "threads_at_the_end_s": round(time.perf_counter() - started, 2),
            "of_it_threads_s": round(linker.threads_s, 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        }


def main() -> None:
    """Prints a line a size, then one JSON object."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    told = []
    for size in sizes:
        told.append(measured(size))
        print(told[-1], file=sys.stderr, flush=True)
    print(json.dumps({"bench": "loading", "sizes": told}, indent=1))


if __name__ == "__main__":
    main()
