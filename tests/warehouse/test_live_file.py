"""The process that writes never opens the live file: closing it would drop its readers' locks.

POSIX locks belong to a process and a file: whoever opens and closes a database file anywhere in a
process takes away the locks that the process holds on it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse import builders as b
from warehouse import store
from warehouse.publish import LIVE_NAME

ROOT = Path(__file__).resolve().parents[2]
# Python's own opens are heard by an audit hook, DuckDB's by its arguments; and a thread looks at
# what is open as often as it can, so that nothing native slips by for long.
WATCHED = """
import json, os, sys, threading
from pathlib import Path
import duckdb
from tests.warehouse import builders as b
from warehouse import store
home = Path(sys.argv[1])
held = {(s.st_dev, s.st_ino) for p in home.glob("matters*.duckdb") for s in [p.stat()]}
opened, stop = [], threading.Event()

def is_live(path):
    try:
        state = os.stat(path)
    except (OSError, TypeError, ValueError):
        return False
    return (state.st_dev, state.st_ino) in held

def hook(event, args):
    if event == "open" and not isinstance(args[0], int) and is_live(args[0]):
        opened.append(f"open {args[0]}")

def watch():
    while not stop.is_set():
        for name in os.listdir("/proc/self/fd"):
            if is_live(f"/proc/self/fd/{name}"):
                opened.append("a handle on the live file")

connect, execute = duckdb.connect, None
def heard(path=":memory:", *args, **more):
    if is_live(path):
        opened.append(f"connect {path}")
    return connect(path, *args, **more)
duckdb.connect = heard
sys.addaudithook(hook)
watcher = threading.Thread(target=watch)
watcher.start()
{action}
stop.set()
watcher.join()
print(json.dumps(opened[:5]))
"""
ACTIONS = {
    "a load": 'store.load(home, [b.done("july")])',
    "a meeting again": 'store.load(home, [b.done("june")])',
    "decisions alone": "store.load(home, [])",
    "a rebuild": 'store.rebuild(home, [b.done("june"), b.done("july")])',
}


def watched(home: Path, action: str) -> list[str]:
    """What of the live file was opened while this was done."""
    code = WATCHED.replace("{action}", action)
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return list(json.loads(done.stdout))


@pytest.mark.parametrize("what", ACTIONS)
def test_no_write_opens_the_live_file(tmp_path: Path, what: str) -> None:
    """Whatever is written."""
    store.load(tmp_path, [b.done("june")])
    assert watched(tmp_path, ACTIONS[what]) == []


@pytest.mark.parametrize(
    "action", [f'open(home / "{LIVE_NAME}").close()', f'duckdb.connect(str(home / "{LIVE_NAME}"))']
)
def test_the_watch_would_notice(tmp_path: Path, action: str) -> None:
    """It can fail."""
    store.load(tmp_path, [b.done("june")])
    assert watched(tmp_path, action)
