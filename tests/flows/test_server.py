"""The temporary server serves one command and goes with it, however that one ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest

CODE = """
import sys, time
from pathlib import Path
from flows.server import prepare_environment, temporary_server
prepare_environment(Path(sys.argv[1]))
with temporary_server(Path(sys.argv[1])) as server:
    server.wait()
    print(server.process.pid, flush=True)
    time.sleep(60)
"""


def alive(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be reaped."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.prefect
def test_the_server_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """A kill -9 leaves nobody to clean up: the child must notice by itself."""
    parent = subprocess.Popen(
        [sys.executable, "-c", CODE, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    server = int(parent.stdout.readline())
    up = alive(server)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    for _ in range(100):
        if not alive(server):
            break
        time.sleep(0.1)

    assert up
    assert not alive(server)


def test_prefect_is_told_to_call_nobody(tmp_path: Path) -> None:
    """Telemetry is off before Prefect is first imported."""
    from flows.server import prepare_environment

    with patch.dict(os.environ):  # what is settled here is settled for no other test
        os.environ.pop("DO_NOT_TRACK", None)
        os.environ.pop("PREFECT_SERVER_ANALYTICS_ENABLED", None)
        prepare_environment(tmp_path)
        told = dict(os.environ)

    assert told["DO_NOT_TRACK"] == "1"
    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
