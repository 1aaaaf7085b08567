"""Claim: asking in a child that can be ended costs half a second, whatever the archive holds.

    python benchmarks/sql.py [SENTENCES …]

For each size (10,000 and 100,000 unless given) measures, in seconds: the recipes of
docs/how-to/sql.md through the gate, the slowest of them by name, and ``SELECT 1``; the peer is the
same statement on an open connection, without gate, child and limits. Then a data set as Parquet:
seconds, and megabytes on disk. Prints one JSON object.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from made_archive import SENTENCES, Speech, meetings

from warehouse import store
from warehouse.asking import ask
from warehouse.export import export
from warehouse.reader import open_reader

PAGE = Path(__file__).resolve().parents[1] / "docs" / "how-to" / "sql.md"
RECIPES = dict(
    re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?```sql\n(.*?)```", PAGE.read_text(), re.S | re.M)
)


def timed(call: Callable[[], object], tries: int = 3) -> float:
    """Seconds, the middle of so many tries."""
    taken = []
    for _ in range(tries):
        started = time.perf_counter()
        call()
        taken.append(time.perf_counter() - started)
    return round(median(taken), 3)


def measured(size: int) -> dict[str, object]:
    """One archive of so many sentences."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        store.load(home, meetings(Speech(), size // SENTENCES))
        asked = {name: timed(lambda s=s: ask(home, s)) for name, s in RECIPES.items()}  # type: ignore[misc]
        slowest = max(asked, key=lambda name: asked[name])
        with open_reader(home) as reader:
            plain = timed(lambda: reader.con.execute(RECIPES[slowest]).fetchall())
        out = Path(folder) / "set"
        seconds = timed(lambda: export(home, out, "parquet"), 1)
        return {
            "sentences": size,
            "select_1_s": timed(lambda: ask(home, "SELECT 1")),
            "slowest_recipe": slowest,
            "slowest_recipe_s": asked[slowest],
            "the_same_without_gate_and_child_s": plain,
            "parquet_s": seconds,
            "parquet_mb": round(sum(p.stat().st_size for p in out.iterdir()) / 1e6, 1),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def main() -> None:
    """Prints the figures of each size."""
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    print(json.dumps([measured(size) for size in sizes], indent=2))


if __name__ == "__main__":
    main()
