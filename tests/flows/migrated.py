"""Prefect's database as its server makes it, made once and given to every new archive.

A server that finds none makes it by sixty migrations, one after the other: seconds each time, and
the tests make dozens of archives. What makes it is tested in ``test_server.py`` and by those who
start one themselves.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / ".pytest_cache" / f"prefect-{version('prefect')}.db"
SERVE = """
import sys
from pathlib import Path
from flows.server import prepare_environment, temporary_server
home = Path(sys.argv[1])
prepare_environment(home)
with temporary_server(home) as server:
    server.wait()
"""


def with_a_database(home: Path) -> None:
    """Gives an archive the database, unless it has one."""
    target = home / "prefect" / "prefect.db"
    if target.exists():
        return
    MADE.parent.mkdir(exist_ok=True)
    with FileLock(MADE.with_suffix(".lock")):
        if not MADE.exists():
            _make()
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(MADE, target)


def _make() -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", SERVE, folder], check=True, env=environment)
        aside = MADE.with_suffix(".part")
        aside.unlink(missing_ok=True)
        held = sqlite3.connect(Path(folder) / "prefect" / "prefect.db")
        held.execute("VACUUM INTO ?", (str(aside),))  # with what is in its log
        held.close()
        aside.replace(MADE)
