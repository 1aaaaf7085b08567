"""A Postgres of a test's own, started and stopped as an unprivileged user."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
UNPRIVILEGED = "postgres"  # the user that Debian's package makes; Postgres refuses root


def why_not() -> str:
    """Why none can be started here; empty where one can."""
    if _binary("initdb") is None:
        return "Postgres is not installed (initdb is in no usual place): apt-get install postgresql"
    if os.geteuid() == 0:
        if shutil.which("runuser") is None:
            return "Postgres refuses to run as root, and runuser is not here"
        if subprocess.run(["id", UNPRIVILEGED], capture_output=True, check=False).returncode:
            return f"Postgres refuses to run as root, and there is no user {UNPRIVILEGED}"
    return ""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a database of its own, which goes with the block."""
    folder = Path(tempfile.mkdtemp(prefix="matters-postgres-"))  # the user cannot reach pytest's
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
    port, data = _free_port(), folder / "data"
    # what is forced to disk does not matter here: it is thrown away
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    try:
        _run("initdb", "-D", data, "-U", "matters", "-A", "trust", "--no-sync", "-E", "UTF8")
        _run("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            _run("createdb", "-h", "127.0.0.1", "-p", port, "-U", "matters", "prefect")
            yield f"postgresql://matters:secret@127.0.0.1:{port}/prefect"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: object) -> None:
    command = [str(_binary(program)), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", UNPRIVILEGED, "--", *command]
    done = (
        subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            cwd="/",
            timeout=120,
        )
        if program != "pg_ctl"
        else subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            cwd="/",
            timeout=120,
        )
    )
    assert done.returncode == 0, f"{program}: {(done.stdout or b'').decode()}"


def _binary(name: str) -> str | None:
    return next(
        (str(place / name) for place in PLACES if (place / name).exists()), shutil.which(name)
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
