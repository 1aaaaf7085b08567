"""Runs every benchmark beside this file, one after another, and prints what each one says.

python benchmarks/run_all.py [NAME …]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Names on the command line choose; without them all run. One that fails stops no other."""
    chosen = sys.argv[1:] or sorted(
        p.stem for p in HERE.glob("*.py") if p.name != Path(__file__).name
    )
    failed = []
    for name in chosen:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        done = subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False)
        print(f"== {name}: {time.monotonic() - started:.0f} s", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
